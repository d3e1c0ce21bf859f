"""Runs of `two_processes`: how far from one process they end, and what they hand over."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer

import numpy as np
import torch
import torch.distributed as dist

from book.pictures import handwritten_digits
from examples import two_processes
from neuralnet import SGD, Dense, Network, ReLU, cross_entropy, load, save, train

HERE = Path(__file__).parents[1]
TORCHRUN = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
UNEVEN = ["--rows", "1077"]


def network():
    """Return the network that all runs start from."""
    return Network([Dense(64, 64), ReLU(), Dense(64, 10)], rng=0)


def launch(start, end, *options, processes=2, restarts=2, limit=300):
    """Start the processes that train the network of one file and write it to another.

    On a busy machine the processes sometimes do not find each other: then they start again.
    Whatever happens, after `limit` seconds it is over.
    """
    times = [f"--nproc-per-node={processes}", f"--max-restarts={restarts}"]
    script = ["-m", "examples.two_processes", start, end, "--patience", 60]
    run = subprocess.Popen(
        [str(word) for word in [*TORCHRUN, *times, *script, *options]],
        cwd=HERE,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    watch = Timer(limit, run.terminate)
    watch.daemon = True
    watch.start()
    return run


def trained(start, end, *options, **others):
    """Run to the end, and return the parameters."""
    with launch(start, end, *options, **others) as run:
        _, complaints = run.communicate()
    if run.returncode:
        raise RuntimeError(f"torchrun ended with {run.returncode}: {complaints}")
    return load(end).parameters


def write_digits(path):
    """Write the rows for training to a file, shuffled as the book does it."""
    pictures, digits = handwritten_digits()
    order = np.random.default_rng(0).permutation(len(digits))[:1077]
    np.savez(path, X=pictures[order] / 16, y=digits[order])


def alone(start, data, rows, rule):
    """Return the parameters that neuralnet's own training arrives at, in one process."""
    net, file = load(start), np.load(data)
    X, y = file["X"][:rows], file["y"][:rows]
    train(net, X, y, cross_entropy, rule, epochs=5, batch_size=32, rng=0)
    return net.parameters


def kill(run, process, after):
    """Kill one of the processes as soon as a line begins with `after`."""
    numbers = {}
    for line in run.stdout:
        if found := re.match(r"process (\d+) of \d+, number (\d+)", line):
            numbers[int(found[1])] = int(found[2])
        if line.startswith(after):
            os.kill(numbers[process], signal.SIGKILL)
            return


def distances(folder, start):
    """Return how far from one process the runs of two end."""
    data = folder / "digits.npz"
    write_digits(data)
    runs = {
        "as many rows each": ["--rows", "1056"],
        "plain mean": [*UNEVEN, "--plain-mean"],
        "weighted": [*UNEVEN, "--weighted"],
    }
    found = {}
    for name, options in runs.items():
        there = trained(start, folder / "end.npz", "--data", data, *options)
        here = alone(start, data, int(options[1]), SGD(0.1))
        found[name] = float(np.abs(there - here).max())
    return found


def resumed(folder, start):
    """Return whether a run that was killed and resumed ends at the bits of one that was not."""
    epochs, after = 30, 3
    options = [*UNEVEN, "--weighted", "--epochs", epochs, "--momentum", "0.9"]
    whole = trained(start, folder / "whole.npz", *options)
    with launch(start, folder / "end.npz", *options, restarts=0) as run:
        kill(run, process=1, after=f"epoch {after}:")
        run.communicate()
    again = trained(start, folder / "end.npz", *options, "--resume")
    return {
        "epochs": epochs,
        "killed after": after if run.returncode else None,
        "same bits": again.tobytes() == whole.tobytes(),
    }


def handed_over(start):
    """Return the bytes of each message of an epoch that DistributedDataParallel sums up."""
    options = two_processes.options_from([str(start), "nowhere", *UNEVEN])
    sizes = []

    def count(_, bucket):
        sizes.append(bucket.buffer().nbytes)
        done = torch.futures.Future()
        done.set_result(bucket.buffer())
        return done

    dist.init_process_group("gloo", store=dist.HashStore(), rank=0, world_size=1)
    run = two_processes.Run(*two_processes.read(options), options)
    run.model.register_comm_hook(None, count)
    run.epoch()
    dist.destroy_process_group()
    return {"messages": len(sizes), "bytes": max(sizes)}


def results():
    """Return what the page on two processes shows."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        start = folder / "start.npz"
        save(network(), start)
        return {
            "distances": distances(folder, start),
            "resumed": resumed(folder, start),
            "epoch": handed_over(start),
        }
