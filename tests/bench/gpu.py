#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast PyTorch trains the networks of `torch_only cuda --speed` on the same GPU: prints images/s of the last of three epochs.

idiom: what a course teaches (TensorDataset, DataLoader, loss.item() every step), its best of 0, 2 and 4 workers.
expert: all pictures on the GPU, batches gathered there, the loss summed there, fused Adam.
"""
import sys
import time

import torch
from torch import nn


def mlp():
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10))


def cnn():
    return nn.Sequential(nn.Conv2d(1, 32, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3, padding="same"), nn.ReLU(),
                         nn.MaxPool2d(2), nn.Flatten(), nn.Linear(64 * 49, 128), nn.ReLU(), nn.Linear(128, 10))


def train(network, batches, mixed, device, **adam):
    """Images a second in the last of three epochs; batches() gives an epoch's."""
    network = network.to(device)
    optimizer = torch.optim.Adam(network.parameters(), **adam)
    loss_of = nn.CrossEntropyLoss()
    scaler = torch.amp.GradScaler(device, enabled=mixed)
    for _ in range(3):
        count, total = 0, 0.0
        start = time.perf_counter()
        for pictures, labels in batches():
            pictures, labels = pictures.to(device, non_blocking=True), labels.to(device, non_blocking=True)
            optimizer.zero_grad()
            with torch.autocast(device, torch.float16, enabled=mixed):
                loss = loss_of(network(pictures), labels)
            scaler.scale(loss).backward()
            scaler.step(optimizer)
            scaler.update()
            total += loss.detach() if adam else loss.item()
            count += len(labels)
        float(total)
        rate = count / (time.perf_counter() - start)
    return rate


def main():
    device = sys.argv[1] if len(sys.argv) > 1 else "cuda"
    torch.manual_seed(1)
    pictures, labels = torch.rand(60000, 1, 28, 28), torch.randint(10, (60000,))
    there, labels_there = pictures.to(device), labels.to(device)
    for name, network, size in (("MLP", mlp, 64), ("CNN", cnn, 128)):
        for mixed in (False, True):
            def gathered():
                for chosen in torch.randperm(60000, device=device).split(size):
                    yield there[chosen], labels_there[chosen]
            idiom = {}
            for workers in (0, 2, 4):
                loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(pictures, labels), size, shuffle=True, num_workers=workers)
                idiom[workers] = train(network(), lambda: loader, mixed, device)
            best = max(idiom, key=idiom.get)
            expert = train(network(), gathered, mixed, device, fused=True)
            print(f"{name}, batch {size}, {'mixed' if mixed else 'float32'}: idiom {idiom[best]:.0f} images/s ({best} workers), expert {expert:.0f} images/s", flush=True)


if __name__ == "__main__":
    main()
