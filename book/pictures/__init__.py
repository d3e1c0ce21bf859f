"""Pictures to learn from: they belong to the book, not to the package."""

import gzip
import json
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
CLOTHES = (
    "T-shirt",
    "trousers",
    "pullover",
    "dress",
    "coat",
    "sandal",
    "shirt",
    "sneaker",
    "bag",
    "ankle boot",
)


def handwritten_digits():
    """Return 1797 scanned digits and what they are.

    A row holds the 64 pixels of an 8×8 picture, line by line, each from 0 (white) to 16 (black);
    the targets are the digits from 0 to 9.

    References
    ----------
    E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine Learning
    Repository, 1998 (CC BY 4.0), the test set, as scikit-learn has it.
    """
    with np.load(HERE / "digits.npz") as file:
        return file["pictures"].astype(float), file["digits"].astype(int)


def clothes(folder=HERE / "clothes"):
    """Return 6000 pictures of clothes to learn from, what they show, and 1000 for a test.

    A row holds the 784 pixels of a 28×28 picture, line by line, each a byte from 0 (background)
    to 255; the labels are places in `CLOTHES`.  Another `folder` with files of the same names, such
    as that of all 60000 and 10000, may take the place of the book's own.

    References
    ----------
    H. Xiao, K. Rasul and R. Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking
    machine learning algorithms", 2017 (MIT, © Zalando SE): the first pictures of both sets.
    """
    found = []
    for part in ("train", "t10k"):
        # Each file has a head: 16 bytes before pictures, 8 before labels.
        found.append(_bytes(folder, f"{part}-images-idx3-ubyte.gz", 16).reshape(-1, 784))
        found.append(_bytes(folder, f"{part}-labels-idx1-ubyte.gz", 8).astype(int))
    return tuple(found)


def recorded(name):
    """Return what `python -m benchmarks.pictures` has found, under a name, of networks on clothes.

    That is a dictionary of the `machine`, the `settings`, and the `runs` of each network, a list.
    """
    return json.loads((HERE / "clothes.json").read_text(encoding="utf-8"))[name]


def shifted(rows, down, right):
    """Move square pictures by some pixels; what enters is background."""
    side, rim = round(np.sqrt(rows.shape[1])), max(abs(down), abs(right))
    wide = np.pad(rows.reshape(-1, side, side), ((0, 0), (rim, rim), (rim, rim)))
    top, left = rim - down, rim - right
    return wide[:, top : top + side, left : left + side].reshape(rows.shape)


def _bytes(folder, name, head):
    return np.frombuffer(gzip.decompress(Path(folder, name).read_bytes()), np.uint8, offset=head)
