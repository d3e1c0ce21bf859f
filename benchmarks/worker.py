"""One peer with one workload in a process of its own: ``python -m benchmarks.worker PEER WORK``.

It answers each line ``run`` with the seconds of one run, and ``end`` with what was learned and how
much memory it took.  Importing, making the data and a first run to get warm are not timed.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.peers import PEERS
from benchmarks.scoring import score
from benchmarks.workloads import WORKLOADS


def peak_memory() -> float | None:
    """Return the most memory that this process has had so far, in MB; None if not on Linux."""
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return round(int(lines["VmHWM"].split()[0]) * 1024 / 1e6, 3)


def serve(peer: str, name: str) -> None:
    """Answer the lines of the standard input until one says ``end``."""
    answers, sys.stdout = sys.stdout, sys.stderr  # a library may print what it likes
    trainer_class, work = PEERS[peer].load(), WORKLOADS[name]
    data = work.data(work.dtype)
    before = peak_memory()
    trainer = trainer_class(work, data)
    trainer.prepare()
    trainer.train()
    after = peak_memory()
    print(json.dumps("ready"), file=answers, flush=True)
    for line in sys.stdin:
        if line.strip() == "end":
            break
        trainer.prepare()
        started = time.perf_counter()
        trainer.train()
        print(json.dumps(round(time.perf_counter() - started, 7)), file=answers, flush=True)
    learned = trainer.parameters()
    report = {
        "peak_mb": after,
        "added_mb": None if after is None or before is None else round(after - before, 3),
        "score": None if learned is None else score(work, data, np.asarray(learned)),
    }
    print(json.dumps(report), file=answers, flush=True)


if __name__ == "__main__":
    serve(*sys.argv[1:])
