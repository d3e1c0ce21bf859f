"""What is trained: each piece of work is described once, for all peers.

W1 to W3 are the runs of the three tutorials, W4 are scikit-learn's digits, W5 and W6 have the
shape of a set of 60 000 small pictures, or a part of one, but random numbers.  W7 is one
convolution by itself, over a batch of random pictures of that shape.
"""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from neuralnet.datasets import eight_points, ten_houses

Array = NDArray[np.floating]
SEED = 0
PICTURE = 28  # height and width, in pixels


class Data(NamedTuple):
    """Rows and targets: (rows, outputs) for squared errors, class numbers for cross-entropy."""

    X: Array
    y: NDArray[np.generic]
    X_test: Array | None = None
    y_test: NDArray[np.generic] | None = None


@dataclass(frozen=True)
class Workload:
    """A network, its data, and how often it steps.

    After each layer of weights comes one of `activations`.  The sum and the mean of squares have
    their factor 2 in the gradient.  Without `batch` each step sees all rows.  With `side` the
    network is one convolution that looks at every window of so many pixels in height and width.
    """

    title: str
    data: Callable[[str], Data]
    widths: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    rate: float
    rows: int
    epochs: int = 1
    batch: int | None = None
    side: int = 0
    adam: bool = False
    bias: bool = True
    shuffle: bool = True
    dtype: str = "float64"
    all_cores: bool = False

    @property
    def steps(self) -> int:
        """How often the parameters change in a run."""
        return self.epochs * -(-self.rows // (self.batch or self.rows))

    def shapes(self) -> list[tuple[int, int]]:
        """Return the shape of each layer's weights."""
        if self.side:
            return [(self.side**2, self.widths[1] // (PICTURE - self.side + 1) ** 2)]
        return list(pairwise(self.widths))

    def windows(self, x: Array) -> Array:
        """Return each window of some pictures as a row, copied."""
        pictures = x.reshape(-1, PICTURE, PICTURE)
        windows = sliding_window_view(pictures, (self.side, self.side), axis=(1, 2))
        return windows.reshape(-1, self.side**2)

    def start(self) -> Array:
        """Return the start values, layer by layer: the weights row by row, then the biases."""
        rng = np.random.default_rng(SEED)
        parts = []
        for inputs, outputs in self.shapes():
            parts.append(rng.standard_normal(inputs * outputs) / np.sqrt(inputs))
            parts.append(np.zeros(outputs * self.bias))
        return np.concatenate(parts).astype(self.dtype)

    def split(self, parameters: Array) -> list[tuple[Array, Array]]:
        """Return the weights and biases of each layer as views of one vector."""
        layers, first = [], 0
        for inputs, outputs in self.shapes():
            middle = first + inputs * outputs
            last = middle + outputs * self.bias
            weights = parameters[first:middle].reshape(inputs, outputs)
            layers.append((weights, parameters[middle:last]))
            first = last
        return layers

    def orders(self) -> Iterator[NDArray[np.integer]]:
        """Yield the numbers of all rows for each epoch, shuffled as `neuralnet.train` does."""
        rng = np.random.default_rng(SEED)
        for _ in range(self.epochs):
            yield rng.permutation(self.rows) if self.shuffle else np.arange(self.rows)


def drawn_points(rows: int) -> Callable[[str], Data]:
    """Return what draws rows from the eight points, as `Neuron.train` draws them."""

    def make(dtype: str) -> Data:
        points, targets = eight_points()
        drawn = np.random.default_rng(SEED).integers(len(points), size=rows)
        return Data(points[drawn].astype(dtype), targets[drawn, None].astype(dtype))

    return make


def truth_table(dtype: str) -> Data:
    """XOR, with a third input that is always 1."""
    X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], dtype)
    return Data(X, np.array([[0], [1], [1], [0]], dtype))


def scaled_houses(dtype: str) -> Data:
    """Ten houses and their prices, each column with mean 0 and deviation 1."""
    houses, prices = ten_houses()
    table = np.column_stack([houses, prices])
    table = ((table - table.mean(axis=0)) / table.std(axis=0)).astype(dtype)
    return Data(table[:, :2].copy(), table[:, 2:].copy())


def digits(dtype: str) -> Data:
    """Pictures of handwritten digits, shuffled, a fifth of them for the test.

    scikit-learn brings them along.  Its file is read without importing it: that would count as
    memory of every peer.
    """
    found = find_spec("sklearn")
    if found is None or found.origin is None:
        raise ValueError("W4 needs the digits that scikit-learn brings along: install it")
    with gzip.open(Path(found.origin).parent / "datasets" / "data" / "digits.csv.gz") as lines:
        table = np.loadtxt(lines, delimiter=",")
    table = np.random.default_rng(SEED).permutation(table)
    X, y = (table[:, :-1] / 16).astype(dtype), table[:, -1].astype(int)
    return Data(X[:1437], y[:1437], X[1437:], y[1437:])


def noise(rows: int) -> Callable[[str], Data]:
    """Return what makes random pictures of 784 numbers, of ten classes, with no copy on the way."""

    def make(dtype: str) -> Data:
        rng = np.random.default_rng(SEED)
        return Data(rng.random((rows, 784), np.dtype(dtype)), rng.integers(10, size=rows))

    return make


def looked_at(rows: int, outputs: int) -> Callable[[str], Data]:
    """Return what makes random pictures, and random targets for all outputs of a convolution."""

    def make(dtype: str) -> Data:
        rng = np.random.default_rng(SEED)
        x = rng.random((rows, PICTURE**2), np.dtype(dtype))
        return Data(x, rng.standard_normal((rows, outputs), np.dtype(dtype)))

    return make


_DIGITS = {
    "data": digits,
    "widths": (64, 64, 10),
    "activations": ("relu", "none"),
    "loss": "cross-entropy",
    "rows": 1437,
    "epochs": 20,
    "batch": 32,
}
_PICTURES = {
    "widths": (784, 128, 10),
    "activations": ("relu", "none"),
    "loss": "cross-entropy",
    "data": noise(60_000),
    "rows": 60_000,
    "batch": 128,
    "rate": 0.1,
}
_WINDOWS = {
    "data": looked_at(64, 24 * 24 * 8),
    "widths": (784, 24 * 24 * 8),
    "activations": ("none",),
    "loss": "mean of squares",
    "rate": 0.5,
    "rows": 64,
    "epochs": 100,
    "side": 5,
}
WORKLOADS = {
    "W1": Workload(
        title="one neuron, 10 000 times one of eight points",
        data=drawn_points(10_000),
        widths=(2, 1),
        activations=("sigmoid",),
        loss="sum of squares",
        rate=0.1,
        rows=10_000,
        batch=1,
        shuffle=False,
    ),
    "W2": Workload(
        title="XOR, 3-4-1, 1500 times all 4 rows",
        data=truth_table,
        widths=(3, 4, 1),
        activations=("sigmoid", "sigmoid"),
        loss="sum of squares",
        rate=1.0,
        rows=4,
        epochs=1500,
        bias=False,
    ),
    "W3": Workload(
        title="ten houses, 2-4-1, 2000 times all 10 rows",
        data=scaled_houses,
        widths=(2, 4, 1),
        activations=("sigmoid", "none"),
        loss="mean of squares",
        rate=0.025,
        rows=10,
        epochs=2000,
    ),
    "W4 SGD": Workload(title="digits, 64-64-10, 20 epochs in batches of 32", rate=0.1, **_DIGITS),
    "W4 Adam": Workload(title="the same with Adam", rate=0.001, adam=True, **_DIGITS),
    "W5 f32": Workload(
        title="784-128-10, 60 000 rows in batches of 128, float32", dtype="float32", **_PICTURES
    ),
    "W5 f64": Workload(title="the same in float64", **_PICTURES),
    "W6": Workload(
        title="784-1024-1024-10, 12 800 rows in batches of 256, float32, all cores",
        data=noise(12_800),
        widths=(784, 1024, 1024, 10),
        activations=("relu", "relu", "none"),
        loss="cross-entropy",
        rate=0.01,
        rows=12_800,
        batch=256,
        dtype="float32",
        all_cores=True,
    ),
    "W7 f32": Workload(
        title="28 x 28 pixels to 8 filters of 5 x 5, 100 times all 64 rows, float32",
        dtype="float32",
        **_WINDOWS,
    ),
    "W7 f64": Workload(title="the same in float64", **_WINDOWS),
}
