#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The peer of scripts/bench.sh: the network of the template cnn-fashion-mnist, trained by PyTorch and a DataLoader as its
tutorials do it. Prints one JSON object per epoch. Needs Debian's python3-torch and python3-torchvision."""
import argparse
import gzip
import json
import os
import time

import numpy as np
import torch
from PIL import Image
from torch import nn
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms


def read_idx(path, header):
    with gzip.open(path) as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)


class FashionMnist(Dataset):
    """As torchvision.datasets.FashionMNIST: a PIL picture per item, then the transforms."""

    def __init__(self, folder, prefix, transform):
        self.images = read_idx(os.path.join(folder, prefix + "-images-idx3-ubyte.gz"), 16).reshape(-1, 28, 28)
        self.labels = read_idx(os.path.join(folder, prefix + "-labels-idx1-ubyte.gz"), 8).astype(np.int64)
        self.transform = transform

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        return self.transform(Image.fromarray(self.images[index], mode="L")), self.labels[index]


def network():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3, padding="same", bias=False), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding="same", bias=False), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Dropout(0.25), nn.Linear(64 * 7 * 7, 128), nn.ReLU(), nn.Linear(128, 10))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--batch-size", type=int, default=128)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    prepare = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.286,), (0.353,))])
    train = FashionMnist(options.folder, "train", prepare)
    test = FashionMnist(options.folder, "t10k", prepare)
    loader = DataLoader(train, options.batch_size, shuffle=True, num_workers=options.workers)
    model = network()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    loss_of = nn.CrossEntropyLoss()
    for epoch in range(1, options.epochs + 1):
        model.train()
        start, total = time.perf_counter(), 0.0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = loss_of(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
        seconds = time.perf_counter() - start
        model.eval()
        with torch.no_grad():
            right = sum((model(images).argmax(1) == labels).sum().item() for images, labels in DataLoader(test, 512))
        print(json.dumps({"event": "epoch", "epoch": epoch, "train_loss": total / len(train), "test_accuracy": right / len(test),
                          "images_per_second": len(train) / seconds}), flush=True)


main()
