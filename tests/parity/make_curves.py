#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains an MLP, a CNN with batch norm and an LSTM for 200 steps with PyTorch, once for every recipe, for tests/train/tst_parity.cpp.

    python3 make_curves.py        writes mlp.txt, cnn.txt and lstm.txt beside this script

Each line is a recipe in Netloom's words, ':' and the loss before every step. Weights, samples and the order of the samples come from
formulas that the test has, too: number() and order(). Made with PyTorch 1.13 (Debian 12, python3-torch).
"""
import math
import pathlib

import torch
import torch.nn.functional as F
from torch import nn
from torch.optim import lr_scheduler as schedules

SAMPLES, CLASSES, STEPS = 64, 4, 200

OPTIMIZERS = [
    "optimizer=SGD lr=0.05 momentum=0",
    "optimizer=SGD lr=0.01",
    "optimizer=SGD lr=0.01 nesterov=true weight_decay=0.01",
    "optimizer=Adam",
    "optimizer=Adam weight_decay=0.01 betas=0.8,0.95",
    "optimizer=AdamW weight_decay=0.1",
    "optimizer=RMSprop alpha=0.9",
    "optimizer=Adagrad lr=0.01 weight_decay=0.001",
    "optimizer=Lion lr=0.0003 weight_decay=0.1",
    "batch_size=64 optimizer=LBFGS lr=0.3 max_iter=2",
    "batch_size=64 optimizer=LBFGS lr=1 max_iter=2 line_search=strong_wolfe",
]
SCHEDULES = [
    "optimizer=SGD lr=0.02 warmup_epochs=5",
    "optimizer=SGD lr=0.02 schedule=StepLR step_size=8 gamma=0.5",
    "optimizer=SGD lr=0.02 schedule=MultiStepLR milestones=10,30,35 gamma=0.3",
    "optimizer=SGD lr=0.02 schedule=ExponentialLR epoch_gamma=0.95",
    "optimizer=SGD lr=0.02 schedule=CosineAnnealingLR eta_min=0.001",
    "optimizer=SGD lr=0.02 schedule=CosineAnnealingLR warmup_epochs=2.5",
    "optimizer=SGD lr=0.02 schedule=CosineAnnealingLR T_0=6 T_mult=2",
    "optimizer=SGD lr=0.05 schedule=OneCycleLR pct_start=0.25",
    "optimizer=Adam schedule=OneCycleLR lr=0.004",
    "optimizer=SGD lr=0.02 schedule=ReduceLROnPlateau lr_patience=1 threshold=0.03 factor=0.5 min_lr=0.0001",
]
REGULARIZATION = [
    "optimizer=SGD lr=0.02 clip=norm clip_at=0.5",
    "optimizer=SGD lr=0.02 clip=value clip_at=0.02",
    "optimizer=SGD lr=0.02 penalty=L1 penalty_strength=0.002",
    "optimizer=SGD lr=0.02 penalty=L2 penalty_strength=0.02",
    "optimizer=Adam penalty=ElasticNet penalty_strength=0.01 l1_ratio=0.3",
    "optimizer=SGD lr=0.02 max_norm=0.7",
    "optimizer=SGD lr=0.05 accumulation_steps=2",
    "optimizer=SGD lr=0.05 accumulation_steps=3",
]
DEFAULTS = {"batch_size": 16, "optimizer": "Adam", "lr": 0.001, "momentum": 0.9, "nesterov": "false", "betas": "usual", "alpha": 0.99, "max_iter": 20, "line_search": "none", "weight_decay": 0.0,
            "schedule": "constant", "warmup_epochs": 0.0, "T_0": 0, "T_mult": 1, "eta_min": 0.0, "clip": "none", "penalty": "none", "max_norm": 0.0,
            "accumulation_steps": 1, "pct_start": 0.3}


def number(place, series):
    """Evenly spread over -1 to 1, as if by chance."""
    wild = math.sin(12.9898 * (place + 1) + 78.233 * (series + 1)) * 43758.5453
    return 2 * (wild - math.floor(wild)) - 1


def order(epoch):
    """Every sample once: an odd factor permutes the 64."""
    return [(index * (2 * epoch + 5) + 3 * epoch) % SAMPLES for index in range(SAMPLES)]


def samples():
    labels = [(7 * index + index // 5) % CLASSES for index in range(SAMPLES)]
    values = [[math.sin((label + 1) * (place + 1) * 0.7) * 0.6 + number(36 * index + place, 1000) for place in range(36)] for index, label in enumerate(labels)]
    return torch.tensor(values, dtype=torch.float64).float().view(SAMPLES, 1, 6, 6), torch.tensor(labels)


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.one = nn.Linear(36, 24)
        self.two = nn.Linear(24, CLASSES)

    def forward(self, x):
        return self.two(torch.relu(self.one(x.flatten(1))))


class Cnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 6, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(6)
        self.conv2 = nn.Conv2d(6, 8, 3)
        self.out = nn.Linear(8 * 2 * 2, CLASSES)

    def forward(self, x):
        x = torch.relu(self.norm(self.conv(x)))
        return self.out(F.max_pool2d(torch.relu(self.conv2(x)), 2).flatten(1))


class Lstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(6, 12, batch_first=True)
        self.out = nn.Linear(12, CLASSES)

    def forward(self, x):
        return self.out(self.lstm(x.squeeze(1))[0][:, -1])


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
        self.per_epoch = per_epoch
        name, gamma = recipe["schedule"], float(recipe.get("gamma", 0.1))
        self.by_step = self.by_epoch = self.by_loss = None
        warmup = round(float(recipe["warmup_epochs"]) * per_epoch)
        if name == "StepLR":
            self.by_epoch = schedules.StepLR(optimizer, int(recipe["step_size"]), gamma)
        elif name == "MultiStepLR":
            self.by_epoch = schedules.MultiStepLR(optimizer, [int(part) for part in recipe["milestones"].split(",")], gamma)
        elif name == "ExponentialLR":
            self.by_epoch = schedules.ExponentialLR(optimizer, float(recipe["epoch_gamma"]))
        elif name == "OneCycleLR":
            self.by_step = schedules.OneCycleLR(optimizer, float(recipe["lr"]), total_steps=STEPS, pct_start=float(recipe["pct_start"]), cycle_momentum=False)
        elif name == "ReduceLROnPlateau":
            self.by_loss = schedules.ReduceLROnPlateau(optimizer, factor=float(recipe["factor"]), patience=int(recipe["lr_patience"]),
                                                       threshold=float(recipe["threshold"]), min_lr=float(recipe["min_lr"]))
        elif name == "CosineAnnealingLR" and int(recipe["T_0"]) > 0:
            self.by_step = schedules.CosineAnnealingWarmRestarts(optimizer, int(recipe["T_0"]), int(recipe["T_mult"]), float(recipe["eta_min"]))
            self.fraction = True
        elif warmup > 0:
            grow = schedules.LinearLR(optimizer, 1 / warmup, total_iters=warmup - 1)
            then = (schedules.CosineAnnealingLR(optimizer, STEPS - warmup, float(recipe["eta_min"])) if name == "CosineAnnealingLR"
                    else schedules.ConstantLR(optimizer, 1, 1))
            self.by_step = schedules.SequentialLR(optimizer, [grow, then], [warmup])
        elif name == "CosineAnnealingLR":
            self.by_step = schedules.CosineAnnealingLR(optimizer, STEPS, float(recipe["eta_min"]))
        self.steps = 0

    def step(self):
        self.steps += 1
        if isinstance(self.by_step, schedules.CosineAnnealingWarmRestarts):
            self.by_step.step(self.steps / self.per_epoch)
        elif self.by_step and self.steps < STEPS:
            self.by_step.step()

    def end_epoch(self, loss):
        if self.by_epoch:
            self.by_epoch.step()
        if self.by_loss:
            self.by_loss.step(loss)


def penalty(recipe, weights):
    share = {"none": 0, "L1": 1, "L2": 0, "ElasticNet": float(recipe.get("l1_ratio", 0.5))}[recipe["penalty"]]
    strength = float(recipe.get("penalty_strength", 0.0001))
    return sum(strength * (share * one.abs().sum() + (1 - share) / 2 * one.square().sum()) for one in weights)


def train(network, text):
    recipe = {**DEFAULTS, **dict(word.split("=") for word in text.split())}
    settle(network)
    network.train()
    optimizer = make_optimizer(recipe, network.parameters())
    batch = int(recipe["batch_size"])
    per_epoch = SAMPLES // batch
    schedule = Schedule(recipe, optimizer, per_epoch)
    weights = [value for value in network.parameters() if value.dim() > 1]
    gather, (values, labels), losses = int(recipe["accumulation_steps"]), samples(), []

    def finish(count):
        if count < gather:  # the mean of fewer batches
            for value in network.parameters():
                value.grad.mul_(gather / count)
        if recipe["clip"] == "norm":
            nn.utils.clip_grad_norm_(network.parameters(), float(recipe["clip_at"]))
        if recipe["clip"] == "value":
            nn.utils.clip_grad_value_(network.parameters(), float(recipe["clip_at"]))
        optimizer.step()
        if float(recipe["max_norm"]) > 0:
            with torch.no_grad():
                for one in weights:
                    one.copy_(one.renorm(2, 0, float(recipe["max_norm"])))
        schedule.step()

    for epoch in range(STEPS // per_epoch):
        places, waiting, epoch_loss = order(epoch), 0, 0.0
        for first in range(0, SAMPLES, batch):
            chosen = places[first:first + batch]
            if recipe["optimizer"] == "LBFGS":
                def closure():
                    optimizer.zero_grad(set_to_none=True)
                    loss = F.cross_entropy(network(values[chosen]), labels[chosen])
                    loss.backward()
                    return loss
                loss = optimizer.step(closure)
            else:
                if waiting == 0:
                    optimizer.zero_grad(set_to_none=True)
                loss = F.cross_entropy(network(values[chosen]), labels[chosen])
                waiting += 1
                full = loss / gather
                if recipe["penalty"] != "none":
                    full = full + penalty(recipe, weights)
                full.backward()
                if waiting == gather:
                    finish(waiting)
                    waiting = 0
            losses.append(loss.item())
            epoch_loss += loss.item() / per_epoch
        if waiting > 0:
            finish(waiting)
        schedule.end_epoch(epoch_loss)
    return losses


if __name__ == "__main__":
    torch.set_num_threads(1)
    folder = pathlib.Path(__file__).parent
    for name, kind in {"mlp": Mlp, "cnn": Cnn, "lstm": Lstm}.items():
        with open(folder / f"{name}.txt", "w", encoding="utf-8") as file:
            for recipe in OPTIMIZERS + SCHEDULES + (REGULARIZATION if name == "mlp" else []):
                losses = train(kind(), recipe)
                print(f"{name:5} {recipe:100} {losses[0]:.4f} -> {losses[-1]:.4f}")
                file.write(recipe + ": " + " ".join(f"{loss:.7g}" for loss in losses) + "\n")
