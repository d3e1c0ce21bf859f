"""The places of a page's source where a fault can be planted."""

import re
from dataclasses import dataclass

from book.extensions.claims import ROLE, shown
from tests.tools.prose_numbers import Section

# What a reader of the page does not see as words, or sees as code.
UNSEEN = re.compile(
    r"<!--[\s\S]*?-->|^:(?!claim)\w[\w-]*:.*$|`+[^`]*`+|\]\([^)]*\)|<[^<>\n]*>|\{[\w:.-]+\}(?=`)|^\S*```\S*.*$",
    re.MULTILINE,
)
OPTION = re.compile(r"^\s*(?P<key>alt|caption): (?P<text>.*)$", re.MULTILINE)
HIDDEN = "\0"


@dataclass(frozen=True)
class Place:
    """A piece of a page: its kind, its range, its source, and what of that a reader sees."""

    kind: str
    start: int
    end: int
    source: str
    visible: str
    is_result: bool = False


def places_of(page):
    """Yield the sentences, formulas, captions, alts and outputs of a page."""
    lines = [0, *(match.end() for match in re.finditer("\n", page.text)), len(page.text)]

    def place(kind, block, is_result=False):
        start, end = lines[block.line - 1], min(lines[block.end], len(page.text))
        source = page.text[start:end]
        visible = visible_in(source) if kind == "prose" else source
        return Place(kind, start, end, source, visible, is_result)

    for blocks in page.sections:
        for passage, _, is_result in Section(blocks).with_runs():
            for block in passage.blocks:
                if block.kind in {"prose", "heading"}:
                    yield place("prose", block, is_result)
                elif block.kind == "math":
                    yield place("formula", block)
                elif block.kind == "code-cell":
                    yield from options_of(place("figure", block), page.text)
        yield from (place("output", block) for block in blocks if block.kind == "output")


def visible_in(source):
    """Return the source with everything hidden, character by character, that is no prose."""
    hidden = UNSEEN.sub(lambda match: HIDDEN * len(match[0]), source)
    for number in ROLE.finditer(source):
        start, end = number.start(1), number.start(1) + len(shown(number[1]))
        hidden = hidden[:start] + source[start:end] + hidden[end:]
    return hidden


def options_of(cell, text):
    """Yield the caption and the alt sentence of a figure."""
    for match in OPTION.finditer(text, cell.start, cell.end):
        source = match["text"]
        yield Place(match["key"], *match.span("text"), source, visible_in(source), is_result=True)
