"""The measuring: all peers run in turn, round after round, so that a busy moment hits all alike."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.workloads import WORKLOADS

ROOT = Path(__file__).resolve().parents[1]
PAUSE = 0.05  # seconds between two runs, in which the threads of the last come to rest
IMPORT = "import time; t = time.perf_counter(); import {}; print(time.perf_counter() - t)"
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def environment(threads: int) -> dict[str, str]:
    """Return the environment of a process whose libraries use so many threads."""
    return os.environ | dict.fromkeys(THREADS, str(threads))


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Worker:
    """A process in which one peer waits for its turns."""

    def __init__(self, peer: str, name: str) -> None:
        self.peer = peer
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.worker", peer, name],
            cwd=ROOT,
            env=environment(cores() if WORKLOADS[name].all_cores else 1),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C is for the process that measures
        )

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def answer(self) -> Any:
        """Wait for a line of the process."""
        line = self.process.stdout.readline() if self.process.stdout else ""
        if not line:
            raise ValueError(f"{self.peer} ended early with the message above")
        return json.loads(line)

    def is_ready(self) -> bool:
        """Wait until the process has made its first run; tell if it could not."""
        try:
            return self.answer() == "ready"
        except ValueError as error:
            print(f"\n{error}; it is left out", file=sys.stderr)
            return False

    def ask(self, word: str) -> Any:
        """Say a word and wait for the answer."""
        with suppress(BrokenPipeError):
            print(word, file=self.process.stdin, flush=True)
        return self.answer()


def compare(
    name: str, peers: Sequence[str], rounds: int, tell: Callable[[str], object]
) -> dict[str, dict[str, Any]]:
    """Run a workload in so many rounds, and return what was measured of each peer.

    ``seconds[r]`` was measured in round r.  The order of the peers is another one in each round.
    A peer that cannot get ready, such as one that finds no compiler, is left out.
    """
    turns = random.Random(0)
    with ExitStack() as stack:
        workers = {}
        for peer in peers:
            tell(f"{name}: {peer} gets ready")
            worker = stack.enter_context(Worker(peer, name))
            if worker.is_ready():
                workers[peer] = worker
        seconds: dict[str, list[float]] = {peer: [] for peer in workers}
        for number in range(rounds):
            tell(f"{name}: round {number + 1} of {rounds}")
            for peer in turns.sample(list(workers), len(workers)):
                time.sleep(PAUSE)
                seconds[peer].append(workers[peer].ask("run"))
        return {
            peer: {"seconds": seconds[peer]} | worker.ask("end") for peer, worker in workers.items()
        }


def imports(modules: Sequence[str], rounds: int) -> dict[str, list[float]]:
    """Return the seconds that the import of each module takes, in fresh processes, in turn.

    What Python compiles lies in a folder of its own, where the first, uncounted round puts it.
    """
    seconds: dict[str, list[float]] = {module: [] for module in modules}
    with TemporaryDirectory() as compiled:
        for _ in range(rounds + 1):
            for module, measured in seconds.items():
                measured.append(seconds_of_import(module, compiled))
    return {module: measured[1:] for module, measured in seconds.items()}


def seconds_of_import(module: str, compiled: str) -> float:
    """Import a module in a fresh process, compiled in the given folder."""
    folder = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": compiled}
    printed = subprocess.run(
        [sys.executable, "-c", IMPORT.format(module)],
        cwd=ROOT,
        env=environment(1) | folder,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    return round(float(printed), 7)


def idioms(rounds: int) -> dict[str, dict[str, list[float]]]:
    """Return what `benchmarks.idioms` measures, with one thread."""
    command = [sys.executable, "-m", "benchmarks.idioms", str(rounds)]
    printed = subprocess.run(
        command, cwd=ROOT, env=environment(1), check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    return json.loads(printed)
