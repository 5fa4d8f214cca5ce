#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the picture folder `fashion` beside this file out of Fashion-MNIST.

    make_samples.py [FOLDER_WITH_THE_FOUR_IDX_FILES]

Takes the first 60 training and the first 20 test pictures of each class. Needs Pillow (Debian's python3-pil).
"""
import gzip
import pathlib
import shutil
import struct
import sys

from PIL import Image

CLASSES = ["t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle-boot"]
PARTS = {"train": ("train", 60), "test": ("t10k", 20)}


def read(path, header):
    with gzip.open(path) as file:
        return struct.unpack(f">{header}I", file.read(4 * header)), file.read()


def main():
    source = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/datasets/fashion-mnist")
    target = pathlib.Path(__file__).with_name("fashion")
    shutil.rmtree(target, ignore_errors=True)
    for part, (prefix, wanted) in PARTS.items():
        (_, count, height, width), pixels = read(source / f"{prefix}-images-idx3-ubyte.gz", 4)
        _, labels = read(source / f"{prefix}-labels-idx1-ubyte.gz", 2)
        taken = [0] * len(CLASSES)
        for index in range(count):
            label = labels[index]
            if taken[label] == wanted:
                continue
            taken[label] += 1
            folder = target / part / CLASSES[label]
            folder.mkdir(parents=True, exist_ok=True)
            start = index * height * width
            picture = Image.frombytes("L", (width, height), pixels[start:start + height * width])
            picture.save(folder / f"{taken[label]:03}.png", optimize=True)


if __name__ == "__main__":
    main()
