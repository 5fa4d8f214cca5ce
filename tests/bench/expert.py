#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The peer "expert" of `netloom-cli bench`: the best that Python can do. Every picture is decoded once, with PIL's draft mode, into a uint8
tensor in memory; batches are gathered, augmented and normalized as tensors; channels_last, a foreach optimizer, no denormals. `netloom-cli
bench` sets the malloc variables that spare it page faults (MALLOC_MMAP_THRESHOLD_, MALLOC_TRIM_THRESHOLD_). Needs Debian's python3-torch."""
import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
from PIL import Image
from torch import nn

import networks

SHORTER = 72
SIDE = 64


def decode_photo(path):
    """The shorter side becomes 72 px; with draft() the JPEG decoder leaves out what the resize would throw away."""
    with Image.open(path) as file:
        file.draft("RGB", (SHORTER, SHORTER))
        picture = file.convert("RGB")
    width, height = picture.size
    scale = SHORTER / min(width, height)
    return np.asarray(picture.resize((max(SHORTER, int(width * scale)), max(SHORTER, int(height * scale))), Image.BILINEAR))


def decode_small(path):
    with Image.open(path) as file:
        return np.asarray(file.convert("RGB"))


def picture_files(folder):
    classes = sorted(entry.name for entry in os.scandir(folder) if entry.is_dir())
    return [(entry.path, label) for label, name in enumerate(classes) for entry in sorted(os.scandir(os.path.join(folder, name)), key=lambda e: e.name)]


class Pictures:
    """Pictures of a folder, decoded in the first epoch as their batches come, then in memory."""

    def __init__(self, folder, decode, threads):
        self.files = picture_files(folder)
        self.decode, self.known = decode, [None] * len(self.files)
        self.labels = torch.tensor([label for _, label in self.files])
        self.pool = ThreadPoolExecutor(threads) if threads > 1 else None
        self.all = None  # N×H×W×C once all are known and of one size

    def get(self, indices):
        missing = [index for index in indices if self.known[index] is None]
        run = self.pool.map if self.pool else map
        for index, picture in zip(missing, run(lambda index: self.decode(self.files[index][0]), missing)):
            self.known[index] = torch.from_numpy(picture.copy())
        return [self.known[index] for index in indices]

    def batch(self, indices):
        """N×H×W×C, uint8, of pictures of one size."""
        if self.all is None:
            batch = torch.stack(self.get(indices.tolist()))
            if all(picture is not None for picture in self.known):
                self.all = torch.stack(self.known)
            return batch
        return self.all[indices]

    def crops(self, indices):
        """N×64×64×C at random places."""
        batch = torch.empty(len(indices), SIDE, SIDE, 3, dtype=torch.uint8)
        draws = torch.rand(len(indices), 2).tolist()
        for at, picture in enumerate(self.get(indices.tolist())):
            top = int(draws[at][0] * (picture.shape[0] - SIDE + 1))
            left = int(draws[at][1] * (picture.shape[1] - SIDE + 1))
            batch[at] = picture[top:top + SIDE, left:left + SIDE]
        return batch


def normalized(batch, mean, deviation):
    """N×H×W×C bytes → N×C×H×W numbers with the channels last in memory, without a copy."""
    return batch.float().mul_(1 / (255 * deviation)).sub_(mean / deviation).permute(0, 3, 1, 2)


def flipped(batch):
    flips = torch.rand(len(batch)) < 0.5
    batch[flips] = batch[flips].flip(2)
    return batch


def indices(count, size):
    return torch.randperm(count).split(size)


def main():
    options = networks.options(__doc__)
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(1)
    size = networks.BATCH[options.row]
    if options.row in ("mlp", "cnn"):
        images, labels = (torch.from_numpy(array.copy()) for array in networks.read_fashion_mnist(options.data))
        images = images.unsqueeze(3)

        def batches():
            for chosen in indices(len(images), size):
                yield normalized(images[chosen], 0.286, 0.353), labels[chosen]
    else:
        photos = options.row == "photos"
        pictures = Pictures(networks.train_folder(options.data), decode_photo if photos else decode_small, options.threads)

        def batches():
            for chosen in indices(len(pictures.files), size):
                batch = pictures.crops(chosen) if photos else pictures.batch(chosen)
                yield normalized(flipped(batch), 0.5, 0.5), pictures.labels[chosen]

    def load():
        for batch, _ in batches():
            yield len(batch)

    if options.row == "photos":
        networks.measure(options.epochs, options.seconds, load)
        return
    model = networks.network(options.row).to(memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(model.parameters(), lr=networks.LEARNING_RATE[options.row], foreach=True)
    loss_of = nn.CrossEntropyLoss()
    model.train()

    def train():
        total = torch.zeros(())
        for batch, targets in batches():
            optimizer.zero_grad(set_to_none=True)
            loss = loss_of(model(batch), targets)
            loss.backward()
            optimizer.step()
            total += loss.detach() * len(targets)
            yield len(targets)
        total.item()

    networks.measure(options.epochs, options.seconds, train)


main()
