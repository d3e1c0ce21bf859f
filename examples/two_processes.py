"""Train a network in several processes at once, with PyTorch's DistributedDataParallel.

`torchrun` starts the processes, here two of them on one machine:

    torchrun --standalone --nproc-per-node 2 -m examples.two_processes start.npz end.npz

``start.npz`` holds a network that `neuralnet.save` wrote, ``end.npz`` will hold the trained one.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import zlib
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

import neuralnet
from neuralnet.training import Minibatches

try:
    import torch
    import torch.distributed as dist
    from torch.nn.functional import cross_entropy
    from torch.nn.parallel import DistributedDataParallel

    from neuralnet.frameworks import from_torch, to_torch
except ModuleNotFoundError as error:
    sys.exit(f"two_processes needs PyTorch ({error}): install torch for this Python")

COMMAND = "torchrun --standalone --nproc-per-node 2 -m examples.two_processes"
# The options on which the result hangs: a run goes on only with the same ones.
SETTINGS = ("batch_size", "learning_rate", "momentum", "seed", "plain_mean")
Anything = TypeVar("Anything")
Data = tuple[neuralnet.Network, NDArray[Any], NDArray[Any]]


def main() -> None:
    """Join the other processes, train with them, and leave."""
    options = options_from(sys.argv[1:])
    if "RANK" not in os.environ:
        sys.exit(f"torchrun starts the processes: {COMMAND} {options.start} {options.end}")
    join(timedelta(seconds=options.patience))
    try:
        train_and_save(options)
    except (OSError, ValueError) as error:
        # All processes come here, with the same error: one is enough to tell it.
        sys.exit(f"two_processes: {error}" if dist.get_rank() == 0 else 1)
    finally:
        dist.destroy_process_group()


def join(patience: timedelta) -> None:
    """Find the other processes, by what each writes into a store that torchrun keeps.

    What lies there from before torchrun started them again is of processes that are gone, and
    whoever believed it would wait for those. So each start on this machine has keys of its own.
    """
    key = "start " + os.environ.get("TORCHELASTIC_RESTART_COUNT", "0")
    try:
        store, rank, many = next(dist.rendezvous("env://", timeout=patience))
        own = dist.PrefixStore(key, store)
        dist.init_process_group("gloo", timeout=patience, store=own, rank=rank, world_size=many)
    except RuntimeError as error:
        sys.exit(f"two_processes: process {os.environ['RANK']} found no others: {error}")


def options_from(words: list[str]) -> argparse.Namespace:
    """Return the options of a command line."""
    parser = argparse.ArgumentParser(prog=COMMAND)
    parser.add_argument("start", type=Path, help="the network to train, as neuralnet.save wrote it")
    parser.add_argument("end", type=Path, help="where to write the trained one")
    parser.add_argument("--data", type=Path, help="npz file with X and y; unless given, the digits")
    parser.add_argument("--rows", type=int, help="train on the first so many rows")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--batch-size", type=int, default=32, help="rows of all processes together")
    parser.add_argument("--learning-rate", type=float, default=0.1)
    parser.add_argument("--momentum", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=0, help="shuffles the rows")
    parser.add_argument("--patience", type=int, default=300, help="seconds to wait for the others")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint, if any")
    shares = parser.add_mutually_exclusive_group()
    shares.add_argument("--weighted", action="store_true", help="every row counts alike")
    shares.add_argument("--plain-mean", action="store_true", help="every process counts alike")
    return parser.parse_args(words)


def train_and_save(options: argparse.Namespace) -> None:
    """Train the network of one file and write it to another."""
    net, X, y = from_first(lambda: read(options))
    check_shares(len(X), options)
    run = Run(net, X, y, options)
    kept = from_first(lambda: checkpoint(options))
    if kept is not None:
        run.restore(kept)
    rank, many = dist.get_rank(), dist.get_world_size()
    tell(f"process {rank} of {many}, number {os.getpid()}, epochs done: {run.done}")
    while run.done < options.epochs:
        # What a Dropout drops shall hang on the epoch and the process, not on when it began.
        torch.manual_seed((options.seed + run.done) * many + rank)
        loss = run.epoch()
        if not math.isfinite(loss):
            raise ValueError(f"the loss is {loss}: begin anew with a lower --learning-rate")
        if rank == 0:
            replace(checkpoint_path(options), packed(run.state()))
            tell(f"epoch {run.done}: loss {loss:.4f}")
    if rank == 0:
        neuralnet.save(from_torch(run.model.module), options.end)
        checkpoint_path(options).unlink(missing_ok=True)


def tell(text: str) -> None:
    """Print a line at once and in one piece.

    What waits in a buffer is lost when a process is killed, and without one, as torchrun starts
    Python, the line and its end are written one after the other: lines of others come between.
    """
    print(f"{text}\n", end="", flush=True)


# Reading: process 0 reads, and hands on what it has read.


def from_first(read: Callable[[], Anything]) -> Anything:
    """Let process 0 read, and return what it found, or raise its error, in every process."""
    found: list[Any] = [None]
    if dist.get_rank() == 0:
        try:
            found = [read()]
        except (OSError, ValueError) as error:
            found = [error]
    dist.broadcast_object_list(found)
    if isinstance(found[0], Exception):
        raise found[0]
    answer: Anything = found[0]
    return answer


def read(options: argparse.Namespace) -> Data:
    """Return the network, its rows and their labels; refuse what would fail after the training."""
    if not options.end.absolute().parent.is_dir():
        raise ValueError(f"there is no folder {options.end.absolute().parent}: make it first")
    neuralnet.SGD(options.learning_rate, options.momentum)  # refuses what is no rate
    if min(options.epochs, options.batch_size, 1 if options.rows is None else options.rows) < 1:
        raise ValueError("--epochs, --batch-size and --rows must be 1 or more")
    net = neuralnet.load(options.start)
    X, y = data(options.data)
    X, y = X[: options.rows], y[: options.rows]
    X, y = net.check_data(X, y, neuralnet.cross_entropy)
    return net, net.as_input(X), y.astype(np.int64)


def data(path: Path | None) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return rows and labels of a file, or the handwritten digits."""
    if path is None:
        from book.pictures import handwritten_digits

        pictures, digits = handwritten_digits()
        return pictures / 16, digits
    try:
        with path.open("rb") as content, np.load(content) as file:
            return file["X"], file["y"]
    except OSError:
        raise
    except Exception as error:  # what a broken file can raise has no end
        raise ValueError(
            f"{path} holds no X and y ({error}): write it with numpy.savez(path, X=X, y=y)"
        ) from error


def check_shares(rows: int, options: argparse.Namespace) -> None:
    """Refuse shares of different sizes, unless it was said what shall count alike."""
    size, processes = min(options.batch_size, rows), dist.get_world_size()
    uneven = [n for n in (size, rows % size) if n % processes]
    if uneven and not (options.weighted or options.plain_mean):
        raise ValueError(
            f"{rows} rows in batches of {size} make a batch of {uneven[-1]}, which {processes} "
            "processes cannot share evenly: pass --weighted, or --plain-mean to see what goes wrong"
        )
    if options.plain_mean and uneven and min(uneven) < processes:
        raise ValueError(
            f"a batch of {min(uneven)} leaves one of {processes} processes without a row, and no "
            "row has no mean: pass --weighted"
        )


# Training: every process does the same, each with rows of its own.


class Run:
    """What one process needs to train: a copy of the network, the rows, and where it stands."""

    def __init__(
        self,
        net: neuralnet.Network,
        X: NDArray[Any],
        y: NDArray[Any],
        options: argparse.Namespace,
    ) -> None:
        self.X, self.y = torch.from_numpy(X), torch.from_numpy(y)
        self.model = DistributedDataParallel(to_torch(net))
        self.rule = torch.optim.SGD(
            self.model.parameters(), options.learning_rate, options.momentum
        )
        self.minibatches = Minibatches(len(X), options.batch_size, True, options.seed)
        self.plain_mean = options.plain_mean
        self.settings = {name: getattr(options, name) for name in SETTINGS}
        self.settings["data"] = zlib.crc32(X.tobytes() + y.tobytes() + net.parameters.tobytes())
        self.done = 0

    def epoch(self) -> float:
        """Take a step for each batch, and return the mean loss of all rows."""
        total = torch.zeros(1, dtype=torch.float64)
        for batch in self.minibatches:
            mine = my_share(batch)
            scores = self.model(self.X[mine])
            self.rule.zero_grad()
            self.loss(scores, self.y[mine], len(batch)).backward()
            self.rule.step()
            total += cross_entropy(scores.detach(), self.y[mine], reduction="sum")
        dist.all_reduce(total)
        self.done += 1
        return total.item() / len(self.X)

    def loss(self, scores: torch.Tensor, labels: torch.Tensor, rows: int) -> torch.Tensor:
        """Return the loss whose gradients are averaged; `rows` are those of all processes."""
        if self.plain_mean:
            return cross_entropy(scores, labels)
        return cross_entropy(scores, labels, reduction="sum") * dist.get_world_size() / rows

    def state(self) -> dict[str, Any]:
        """Return all that a run needs to go on as if nothing had happened."""
        return {
            "settings": self.settings,
            "done": self.done,
            "model": self.model.module.state_dict(),
            "rule": self.rule.state_dict(),
            "shuffling": self.minibatches.rng.bit_generator.state,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from such a state."""
        if state["settings"] != self.settings:
            raise ValueError(
                f"the checkpoint was written with {state['settings']}, not {self.settings}: pass "
                "the same options and files, or delete it to begin anew"
            )
        self.done = state["done"]
        self.model.module.load_state_dict(state["model"])
        self.rule.load_state_dict(state["rule"])
        self.minibatches.rng.bit_generator.state = state["shuffling"]


def my_share(batch: NDArray[np.integer]) -> NDArray[np.integer]:
    """Return the numbers of the rows that this process takes: of two, every other one."""
    return batch[dist.get_rank() :: dist.get_world_size()]


# Checkpoints: what process 0 writes after each epoch.


def checkpoint_path(options: argparse.Namespace) -> Path:
    """Return the file beside the trained network that holds an unfinished run."""
    return options.end.with_name(options.end.name + ".checkpoint")


def checkpoint(options: argparse.Namespace) -> dict[str, Any] | None:
    """Return where a run stopped, if it shall go on and there is a checkpoint."""
    path = checkpoint_path(options)
    if not path.exists():
        return None
    if not options.resume:
        raise ValueError(f"{path} holds an unfinished run: pass --resume, or delete it")
    try:
        state: dict[str, Any] = torch.load(path, weights_only=True)
    except Exception as error:  # what a broken file can raise has no end
        raise ValueError(f"{path} cannot be read ({error}): delete it to begin anew") from error
    return state


def packed(state: dict[str, Any]) -> bytes:
    """Return a state as the content of a file."""
    stream = BytesIO()
    torch.save(state, stream)
    return stream.getvalue()


def replace(path: Path, content: bytes) -> None:
    """Write a file in one stroke: whoever is killed in between leaves the old one whole."""
    new = path.with_name(path.name + ".new")
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


if __name__ == "__main__":
    main()
