"""The kinds of faults: each looks at a place of a page and yields what may stand there wrongly."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from tests.faults.places import Place
from tests.tools.formulas import OPERATOR, OTHER_SIGN
from tests.tools.number_words import UNITS
from tests.tools.numbers import lists_in, numerals_beside_lists_in, words_in
from tests.tools.pages import pages_of_book
from tests.tools.prose_numbers import TOO_COMMON, is_small

COMPARISONS = """
rises falls, rise fall, risen fallen, rising falling, rose fell, more less, more fewer, most least,
higher lower, highest lowest, larger smaller, greater smaller, largest smallest, better worse,
best worst, faster slower, always never, agree differ, agrees differs, increases decreases,
grows shrinks, grow shrink, longer shorter, steeper flatter, earlier later, wider narrower,
both neither
"""
DIRECTIONS = """
high low, left right, above below, large small, fast slow, up down, all none, every no,
same different, positive negative, rows columns, row column, equal different, inner outer,
over under, before after, early late, right wrong, near far
"""
REFERENCE = re.compile(
    r"\{(?P<role>ref|numref|eq|term|cite:[pt])\}`(?P<text>[^`<]*<)?(?P<target>[^`<>]+)>?`"
)
ABOUT_NOTHING = "A picture that shows something or other."
SMALL, SMALL_ELSEWHERE = "digit or word in a result", "digit or word elsewhere"
COMPARISON, DIRECTION = "comparison in a result", "word of direction elsewhere"


@dataclass(frozen=True)
class Fault:
    """What stands wrongly in a range of the page's source."""

    kind: str
    start: int
    end: int
    new: str

    def planted_in(self, text: str) -> str:
        return text[: self.start] + self.new + text[self.end :]


Finder = Callable[[Place], Iterator[Fault]]


def opposites(pairs: str) -> dict[str, str]:
    """Return the words of the pairs, each with what says the contrary."""
    split = dict(pair.split() for pair in pairs.replace("\n", " ").split(","))
    return {new: old for old, new in split.items()} | split


COMPARED = opposites(COMPARISONS)
OPPOSITES = COMPARED | opposites(DIRECTIONS)
OPPOSITE = re.compile(
    rf"(?<![\w\0-])(?<!\bno )(?!no (?:longer|more)\b)(?:{'|'.join(OPPOSITES)})(?![\w\0-])",
    re.IGNORECASE,
)


def faults_at(place: Place) -> Iterator[Fault]:
    """Yield the faults of all kinds, with their ranges in the page."""
    for find in FINDERS[place.kind]:
        for fault in find(place):
            start, end = place.start + fault.start, place.start + fault.end
            yield Fault(fault.kind, start, end, fault.new)


def numbers(place: Place) -> Iterator[Fault]:
    """Change the last digit of a number, and turn the sign of a decimal."""
    for number in numerals_beside_lists_in(place.visible, is_code=place.kind == "formula"):
        if number.text[-1] not in "0123456789":
            continue
        end = number.start + len(number.text)
        last = str((int(number.text[-1]) + 1) % 10)
        if number.is_decimal:
            yield Fault("decimal", end - 1, end, last)
            if number.value:  # 0.0 is no other number with a minus
                yield with_other_sign(number)
        elif not is_small(number):
            yield Fault("whole number of two digits or more", end - 1, end, last)
        elif place.kind != "formula":
            yield Fault(SMALL if place.is_result else SMALL_ELSEWHERE, end - 1, end, last)


def with_other_sign(number) -> Fault:
    if number.text[0] in "-−":
        return Fault("sign of a decimal", number.start, number.start + 1, "")
    return Fault("sign of a decimal", number.start, number.start, "-")


def words(place: Place) -> Iterator[Fault]:
    """Count one more."""
    kind = SMALL if place.is_result else SMALL_ELSEWHERE
    for word in words_in(place.visible):
        if word.text.lower() not in TOO_COMMON:
            new = UNITS[int(word.value + 1) % len(UNITS)]
            yield Fault(kind, word.start, word.end, like(word.text, new))


def shapes(place: Place) -> Iterator[Fault]:
    """Make the last axis of a shape longer."""
    for shape in lists_in(place.visible):
        last = list(re.finditer(r"\d+", place.visible[shape.start : shape.end]))[-1]
        start, end = shape.start + last.start(), shape.start + last.end()
        yield Fault("shape", start, end, str(int(last[0]) + 1))


def directions(place: Place) -> Iterator[Fault]:
    """Say the opposite."""
    for match in OPPOSITE.finditer(place.visible):
        word = match[0].lower()
        kind = COMPARISON if place.is_result and word in COMPARED else DIRECTION
        yield Fault(kind, *match.span(), like(match[0], OPPOSITES[word]))


def operators(place: Place) -> Iterator[Fault]:
    """Add where a formula subtracts, and the other way round."""
    for match in OPERATOR.finditer(place.visible):
        yield Fault("plus or minus in a formula", *match.span(), OTHER_SIGN[match[0]])


def descriptions(place: Place) -> Iterator[Fault]:
    """Describe nothing."""
    yield Fault(f"{place.kind} about nothing", 0, len(place.visible), ABOUT_NOTHING)


def outputs(place: Place) -> Iterator[Fault]:
    """Leave the output out, and break its lines in other places."""
    start, end = place.visible.index("\n") + 1, place.visible.rstrip("\n").rindex("\n")
    yield Fault("output replaced by ...", start, end, "...")
    for match in re.finditer(r"(?<=\S)\n(?=.)", place.visible[start:end]):
        at = start + match.start()
        yield Fault("line break of an output to space", at, at + 1, " ")
        yield Fault("blank line in an output", at, at, "\n")
    for match in re.finditer(r"(?<=\S) (?=\S)", place.visible[start:end]):
        yield Fault("space of an output to line break", *(start + i for i in match.span()), "\n")


def like(old: str, new: str) -> str:
    """Return the new word with a capital if the old one has it."""
    return new.capitalize() if old[0].isupper() else new


def references(place: Place) -> Iterator[Fault]:
    """Lead to the next target of the same kind."""
    for match in REFERENCE.finditer(place.source):
        targets = targets_of_book()[match["role"]]
        new = targets[(targets.index(match["target"]) + 1) % len(targets)]
        if match["role"] == "term":
            new = f"{match['target']} <{new}>" if match["text"] is None else new
        yield Fault(f"another target of {{{match['role']}}}", *match.span("target"), new)


@cache
def targets_of_book() -> dict[str, list[str]]:
    """Return where the book's references lead, by their roles."""
    found: dict[str, set[str]] = {}
    for page in pages_of_book():
        for match in REFERENCE.finditer(page.text):
            found.setdefault(match["role"], set()).add(match["target"])
    return {role: sorted(targets) for role, targets in found.items()}


PROSE: list[Finder] = [numbers, words, shapes, directions, references]
FINDERS: dict[str, list[Finder]] = {
    "prose": PROSE,
    "alt": [*PROSE, descriptions],
    "caption": [*PROSE, descriptions],
    "formula": [numbers, shapes, operators],
    "output": [outputs],
}
