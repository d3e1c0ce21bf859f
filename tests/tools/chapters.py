"""What each chapter puts in front of its reader, in numbers.

    python -m tests.tools.chapters [page ...]

prints the table for the chapters of the first five parts, or for the pages named.
"""

import ast
import functools
import re
import statistics
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

from book.extensions.package_source import code_of, find, outline_of, parts_of
from tests.tools.pages import ROOT, Page, chapters_of_book

PARTS = ("neuron", "network", "houses", "deeper", "frameworks")
FIRST_PARTS = tuple(f"book/{part}/" for part in PARTS)
KINDS = ("predict", "build", "bug")
MOST_LISTED_FIRST = 12
MOST_GUARDS = 0.05
MOST_SLIP_NOTES = 2
MOST_SLIP_WORDS = 0.08
WORD = re.compile(r"\w[\w'’-]*")
CHECKS = "neuralnet.checks."


@dataclass
class Chapter:
    """What is measured on a page.

    `listed` counts the lines of the package on the page, `listed_first` those before the first
    output, `guards` those that only refuse something; `slip_words` is the share of the words that
    stand in notes on the tutorials' slips.
    """

    name: str
    listed: int
    listed_first: int
    guards: int
    slip_notes: int
    slip_words: float
    pictures: int
    sliders: int
    exercises: dict
    cell_length: float
    words: int


def measured(page):
    first_result = min((block.line for block in page.of_kind("output")), default=0)
    listed = {block.line: guards_in(block) for block in page.of_kind("listing")}
    cells = [cell for cell in page.cells if not cell.is_folded]
    slips = page.of_kind("erratum")
    in_slips = [block for block in page.blocks if any(s.line <= block.line <= s.end for s in slips)]
    words = words_of(page.blocks)
    return Chapter(
        page.name.removeprefix("book/"),
        sum(map(len, listed.values())),
        sum(len(lines) for line, lines in listed.items() if line < first_result),
        sum(map(sum, listed.values())),
        len(slips),
        words_of(in_slips) / max(words, 1),
        sum("figure" in cell.mystnb for cell in page.cells) + sliders_of(page),
        sliders_of(page),
        {kind: sum(kind in classes(ex) for ex in page.exercises) for kind in KINDS},
        statistics.median(len(cell.text.strip().splitlines()) for cell in cells) if cells else 0,
        words,
    )


def sliders_of(page):
    return sum("figures.slider(" in cell.text for cell in page.cells)


def classes(exercise):
    return str(exercise.options.get("class", "")).split()


def words_of(blocks):
    """Count the words of the prose among some blocks."""
    return sum(
        len(WORD.findall(span.text))
        for block in blocks
        if block.kind in {"prose", "heading", "erratum"}
        for span in block.spans
    )


def guards_in(listing):
    """Say of each line of code that a listing shows whether it is there to refuse something."""
    part = find(listing.argument, ROOT)
    lines = outline_of(part) if "outline" in listing.options else code_of(part)
    guards = {
        number
        for node in part.nodes
        for statement in refusals(node)
        for number in range(statement.lineno, statement.end_lineno + 1)
    }
    return [number in guards for number, text in lines if text.strip()]


def refusals(node):
    """Yield the statements below a node that only refuse: raise, and what calls a check."""
    for inner in ast.walk(node):
        if is_refusal(inner):
            yield inner


def is_refusal(node):
    if isinstance(node, ast.If):
        return isinstance(node.body[0], ast.Raise)
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.Expr):
        # What lets a value through is a refusal; what computes with it is more.
        called = getattr(node.value, "func", None)
        return getattr(called, "id", "") in names_of_checks(ROOT)
    return isinstance(node, ast.Raise)


@functools.cache
def names_of_checks(root):
    return {name.removeprefix(CHECKS) for name in parts_of("neuralnet", root) if CHECKS in name}


def complaints_about(chapter):
    """Yield what stands between the reader of a chapter and its idea."""
    if chapter.listed_first > MOST_LISTED_FIRST:
        yield f"{chapter.listed_first} lines of the package before the first result"
    if chapter.slip_notes > MOST_SLIP_NOTES:
        yield f"{chapter.slip_notes} notes on slips"
    if chapter.slip_words > MOST_SLIP_WORDS:
        yield f"{chapter.slip_words:.0%} of the words are in notes on slips"
    if not chapter.pictures:
        yield "no picture"
    for kind, count in chapter.exercises.items():
        if not count:
            yield f"no exercise of the kind {kind}: give one `:class: {kind}`"


def share_of_guards(chapters):
    return sum(chapter.guards for chapter in chapters) / sum(chapter.listed for chapter in chapters)


def table(chapters):
    """Return the measures, a line for each chapter."""
    head = (
        f"{'chapter':26} {'listed':>6} {'first':>5} {'guards':>6} {'slips':>5} {'slip words':>10} "
        f"{'pictures':>8} {'sliders':>7} {'/'.join(KINDS):>17} {'cell':>4} {'words':>5}"
    )
    rows = [
        f"{c.name:26} {c.listed:6} {c.listed_first:5} {c.guards:6} {c.slip_notes:5} "
        f"{c.slip_words:10.0%} {c.pictures:8} {c.sliders:7} "
        f"{'/'.join(map(str, c.exercises.values())):>17} {c.cell_length:4g} {c.words:5}"
        for c in chapters
    ]
    return "\n".join([head, *rows])


def chapters_of_first_parts():
    return [page for page in chapters_of_book() if page.name.startswith(FIRST_PARTS)]


def main(names):
    pages = [Page(Path(name).resolve()) for name in names] or chapters_of_first_parts()
    chapters = [measured(page) for page in pages]
    print(table(chapters))
    for chapter in chapters:
        print(textwrap.indent("\n".join(complaints_about(chapter)), f"{chapter.name}: "))


if __name__ == "__main__":
    main(sys.argv[1:])
