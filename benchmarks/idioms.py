"""Two ways to do a thing in NumPy, timed in turn: what pays, and what does not."""

import json
import sys
import timeit
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np

SIZES = {"small": (10, 4, 4), "middle": (32, 64, 64), "large": (128, 784, 128)}
SECONDS = 0.0005  # of one measurement: so short that most are not interrupted
REPEATS = 5  # as many in each round


@dataclass(frozen=True)
class Idiom:
    """Two ways to write a statement."""

    title: str
    plain: str
    quick: str


IDIOMS = (
    Idiom(
        "sigmoid's derivative: from the sum, or from the answer",
        "s = 1 / (1 + np.exp(-z)); s * (1 - s)",
        "y * (1 - y)",
    ),
    Idiom(
        "three results: new arrays, or ones that exist",
        "a = z * y; b = a + z; d = b * y",
        "np.multiply(z, y, c); np.add(c, z, e); np.multiply(e, y, f)",
    ),
    Idiom("biases' gradient: np.sum, or a row of ones", "np.sum(z, axis=0)", "o.dot(z, v)"),
    Idiom("product: x @ W, or x.dot(W, out)", "x @ W", "x.dot(W, c)"),
    Idiom(
        "step: W - r * G, or in place",
        "W - r * G",
        "np.multiply(G, r, out=V); np.subtract(U, V, out=U)",
    ),
    Idiom(
        "ReLU's backward pass: np.where, or a product",
        "np.where(y > 0, z, 0)",
        "z * (y > 0)",
    ),
    Idiom("product: float64, or float32", "np.dot(x, W, c)", "np.dot(x32, W32, c32)"),
    Idiom(
        "first layer: gradient over inputs, or none",
        "x.T.dot(z, V); z.dot(W.T)",
        "x.T.dot(z, V)",
    ),
)


def operands(size: str) -> dict[str, Any]:
    """Return what the statements name: rows x, weights W, their gradient G, sums z ..."""
    rows, inputs, outputs = SIZES[size]
    rng = np.random.default_rng(0)
    x, z = rng.standard_normal((rows, inputs)), rng.standard_normal((rows, outputs))
    names = {"x": x, "z": z, "y": np.maximum(z, 0)} | {name: z.copy() for name in "cef"}
    names |= {name: rng.standard_normal((inputs, outputs)) for name in "WGUV"}
    names |= {"o": np.ones(rows), "v": np.empty(outputs)}
    names |= {f"{name}32": names[name].astype(np.float32) for name in "xWc"}
    return names | {"np": np, "r": 0.1}


def compare_idioms(rounds: int) -> dict[str, dict[str, float]]:
    """Return, by title and size, the median ratio of the seconds of the two statements."""
    found: dict[str, dict[str, float]] = {}
    for size in SIZES:
        names = operands(size)
        for idiom in IDIOMS:
            plain, quick = (
                timeit.Timer(text, globals=names) for text in (idiom.plain, idiom.quick)
            )
            times = max(1, round(SECONDS / (quick.timeit(3) / 3)))
            ratios = [plain.timeit(times) / quick.timeit(times) for _ in range(rounds * REPEATS)]
            found.setdefault(idiom.title, {})[size] = round(median(ratios), 4)
    return found


if __name__ == "__main__":
    print(json.dumps(compare_idioms(int(sys.argv[1]))))
