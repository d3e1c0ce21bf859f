"""What the package wants to reach, in one table."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from benchmarks.peers import OURS
from benchmarks.results import Results


@dataclass(frozen=True)
class Target:
    """A bound for a quantity: "time", a ratio of two peers, or what `PLAIN` names."""

    work: str
    peer: str
    other: str
    bound: float
    is_least: bool = True


def faster(work: str, peer: str, bound: float, ours: str = OURS) -> Target:
    """Ours should be so many times as fast as a peer."""
    return Target(work, peer, ours, bound)


def within(work: str, peer: str, bound: float) -> Target:
    """Ours should take at most so many times as long as a peer."""
    return Target(work, OURS, peer, bound, is_least=False)


TIMES = (
    faster("W1", "tutorial", 4.5, ours="Neuron"),
    faster("W1", "tutorial", 1.0),
    faster("W2", "tutorial", 1.6),
    faster("W3", "tutorial", 2.3),
    within("W4 SGD", "floor", 2.5),
    within("W4 Adam", "floor", 4.0),
    within("W5 f32", "floor", 1.3),
    within("W5 f64", "floor", 1.3),
    within("W6", "floor", 1.15),
    faster("W2", "scikit-learn", 12),
    faster("W3", "scikit-learn", 12),
    faster("W4 SGD", "scikit-learn", 4),
    faster("W4 Adam", "scikit-learn", 3.2),
    faster("W1", "torch", 60, ours="Neuron"),
    faster("W2", "torch", 12),
    faster("W3", "torch", 12),
    faster("W4 SGD", "torch", 5),
    faster("W4 Adam", "torch", 5),
    faster("W5 f32", "torch", 1.1),
    faster("W5 f64", "torch", 1.1),
    within("W6", "torch", 1.25),
    faster("W7 f32", "windows", 1),
    faster("W7 f64", "windows", 1),
    within("W7 f32", "torch", 3),
    within("W7 f64", "torch", 3),
)
MOST_IMPORT = 1.15  # times NumPy's
MOST_ADDED = 12.0  # MB, to the data of W5
LEAST_ACCURACY = 0.96  # on the test digits of W4


class Verdict(NamedTuple):
    """A target, what was measured, and whether it is met."""

    what: str
    bound: str
    value: float
    is_met: bool


def verdicts(results: Results) -> Iterator[Verdict]:
    """Judge every target of which something was measured."""
    for target in TIMES:
        if results.has(target.work, target.peer, target.other):
            value = results.ratio(target.work, target.peer, target.other)
            what = f"{target.work}: time of {target.peer} / {target.other}"
            yield judged(what, value, target.bound, target.is_least)
    for name, measured in results.workloads.items():
        ours = measured.get(OURS, {})
        if name.startswith("W4") and ours:
            yield judged(f"{name}: accuracy", ours["score"], LEAST_ACCURACY, True)
        if name.startswith("W5") and ours.get("added_mb") is not None:
            yield judged(f"{name}: MB added to the data", ours["added_mb"], MOST_ADDED, False)
    if results.imports:
        value = results.import_ratio("neuralnet", "numpy")
        yield judged("import: time of neuralnet / numpy", value, MOST_IMPORT, False)


def judged(what: str, value: float, bound: float, is_least: bool) -> Verdict:
    """Compare a value with its bound."""
    is_met = value >= bound if is_least else value <= bound
    return Verdict(what, f"{'≥' if is_least else '≤'} {bound:g}", value, is_met)
