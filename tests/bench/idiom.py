#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The peer "idiom" of `netloom-cli bench`: the script that a course teaches, with torchvision's data sets and transforms, a DataLoader and a
training loop of seven lines. Needs Debian's python3-torch and python3-torchvision."""
import torch
from PIL import Image
from torch import nn
from torch.utils.data import DataLoader, Dataset
from torchvision import datasets, transforms

import networks


class FashionMnist(Dataset):
    """As torchvision.datasets.FashionMNIST, which only reads unpacked files of its own layout: a PIL picture per item, then the transforms."""

    def __init__(self, folder, transform):
        images, labels = networks.read_fashion_mnist(folder)
        self.data, self.targets, self.transform = torch.from_numpy(images.copy()), torch.from_numpy(labels.copy()), transform

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        return self.transform(Image.fromarray(self.data[index].numpy(), mode="L")), int(self.targets[index])


def dataset(options):
    if options.row in ("mlp", "cnn"):
        return FashionMnist(options.data, transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.286,), (0.353,))]))
    steps = {"photos": [transforms.Resize(72), transforms.RandomCrop(64), transforms.RandomHorizontalFlip()],
             "cifar": [transforms.RandomHorizontalFlip()]}[options.row]
    steps += [transforms.ToTensor(), transforms.Normalize((0.5, 0.5, 0.5), (0.5, 0.5, 0.5))]
    return datasets.ImageFolder(networks.train_folder(options.data), transforms.Compose(steps))


def main():
    options = networks.options(__doc__)
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    loader = DataLoader(dataset(options), networks.BATCH[options.row], shuffle=True, num_workers=options.workers)

    def load():
        for images, _ in loader:
            yield len(images)

    if options.row == "photos":
        networks.measure(options.epochs, options.seconds, load)
        return
    model = networks.network(options.row)
    optimizer = torch.optim.Adam(model.parameters(), lr=networks.LEARNING_RATE[options.row])
    loss_of = nn.CrossEntropyLoss()
    model.train()

    def train():
        total = 0.0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = loss_of(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            yield len(labels)

    networks.measure(options.epochs, options.seconds, train)


main()
