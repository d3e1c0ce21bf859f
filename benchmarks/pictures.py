"""Train networks on pictures of clothes: see ``python -m benchmarks.pictures --help``.

The chapter on clothes shows what came out; `book/pictures/clothes.json` holds it.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.machine import describe
from benchmarks.results import write
from book.pictures import clothes, shifted
from neuralnet import (
    Adam,
    Conv2D,
    Dense,
    MaxPool2D,
    Network,
    ReLU,
    accuracy,
    cross_entropy,
    train,
)
from neuralnet.layers import Layer

RATE, BATCH, EPOCHS, SEEDS = 0.002, 64, 15, 5
SHIFTS = (1, 2)
SIDE = 28


def dense(hidden: int) -> list[Layer]:
    """Return a network with so many hidden neurons."""
    return [Dense(SIDE**2, hidden), ReLU(), Dense(hidden, 10)]


def convolutions(first: int, second: int) -> list[Layer]:
    """Return a network of two convolutions with so many filters, each followed by pooling."""
    one = Conv2D((SIDE, SIDE, 1), first, 5)
    pool = MaxPool2D(one.output_shape, 2)
    two = Conv2D(pool.output_shape, second, 5)
    last = MaxPool2D(two.output_shape, 2)
    return [one, ReLU(), pool, two, ReLU(), last, Dense(last.outputs, 10)]


NETWORKS: dict[str, Callable[[], list[Layer]]] = {
    "one layer": lambda: [Dense(SIDE**2, 10)],
    "Dense 7": lambda: dense(7),
    "Dense 128": lambda: dense(128),
    "convolutions 8, 16": lambda: convolutions(8, 16),
}


def ways(distance: int) -> list[tuple[int, int]]:
    """Return the four shifts by a distance."""
    return [(distance, 0), (-distance, 0), (0, distance), (0, -distance)]


def settings(epochs: int, rows: Sequence[int]) -> dict[str, Any]:
    """Say how the networks were trained, on how many pictures, and with how many parameters."""
    sizes = {name: Network(layers(), rng=0).parameters.size for name, layers in NETWORKS.items()}
    return {
        "rate": RATE,
        "batch": BATCH,
        "epochs": epochs,
        "rows": list(rows),
        "parameters": sizes,
    }


def run(name: str, seed: int, epochs: int, data: tuple[np.ndarray, ...]) -> dict[str, Any]:
    """Train one network and return what it can do; the time is that of the processor."""
    X, y, new, kinds = data
    net = Network(NETWORKS[name](), rng=seed, dtype=np.float32)
    start = time.process_time()
    train(net, X, y, cross_entropy, Adam(RATE), epochs=epochs, batch_size=BATCH, rng=seed)
    seconds = (time.process_time() - start) / epochs
    answers = net.predict(new).argmax(axis=1)
    pairs = np.zeros((10, 10), int)
    np.add.at(pairs, (kinds, answers), 1)
    return {
        "seconds": round(seconds, 4),
        "seen": accuracy(net, X, y),
        "test": accuracy(net, new, kinds),
        "shifted": [
            float(np.mean([accuracy(net, shifted(new, *way), kinds) for way in ways(distance)]))
            for distance in SHIFTS
        ],
        "pairs": pairs.tolist(),
    }


def scaled(folder: Path | None) -> tuple[np.ndarray, ...]:
    """Return the pictures from 0 to 1, in single precision, and their labels."""
    X, y, new, kinds = clothes(folder) if folder else clothes()
    return X / np.float32(255), y, new / np.float32(255), kinds


def measure(options: argparse.Namespace) -> Iterator[tuple[str, dict[str, Any]]]:
    """Train all networks from all starts, and yield each result with the network's name."""
    data = scaled(options.data)
    for seed in range(options.seeds):
        for name in NETWORKS:
            yield name, run(name, seed, options.epochs, data)


def arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.pictures",
        description="Train four networks on pictures of clothes, and say how well they do.",
    )
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="the files of all 60000")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help=f"{EPOCHS} unless given")
    parser.add_argument("--seeds", type=int, default=SEEDS, help=f"{SEEDS} unless given")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the results as JSON")
    parser.add_argument(
        "--under", default="part", metavar="NAME", help="under which name, beside others there"
    )
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> None:
    """Train, print a line for each run, and save the results."""
    options = arguments(words)
    rows = [len(labels) for labels in scaled(options.data)[1::2]]
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in NETWORKS}
    for name, result in measure(options):
        found[name].append(result)
        shifts = " ".join(f"{share:.3f}" for share in result["shifted"])
        print(
            f"{name:20} test {result['test']:.3f}  seen {result['seen']:.3f}  shifted {shifts}  "
            f"{result['seconds']:.3f} s an epoch",
            flush=True,
        )
    if options.save:
        entry = {"machine": describe(), "settings": settings(options.epochs, rows), "runs": found}
        save(options.save, options.under, entry)


def save(path: Path, name: str, entry: dict[str, Any]) -> None:
    """Write results under a name, and leave those under other names as they are."""
    held = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    write(path, held | {name: entry})


if __name__ == "__main__":
    try:
        main()
    except (OSError, ValueError) as error:
        sys.exit(f"benchmarks.pictures: {error}")
