# SPDX-License-Identifier: GPL-3.0-or-later
"""What both peers of `netloom-cli bench` train: the networks of its rows, their data, and how a rate is measured."""
import argparse
import gzip
import json
import os
import time

import numpy as np
from torch import nn


def options(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("row", choices=("photos", "mlp", "cnn", "cifar"))
    parser.add_argument("data", help="the folder with the data")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--workers", type=int, default=0, help="of the DataLoader")
    parser.add_argument("--seconds", type=float, default=0, help="ends an epoch after so long; 0 = whole epochs")
    parser.add_argument("--epochs", type=int, default=2)
    return parser.parse_args()


def block(channels_in, channels):
    return [nn.Conv2d(channels_in, channels, 3, padding="same", bias=False), nn.BatchNorm2d(channels), nn.ReLU(), nn.MaxPool2d(2)]


def network(row):
    if row == "mlp":
        return nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10))
    if row == "cnn":
        return nn.Sequential(*block(1, 32), *block(32, 64), nn.Flatten(), nn.Dropout(0.25), nn.Linear(64 * 7 * 7, 128), nn.ReLU(), nn.Linear(128, 10))
    return nn.Sequential(*block(3, 32), *block(32, 64), *block(64, 128), nn.AdaptiveAvgPool2d(4), nn.Flatten(), nn.Linear(128 * 16, 10))


BATCH = {"photos": 64, "mlp": 64, "cnn": 128, "cifar": 64}
LEARNING_RATE = {"mlp": 0.001, "cnn": 0.002, "cifar": 0.001}


def read_fashion_mnist(folder, prefix="train"):
    def read(name, header):
        with gzip.open(os.path.join(folder, name)) as file:
            return np.frombuffer(file.read(), np.uint8, offset=header)

    return (read(prefix + "-images-idx3-ubyte.gz", 16).reshape(-1, 28, 28),
            read(prefix + "-labels-idx1-ubyte.gz", 8).astype(np.int64))


def train_folder(folder):
    below = os.path.join(folder, "train")
    return below if os.path.isdir(below) else folder


def measure(epochs, seconds, batches):
    """Takes every batch of batches() per epoch, which does the work and gives its number of images, and prints each epoch's rate.
    Starting the workers is a part of the epoch, as it is of a person's wait; what `seconds` cuts off doesn't count."""
    for epoch in range(1, epochs + 1):
        start, images = time.perf_counter(), 0
        for count in batches():
            images += count
            if seconds and time.perf_counter() - start > seconds:
                break
        spent = time.perf_counter() - start
        print(json.dumps({"event": "rate", "epoch": epoch, "images": images, "seconds": spent, "images_per_second": images / spent}), flush=True)
