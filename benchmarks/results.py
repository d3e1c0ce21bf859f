"""What was measured: ratios of times that lie side by side."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.peers import OURS

COMMITTED = Path(__file__).parent / "results.json"
OUR_WAYS = {"Neuron": "Neuron", OURS: "Network"}
LIST = re.compile(r"\[[^\[\]]*\]")


def write(path: Path, record: dict[str, Any]) -> None:
    """Write a record as JSON, each list of plain values in one line."""
    text = json.dumps(record, indent=1, ensure_ascii=False)
    text = LIST.sub(lambda found: " ".join(found[0].split()), text)
    path.write_text(text + "\n", encoding="utf-8")


@dataclass(frozen=True)
class Results:
    """The machine, what was measured of each peer, the seconds of imports, ratios of idioms."""

    machine: dict[str, Any]
    workloads: dict[str, dict[str, dict[str, Any]]]
    imports: dict[str, list[float]]
    idioms: dict[str, dict[str, float]]

    @classmethod
    def load(cls, path: str | Path = COMMITTED) -> "Results":
        """Read what `save` wrote."""
        return cls(**json.loads(Path(path).read_text(encoding="utf-8")))

    def save(self, path: str | Path) -> None:
        """Write everything as JSON."""
        write(Path(path), vars(self))

    def has(self, work: str, *peers: str) -> bool:
        """Whether all these peers took part in a workload."""
        return set(peers) <= self.workloads.get(work, {}).keys()

    def ratios(self, work: str, peer: str, other: str) -> np.ndarray:
        """Return, for each round, the time of a peer divided by that of another."""
        measured = self.workloads[work]
        return np.divide(measured[peer]["seconds"], measured[other]["seconds"])

    def ratio(self, work: str, peer: str, other: str) -> float:
        """Return the median of the ratios: above 1 the other is faster."""
        return float(np.median(self.ratios(work, peer, other)))

    def import_ratio(self, module: str, other: str) -> float:
        """Return the median ratio of the seconds that two imports take."""
        return float(np.median(np.divide(self.imports[module], self.imports[other])))

    def table(self) -> dict[str, dict[str, float]]:
        """Return how many times as long as ours each other peer takes, by row and peer.

        There is a row for each workload, and for W1 one for each of our two ways.
        """
        rows = {}
        for name, measured in self.workloads.items():
            ways = [peer for peer in OUR_WAYS if peer in measured]
            others = [peer for peer in measured if peer not in OUR_WAYS]
            for way in ways:
                label = name if len(ways) == 1 else f"{name} {OUR_WAYS[way]}"
                rows[label] = {other: self.ratio(name, other, way) for other in others}
        return rows
