"""Plant faults in the text of the book, one at a time, and count those that a check notices.

    python -m tests.faults                          all pages
    python -m tests.faults book/houses/backward     some of them, and --list what goes unnoticed

A page's cells run once.  Each fault is then planted in a copy of its text, and what the tests say
of a text (its outputs, claims, numbers, figures) is asked of the copy.  The command ends with 1 if
fewer are noticed than `BOUNDS` demands.
"""

import argparse
import os
import random
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from tests.faults.kinds import COMPARISON, DIRECTION, SMALL, SMALL_ELSEWHERE, faults_at
from tests.faults.places import places_of
from tests.faults.witness import Witness
from tests.tools.pages import ROOT, Page, page_names

# Each kind with the fraction that must be noticed; of kinds without one the table only tells.
BOUNDS = {
    "decimal": 0.95,
    "sign of a decimal": 0.95,
    "whole number of two digits or more": 0.9,
    "shape": 0.9,
    SMALL: 0.7,
    SMALL_ELSEWHERE: None,
    COMPARISON: 0.5,
    DIRECTION: None,
    "plus or minus in a formula": 1,
    "alt about nothing": 1,
    "caption about nothing": 1,
    "output replaced by ...": 1,
    "line break of an output to space": 1,
    "blank line in an output": 1,
    "space of an output to line break": 1,
    "another target of {term}": 0.9,
    "another target of {ref}": None,
    "another target of {numref}": None,
    "another target of {eq}": None,
    "another target of {cite:p}": 0.9,
    "another target of {cite:t}": 0.9,
}
ROW = "| {:34} | {:>7} | {:>7} | {:>8} | {:>7} |"


def main():
    options = arguments()
    pages = options.pages or page_names()
    planted, noticed = Counter(), Counter()
    with ProcessPoolExecutor(options.jobs) as pool:
        tasks = [pool.submit(campaign, name, options) for name in pages]
        for name, task in zip(pages, tasks, strict=True):
            results = task.result()
            planted.update(kind for kind, *_ in results)
            noticed.update(kind for kind, _, complaint in results if complaint)
            missed = [place for _, place, complaint in results if not complaint]
            print(f"{name}: {len(results) - len(missed)} of {len(results)}", file=sys.stderr)
            if options.list:
                print(*missed, sep="\n")
    return table(planted, noticed)


def arguments():
    parser = argparse.ArgumentParser(
        "python -m tests.faults",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("pages", nargs="*", help="names of pages; without any, all of them")
    parser.add_argument("--only", nargs="+", choices=BOUNDS, help="kinds to plant, not all")
    parser.add_argument("--most", type=int, default=6, help="faults of a kind on a page")
    parser.add_argument("--seed", type=int, default=0, help="chooses the faults")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes at a time")
    parser.add_argument("--list", action="store_true", help="list the faults that go unnoticed")
    return parser.parse_args()


def campaign(name, options):
    """Plant faults in a page; return the kind of each, its place, and what was complained about."""
    page = Page(ROOT / f"{name}.md")
    witness = Witness(page)
    return [
        (fault.kind, described(fault, page), witness.complaint(fault.planted_in(page.text)))
        for fault in chosen(page, options.only or BOUNDS, options.most, options.seed)
    ]


def chosen(page, kinds, most, seed):
    """Return at most so many faults of each of the kinds, the same ones for a seed."""
    by_kind = {}
    for place in places_of(page):
        for fault in faults_at(place):
            if fault.kind in kinds:
                by_kind.setdefault(fault.kind, []).append(fault)
    for kind, faults in by_kind.items():
        choice = random.Random(f"{seed} {page.name} {kind}")
        yield from faults if len(faults) <= most else choice.sample(faults, most)


def described(fault, page):
    line = page.text.count("\n", 0, fault.start) + 1
    around = page.text[max(0, fault.start - 30) : fault.end + 30].replace("\n", " ")
    return f"{page.place(line)}: {fault.kind}: {fault.new!r} in: {around}"


def table(planted, noticed):
    """Print how many of each kind were noticed; return the exit code."""
    print(ROW.format("fault", "planted", "noticed", "fraction", "at least"))
    print(ROW.format("---", "--:", "--:", "--:", "--:"))
    missed = []
    for kind, bound in BOUNDS.items():
        if not planted[kind]:
            continue
        fraction = noticed[kind] / planted[kind]
        least = "" if bound is None else f"{bound:.0%}"
        print(ROW.format(kind, planted[kind], noticed[kind], f"{fraction:.0%}", least))
        if bound and fraction < bound:
            missed.append(kind)
    if missed:
        print(f"\nToo few are noticed: {', '.join(missed)}.", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
