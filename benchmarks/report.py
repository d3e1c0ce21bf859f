"""The results as plain text."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from benchmarks.peers import OURS
from benchmarks.results import Results
from benchmarks.targets import verdicts
from benchmarks.workloads import WORKLOADS

HEAD = f"{'':14}{'µs a step':>11}{'/ ours':>9}{'quartiles':>21}{'MB':>7}{'added':>7}  learned"


def machine(results: Results) -> str:
    """Describe the machine in one line."""
    return ", ".join(f"{name}: {value}" for name, value in results.machine.items())


def table(results: Results, name: str) -> str:
    """Describe one workload, a line for each peer."""
    title = f"{name}: {WORKLOADS[name].title}"
    return "\n".join([title, HEAD, *(row(results, name, peer) for peer in results.workloads[name])])


def targets(results: Results) -> Iterator[str]:
    """Yield a line for each target."""
    for what, bound, value, is_met in verdicts(results):
        yield f"{'met   ' if is_met else 'MISSED'}  {what:44}{value:8.3g}  {bound}"


def row(results: Results, name: str, peer: str) -> str:
    """Describe one peer: its median time, the ratio to ours, its memory, what it learned."""
    found = results.workloads[name][peer]
    each = np.median(found["seconds"]) / WORKLOADS[name].steps * 1e6
    return "".join(
        [
            f"{peer:14}{each:11.2f}",
            compared(results, name, peer),
            f"{shown(found['peak_mb'], '.0f'):>7}{shown(found['added_mb'], '.1f'):>7}",
            f"  {shown(found['score'], '.6g')}",
        ]
    )


def compared(results: Results, name: str, peer: str) -> str:
    """Return the median and the quartiles of the ratios to our times."""
    if not results.has(name, OURS):
        return " " * 30
    low, middle, high = np.quantile(results.ratios(name, peer, OURS), [0.25, 0.5, 0.75])
    return f"{middle:9.3g}  {f'{low:.3g} - {high:.3g}':>19}"


def shown(value: Any, style: str) -> str:
    """Format a number; a dash stands for what was not measured."""
    return "-" if value is None else format(value, style)
