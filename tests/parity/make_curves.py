#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains an MLP, a CNN with batch norm and an LSTM for 200 steps with PyTorch, once for every recipe, for tests/train/tst_parity.cpp.

    python3 make_curves.py               writes mlp.txt, cnn.txt and lstm.txt beside this script
    python3 make_curves.py --rounding [WORD]
                                         tells for all recipes (with WORD) how far PyTorch's curves are from PyTorch's own with 64 bit, and with
                                         the samples of every batch the other way round: what rounding alone does to them

Each line is 32 or 64 bit, a recipe in Netloom's words, ':' and the loss before every step. Weights, samples and the order of the samples come from
formulas that the test has, too: number() and order(). Made with PyTorch 1.13 (Debian 12, python3-torch).

The CNN has SiLU and means in the place of ReLU and maxima: it has so many numbers that some of them come within rounding of a ReLU's kink in one
run or another, where the gradient jumps, and then PyTorch's own curves part by 1e-4 to 1e-1 (the MLP keeps its ReLU).

Every picture comes four times, once of them with another label: no network can learn that by heart, so losses stay at 0.56 and above in the
mean, where a relative difference says something. Near 0 a loss of 32 bit is a difference of logarithms and all rounding.

LBFGS is compared with numbers of 64 bit. It takes the difference of two gradients for curvature, which multiplies rounding, and PyTorch's own
curves of 32 and 64 bit part by up to 1e-1; with 64 bit rounding stays below 1e-6. On small batches, where the two gradients are of different
samples, it grows without bound unless steps are small, with 64 bit too: MINI_BATCHES, which --rounding LBFGS shows to part by up to 1e+2.
"""
import math
import pathlib
import sys

import torch
import torch.nn.functional as F
from torch import nn
from torch.optim import lr_scheduler as schedules

SAMPLES, PICTURES, CLASSES, STEPS = 16, 4, 4, 200

OPTIMIZERS = {
    "SGD": "optimizer=SGD lr=0.02",
    "Adam": "optimizer=Adam lr=0.003",
    "AdamW": "optimizer=AdamW lr=0.003 weight_decay=0.1",
    "RMSprop": "optimizer=RMSprop lr=0.001 alpha=0.9",
    "Adagrad": "optimizer=Adagrad lr=0.02",
    "LBFGS": "epochs=200 batch_size=16 optimizer=LBFGS lr=0.3 max_iter=2",
    "Lion": "optimizer=Lion lr=0.0006",
}
SCHEDULES = {
    "constant": "",
    "StepLR": "schedule=StepLR step_size={0} gamma=0.5",
    "MultiStepLR": "schedule=MultiStepLR milestones={1},{2},{3} gamma=0.3",
    "ExponentialLR": "schedule=ExponentialLR epoch_gamma=0.95",
    "CosineAnnealingLR": "schedule=CosineAnnealingLR eta_min=0.0001",
    "OneCycleLR": "schedule=OneCycleLR pct_start=0.25",
    "ReduceLROnPlateau": "schedule=ReduceLROnPlateau lr_patience=1 threshold=0.03 factor=0.5 min_lr=0.0001",
}
VARIANTS = [
    "optimizer=SGD lr=0.1 momentum=0",
    "optimizer=SGD lr=0.02 nesterov=true weight_decay=0.01",
    "optimizer=Adam lr=0.003 weight_decay=0.01 betas=0.8,0.95",
    "optimizer=AdamW lr=0.003 weight_decay=0.01 betas=0.8,0.95",
    "optimizer=RMSprop lr=0.001 weight_decay=0.01",
    "optimizer=Adagrad lr=0.02 weight_decay=0.01",
    "optimizer=Lion lr=0.0005 weight_decay=0.1 betas=0.95,0.98",
    "epochs=200 batch_size=16 optimizer=LBFGS lr=1 max_iter=2 line_search=strong_wolfe",
    "epochs=100 batch_size=8 optimizer=LBFGS lr=0.02 max_iter=2",
    "epochs=200 batch_size=16 optimizer=LBFGS lr=0.1 max_iter=2 penalty=L2 penalty_strength=0.01",
    "optimizer=SGD lr=0.02 warmup_epochs=5",
    "optimizer=Adam lr=0.003 warmup_epochs=2.5",
    "optimizer=SGD lr=0.02 schedule=StepLR step_size=8 gamma=0.5 warmup_epochs=3",
    "optimizer=SGD lr=0.02 schedule=MultiStepLR milestones=10,30 gamma=0.3 warmup_epochs=3",
    "optimizer=SGD lr=0.02 schedule=ExponentialLR epoch_gamma=0.95 warmup_epochs=3",
    "optimizer=SGD lr=0.02 schedule=CosineAnnealingLR warmup_epochs=2.5",
    "optimizer=SGD lr=0.02 schedule=CosineAnnealingLR T_0=10",
    "optimizer=SGD lr=0.02 schedule=CosineAnnealingLR T_0=6 T_mult=2",
    "optimizer=SGD lr=0.02 schedule=OneCycleLR div_factor=10 final_div_factor=100",
    "optimizer=SGD lr=0.02 clip=norm clip_at=0.1",
    "optimizer=SGD lr=0.02 clip=value clip_at=0.01",
    "optimizer=SGD lr=0.02 penalty=L1 penalty_strength=0.002",
    "optimizer=SGD lr=0.02 penalty=L2 penalty_strength=0.02",
    "optimizer=Adam lr=0.003 penalty=ElasticNet penalty_strength=0.005 l1_ratio=0.3",
    "optimizer=SGD lr=0.02 max_norm=0.7",
    "optimizer=SGD lr=0.05 accumulation_steps=2",
    "optimizer=Adam lr=0.003 schedule=OneCycleLR accumulation_steps=3",
]
MINI_BATCHES = [
    "optimizer=LBFGS lr=0.02 max_iter=2",
    "epochs=100 batch_size=8 optimizer=LBFGS lr=1 max_iter=4 line_search=strong_wolfe",
]
DEFAULTS = {"epochs": 50, "batch_size": 4, "optimizer": "Adam", "lr": 0.001, "momentum": 0.9, "nesterov": "false", "betas": "usual", "alpha": 0.99, "max_iter": 20,
            "line_search": "none", "weight_decay": 0.0, "schedule": "constant", "warmup_epochs": 0.0, "T_0": 0, "T_mult": 1, "eta_min": 0.0, "clip": "none",
            "penalty": "none", "max_norm": 0.0, "accumulation_steps": 1, "pct_start": 0.3, "div_factor": 25, "final_div_factor": 10000}


def recipes():
    """Every optimizer with every schedule, and the other settings."""
    for name, optimizer in OPTIMIZERS.items():
        epochs = 200 if name == "LBFGS" else 50
        for schedule in SCHEDULES.values():
            yield f"{optimizer} {schedule.format(epochs // 6, epochs // 5, 3 * epochs // 5, 4 * epochs // 5)}".strip()
    yield from VARIANTS


def number(place, series):
    """Evenly spread over -1 to 1, as if by chance."""
    wild = math.sin(12.9898 * (place + 1) + 78.233 * (series + 1)) * 43758.5453
    return 2 * (wild - math.floor(wild)) - 1


def order(epoch):
    """Every sample once: an odd factor permutes the 16."""
    return [(index * (2 * epoch + 5) + 3 * epoch) % SAMPLES for index in range(SAMPLES)]


def samples():
    values, labels = [], []
    for index in range(SAMPLES):
        picture, copy = index % PICTURES, index // PICTURES
        label = (7 * picture + picture // 5) % CLASSES
        values.append([math.sin((label + 1) * (place + 1) * 0.7) * 0.6 + number(36 * picture + place, 1000) for place in range(36)])
        labels.append((label + 1 + picture % 3) % CLASSES if copy == picture % 4 else label)
    return torch.tensor(values, dtype=torch.float64).float().view(SAMPLES, 1, 6, 6), torch.tensor(labels)


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.one = nn.Linear(36, 16)
        self.two = nn.Linear(16, CLASSES)

    def forward(self, x):
        return self.two(torch.relu(self.one(x.flatten(1))))


class Cnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(4)
        self.conv2 = nn.Conv2d(4, 6, 3)
        self.out = nn.Linear(6 * 2 * 2, CLASSES)

    def forward(self, x):
        x = F.silu(self.norm(self.conv(x)))
        return self.out(F.avg_pool2d(F.silu(self.conv2(x)), 2).flatten(1))


class Lstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(12, 8, batch_first=True)
        self.out = nn.Linear(8, CLASSES)

    def forward(self, x):
        return self.out(self.lstm(x.view(-1, 3, 12))[1][0][-1])


def settle(network):
    """Weights by the formula, as large as PyTorch's own; scales of norms are 1."""
    with torch.no_grad():
        for series, (name, value) in enumerate(network.named_parameters()):
            if name == "norm.weight":
                value.fill_(1)
                continue
            spread = 1 / math.sqrt(value[0].numel()) if value.dim() > 1 else 0.1
            numbers = [number(place, series) * spread for place in range(value.numel())]
            value.copy_(torch.tensor(numbers, dtype=torch.float64).float().view(value.shape))


class Lion(torch.optim.Optimizer):
    """Algorithm 2 of Chen et al. 2023."""

    def __init__(self, params, lr, betas, weight_decay):
        super().__init__(params, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            first, second = group["betas"]
            for weights in group["params"]:
                mean = self.state[weights].setdefault("mean", torch.zeros_like(weights))
                update = first * mean + (1 - first) * weights.grad
                weights.sub_(group["lr"] * (update.sign() + group["weight_decay"] * weights))
                mean.mul_(second).add_(weights.grad, alpha=1 - second)


def make_optimizer(recipe, parameters):
    lr, decay, name = float(recipe["lr"]), float(recipe["weight_decay"]), recipe["optimizer"]
    usual = (0.9, 0.99) if name == "Lion" else (0.9, 0.999)
    betas = usual if recipe["betas"] == "usual" else tuple(float(beta) for beta in recipe["betas"].split(","))
    if name == "SGD":
        return torch.optim.SGD(parameters, lr, momentum=float(recipe["momentum"]), nesterov=recipe["nesterov"] == "true", weight_decay=decay)
    if name == "RMSprop":
        return torch.optim.RMSprop(parameters, lr, alpha=float(recipe["alpha"]), weight_decay=decay)
    if name == "Adagrad":
        return torch.optim.Adagrad(parameters, lr, weight_decay=decay)
    if name == "LBFGS":
        search = None if recipe["line_search"] == "none" else recipe["line_search"]
        return torch.optim.LBFGS(parameters, lr, max_iter=int(recipe["max_iter"]), line_search_fn=search)
    kind = {"Adam": torch.optim.Adam, "AdamW": torch.optim.AdamW, "Lion": Lion}[name]
    return kind(parameters, lr=lr, betas=betas, weight_decay=decay)


class Schedule:
    """PyTorch's own schedulers, stepped as Netloom does: some with every step, some with every epoch."""

    def __init__(self, recipe, optimizer, per_epoch):
        """per_epoch: steps of the optimizer."""
        self.per_epoch, self.all_steps, self.steps = per_epoch, int(recipe["epochs"]) * per_epoch, 0
        self.by_step = self.by_epoch = self.by_loss = None
        name, gamma = recipe["schedule"], float(recipe.get("gamma", 0.1))
        warmup = round(float(recipe["warmup_epochs"]) * per_epoch)
        if name == "ReduceLROnPlateau":
            self.by_loss = schedules.ReduceLROnPlateau(optimizer, factor=float(recipe["factor"]), patience=int(recipe["lr_patience"]),
                                                       threshold=float(recipe["threshold"]), min_lr=float(recipe["min_lr"]))
        elif name == "OneCycleLR":
            self.by_step = schedules.OneCycleLR(optimizer, float(recipe["lr"]), total_steps=self.all_steps, pct_start=float(recipe["pct_start"]),
                                                div_factor=float(recipe["div_factor"]), final_div_factor=float(recipe["final_div_factor"]), cycle_momentum=False)
        elif name == "CosineAnnealingLR" and int(recipe["T_0"]) > 0:
            self.by_step = schedules.CosineAnnealingWarmRestarts(optimizer, int(recipe["T_0"]), int(recipe["T_mult"]), float(recipe["eta_min"]))
        elif warmup > 0:
            grow = schedules.LinearLR(optimizer, 1 / warmup, total_iters=warmup - 1)
            self.by_step = schedules.SequentialLR(optimizer, [grow, self.after_warmup(recipe, optimizer, warmup)], [warmup])
        elif name == "StepLR":
            self.by_epoch = schedules.StepLR(optimizer, int(recipe["step_size"]), gamma)
        elif name == "MultiStepLR":
            self.by_epoch = schedules.MultiStepLR(optimizer, [int(part) for part in recipe["milestones"].split(",")], gamma)
        elif name == "ExponentialLR":
            self.by_epoch = schedules.ExponentialLR(optimizer, float(recipe["epoch_gamma"]))
        elif name == "CosineAnnealingLR":
            self.by_step = schedules.CosineAnnealingLR(optimizer, self.all_steps, float(recipe["eta_min"]))

    def after_warmup(self, recipe, optimizer, warmup):
        """What counts epochs counts their steps here, since PyTorch joins schedules by steps."""
        name, gamma = recipe["schedule"], float(recipe.get("gamma", 0.1))
        if name == "StepLR":
            return schedules.StepLR(optimizer, int(recipe["step_size"]) * self.per_epoch, gamma)
        if name == "MultiStepLR":
            return schedules.MultiStepLR(optimizer, [int(part) * self.per_epoch for part in recipe["milestones"].split(",")], gamma)
        if name == "ExponentialLR":
            return schedules.LambdaLR(optimizer, lambda step: float(recipe["epoch_gamma"]) ** (step // self.per_epoch))
        if name == "CosineAnnealingLR":
            return schedules.CosineAnnealingLR(optimizer, self.all_steps - warmup, float(recipe["eta_min"]))
        return schedules.ConstantLR(optimizer, 1, 1)

    def step(self):
        self.steps += 1
        if isinstance(self.by_step, schedules.CosineAnnealingWarmRestarts):
            self.by_step.step(self.steps / self.per_epoch)
        elif self.by_step and self.steps < self.all_steps:
            self.by_step.step()

    def end_epoch(self, loss):
        if self.by_epoch:
            self.by_epoch.step()
        if self.by_loss:
            self.by_loss.step(loss)


def penalty(recipe, weights):
    if recipe["penalty"] == "none":
        return 0
    share = {"L1": 1, "L2": 0, "ElasticNet": float(recipe.get("l1_ratio", 0.5))}[recipe["penalty"]]
    strength = float(recipe["penalty_strength"])
    return sum(strength * (share * one.abs().sum() + (1 - share) / 2 * one.square().sum()) for one in weights)


def train(network, text, kind=torch.float32, backwards=False):
    """The loss before every step. With backwards every batch has its samples the other way round, which changes nothing but rounding."""
    recipe = {**DEFAULTS, **dict(word.split("=") for word in text.split())}
    settle(network)
    network.to(kind).train()
    optimizer = make_optimizer(recipe, network.parameters())
    batch, gather = int(recipe["batch_size"]), int(recipe["accumulation_steps"])
    per_epoch = SAMPLES // batch
    schedule = Schedule(recipe, optimizer, math.ceil(per_epoch / gather))
    weights = [value for value in network.parameters() if value.dim() > 1]
    (values, labels), losses = samples(), []
    values = values.to(kind)

    def clip():
        if recipe["clip"] == "norm":
            nn.utils.clip_grad_norm_(network.parameters(), float(recipe["clip_at"]))
        if recipe["clip"] == "value":
            nn.utils.clip_grad_value_(network.parameters(), float(recipe["clip_at"]))

    def finish(count):
        if count < gather:  # the mean of fewer batches
            for value in network.parameters():
                value.grad.mul_(gather / count)
        clip()
        optimizer.step()
        if float(recipe["max_norm"]) > 0:
            with torch.no_grad():
                for one in weights:
                    one.copy_(one.renorm(2, 0, float(recipe["max_norm"])))
        schedule.step()

    for epoch in range(STEPS // per_epoch):
        places, waiting, epoch_loss = order(epoch), 0, 0.0
        for first in range(0, SAMPLES, batch):
            chosen = places[first:first + batch][::-1 if backwards else 1]
            if recipe["optimizer"] == "LBFGS":
                tried = []

                def closure():
                    optimizer.zero_grad(set_to_none=True)
                    tried.append(F.cross_entropy(network(values[chosen]), labels[chosen]))
                    full = tried[-1] + penalty(recipe, weights)
                    full.backward()
                    clip()
                    return full
                optimizer.step(closure)
                loss = tried[0]
                schedule.step()
            else:
                if waiting == 0:
                    optimizer.zero_grad(set_to_none=True)
                loss = F.cross_entropy(network(values[chosen]), labels[chosen])
                waiting += 1
                (loss / gather + penalty(recipe, weights)).backward()
                if waiting == gather:
                    finish(waiting)
                    waiting = 0
            losses.append(loss.item())
            epoch_loss += loss.item() / per_epoch
        if waiting > 0:
            finish(waiting)
        schedule.end_epoch(epoch_loss)
    return losses


NETWORKS = {"mlp": Mlp, "cnn": Cnn, "lstm": Lstm}


def bits_of(recipe):
    return 64 if "optimizer=LBFGS" in recipe else 32


def write_curves():
    for name, kind in NETWORKS.items():
        with open(pathlib.Path(__file__).parent / f"{name}.txt", "w", encoding="utf-8") as file:
            for recipe in recipes():
                losses = train(kind(), recipe, torch.float64 if bits_of(recipe) == 64 else torch.float32)
                print(f"{name:5} {recipe:110} {losses[0]:.4f} -> {losses[-1]:.4f}")
                file.write(f"{bits_of(recipe)} {recipe}: " + " ".join(f"{loss:.7g}" for loss in losses) + "\n")


def report_rounding(word):
    def distance(left, right):
        return max(abs(one - other) / abs(other) for one, other in zip(left, right))

    for name, kind in NETWORKS.items():
        for recipe in filter(lambda recipe: word in recipe, [*recipes(), *MINI_BATCHES]):
            curves = {(bits, turned): train(kind(), recipe, torch.float64 if bits == 64 else torch.float32, turned) for bits in (32, 64) for turned in (False, True)}
            print(f"{name:5} {recipe:110} 32 and 64 bit {distance(curves[32, False], curves[64, False]):.1e}"
                  f"   other way round: 32 bit {distance(curves[32, True], curves[32, False]):.1e}, 64 bit {distance(curves[64, True], curves[64, False]):.1e}", flush=True)


if __name__ == "__main__":
    torch.set_num_threads(1)
    if sys.argv[1:2] == ["--rounding"]:
        report_rounding((sys.argv[2:] or [""])[0])
    else:
        write_curves()
