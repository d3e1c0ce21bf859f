"""Plant small mistakes in the package, one at a time, and list those that no test notices.

    python -m tests.mutation                   all modules
    python -m tests.mutation checks history    some of them

The tests of `frameworks` need PyTorch, so without it that module is left out.  The environment of
`make frameworks` has it, but not what all other tests need:

    _build/frameworks/bin/python -m tests.mutation frameworks \
        --tests tests/package/test_frameworks.py tests/package/test_without_frameworks.py

The command ends with 1 if a mutant lives unexplained, or if an explanation in survivors.toml
is about none that lives.
"""

import argparse
import os
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.mutation.explanations import as_entry, described, entry_for, module_of, read
from tests.mutation.mutants import Key, mutants_of
from tests.mutation.workshop import Workshop

NEEDS = {"frameworks": "torch"}
ROW = "{:14}{:>9}{:>9}{:>11}{:>13}{:>9}"


def main() -> int:
    options = arguments()
    sources = {path.stem: path for path in sorted((options.root / options.package).glob("*.py"))}
    if unknown := set(options.modules) - set(sources):
        raise SystemExit(f"{options.package} has no {', '.join(sorted(unknown))}")
    able = [name for name in sources if name not in NEEDS or find_spec(NEEDS[name])]
    if unable := set(options.modules) - set(able):
        raise SystemExit(f"the tests of {', '.join(sorted(unable))} need what is not installed")
    modules, reasons = options.modules or able, read(options.survivors)
    with TemporaryDirectory() as folder:
        place = options.root, Path(folder), options.package, options.tests
        workshop = Workshop(*place, jobs=options.jobs)
        print(ROW.format("module", "mutants", "killed", "explained", "unexplained", "seconds"))
        alive = [key for module in modules for key in run(workshop, sources[module], reasons)]
    silent = [name for name in map(module_of, reasons) if name not in sources]
    used = {entry_for(key, reasons) for key in alive}
    stale = [key for key in reasons if module_of(key) in [*modules, *silent] and key not in used]
    return conclusion([key for key in alive if not entry_for(key, reasons)], stale)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m tests.mutation",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    here = Path(__file__).resolve()
    parser.add_argument("modules", nargs="*", help="names of modules; without any, all of them")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes at a time")
    parser.add_argument("--root", type=Path, default=here.parents[2], help="the project")
    parser.add_argument("--package", default="neuralnet", help="what is mutated")
    parser.add_argument("--tests", nargs="+", default=["tests/package"], help="what should notice")
    parser.add_argument("--survivors", type=Path, default=here.with_name("survivors.toml"))
    return parser.parse_args()


def run(workshop: Workshop, source: Path, reasons: dict[Key, str]) -> list[Key]:
    """Try all mutants of a module; report the unexplained at once, and count; return who lives."""
    start, alive = time.monotonic(), []
    mutants = mutants_of(source.stem, source.read_text(encoding="utf-8"))
    known = {mutant.key for mutant in mutants if entry_for(mutant.key, reasons)}
    for mutant in workshop.survivors(source.stem, mutants, known):
        alive.append(mutant.key)
        if mutant.key not in known:
            print(f"\n{as_entry(mutant)}\n", flush=True)
    explained = sum(key in known for key in alive)
    counts = len(mutants), len(mutants) - len(alive), explained, len(alive) - explained
    print(ROW.format(source.stem, *counts, round(time.monotonic() - start)), flush=True)
    return alive


def conclusion(unexplained: list[Key], stale: list[Key]) -> int:
    """Say what is to be done; return the exit code."""
    if unexplained:
        print(f"\n{len(unexplained)} live: write tests that notice, or explain why none can.")
    if stale:
        print(f"\n{len(stale)} explanations are about no mutant that lives: take them out.")
        print(*map(described, stale), sep="\n")
    return 1 if unexplained or stale else 0


if __name__ == "__main__":
    sys.exit(main())
