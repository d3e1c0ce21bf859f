"""Measure, print ratios, and save them: see ``python -m benchmarks --help``."""

import argparse
import sys
from collections.abc import Sequence

from benchmarks import report
from benchmarks.machine import describe
from benchmarks.measuring import compare, idioms, imports
from benchmarks.peers import PEERS
from benchmarks.results import Results
from benchmarks.workloads import WORKLOADS

ROUNDS, QUICK_ROUNDS = 15, 3
MODULES = ("numpy", "neuralnet")


def arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Compare the speed of neuralnet with that of every peer that is installed.",
        epilog=f"Workloads: {', '.join(WORKLOADS)}. Peers: {', '.join(PEERS)}.",
    )
    parser.add_argument("--only", metavar="W3,...", help="workloads, by the beginning of a name")
    parser.add_argument("--peers", metavar="tutorial,...", help="the peers that take part")
    parser.add_argument("--rounds", type=int, help=f"how often each runs; {ROUNDS} unless given")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_ROUNDS} rounds")
    parser.add_argument("--save", metavar="FILE", help="write all measurements as JSON")
    return parser.parse_args(words)


def chosen_workloads(only: str | None) -> list[str]:
    """Return the names that begin with one of the given beginnings."""
    beginnings = tuple(only.split(",")) if only else ("",)
    names = [name for name in WORKLOADS if name.startswith(beginnings)]
    if not names:
        raise ValueError(f"no workload is called {only!r}: choose from {', '.join(WORKLOADS)}")
    return names


def chosen_peers(wanted: str | None) -> list[str]:
    """Return the peers that take part: those asked for, or all that are installed."""
    if wanted is None:
        return [name for name, peer in PEERS.items() if peer.is_installed()]
    names = wanted.split(",")
    for name in names:
        if name not in PEERS:
            raise ValueError(f"no peer is called {name!r}: choose from {', '.join(PEERS)}")
        if not PEERS[name].is_installed():
            raise ValueError(f"{name} is not installed: see benchmarks/requirements.txt")
    return names


def tell(text: str) -> None:
    """Show on a terminal what is going on."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def measure(options: argparse.Namespace) -> Results:
    """Measure what the command line asks for, print it as it comes, and save it."""
    rounds = options.rounds or (QUICK_ROUNDS if options.quick else ROUNDS)
    peers, names = chosen_peers(options.peers), chosen_workloads(options.only)
    results = Results(describe(), {}, {}, {})
    if not options.only:
        tell("imports and idioms")
        results.imports.update(imports(MODULES, rounds))
        results.idioms.update(idioms(rounds))
        tell("")
    print(report.machine(results), end="\n\n")
    for name in names:
        able = [peer for peer in peers if PEERS[peer].can(name)]
        if not able:
            continue
        results.workloads[name] = compare(name, able, rounds, tell)
        tell("")
        print(report.table(results, name), end="\n\n", flush=True)
        if options.save:
            results.save(options.save)
    return results


def main(words: Sequence[str] | None = None) -> None:
    """Measure, and tell which targets are met."""
    print("\n".join(report.targets(measure(arguments(words)))))


if __name__ == "__main__":
    try:
        main()
    except ValueError as error:
        sys.exit(f"benchmarks: {error}")
    except KeyboardInterrupt:
        sys.exit("benchmarks: interrupted; finished workloads are saved if --save was given")
