"""Find the numbers of a page that no code vouches for.

A number in a sentence, formula or table is *bound*, by the role `{num}` or because a
claim quotes it (`tests.tools.passages`), or it is *near*: a rounding, with its sign, of a number in
a cell, an output or a listing of the same section.  One that comes from elsewhere is exempted in
its section by a comment that says from where:

    <!-- number 2.5608: what the recipe gives when it is followed to the letter -->

Digits and number words are looked at where a sentence states a result: right under an output or a
figure, and beside a bound number.  They are near if the last cell or its output has them.
"""

from functools import cached_property

from book.extensions.package_source import UnknownNameError, code_of, find
from tests.tools.numbers import (
    Shown,
    ShownList,
    lists_in,
    numerals_beside_lists_in,
    numerals_in,
    words_in,
)
from tests.tools.pages import ROOT
from tests.tools.passages import passages_of

IN_CODE = {"code", "math"}
SMALL = 10
TOO_COMMON = {"zero", "one", "once", "first", "second", "half", "quarter", "none"}


def complaints_about(page):
    for blocks in page.sections:
        section = Section(blocks)
        for passage in section.passages:
            for line, fault in passage.faults():
                yield f"{page.place(line)}: {fault}"
        for number, line in section.unknown():
            yield (
                f"{page.place(line)}: no code of this section gives {number.text}; "
                f"write {{num}}`{number.text} = expression`, "
                f"or under the passage <!-- number {number.text}: where it comes from -->"
            )
        for line, fault in section.faulty_exemptions():
            yield f"{page.place(line)}: {fault}"


class Section:
    """The blocks from one heading to the next, and what their code gives."""

    def __init__(self, blocks):
        self.passages = passages_of(blocks)
        self.blocks = blocks
        self.exemptions = [item for passage in self.passages for item in passage.exemptions]
        self.used = set()

    @cached_property
    def near(self):
        return Near(self.blocks)

    def unknown(self):
        """Yield each number that is neither bound nor near nor exempt, with its line."""
        exempt = {number for exemption in self.exemptions for number in exemption.numbers}
        for passage, run, is_result in self.with_runs():
            if passage.kind == "code-cell":
                continue  # what it says of its figure is held against the figure
            near_run = Near(run if is_result else [])
            for number, line in numbers_shown(passage, is_result):
                if (near_run if is_small(number) else self.near).gives(number):
                    continue
                if number.text in exempt:
                    self.used.add(number.text)
                else:
                    yield number, line

    def with_runs(self):
        """Yield the passages with the last cell above and whether they state its result."""
        run, follows = [], False
        for passage in self.passages:
            if passage.kind == "code-cell":
                yield passage, passage.blocks, False
                run, follows = passage.blocks, "figure" in passage.blocks[0].mystnb
            elif passage.kind == "output":
                run, follows = [*run, *passage.blocks], True
            elif passage.spans:
                has_bound = any(claim.is_number for claim in passage.claims)
                yield passage, run, follows or has_bound
                follows = follows and passage.kind == "erratum"

    def faulty_exemptions(self):
        for exemption in self.exemptions:
            if not exemption.reason:
                yield exemption.line, "the exemption needs a reason after a colon"
            for number in sorted(set(exemption.numbers) - self.used):
                yield exemption.line, f"the exemption of {number} is not needed; delete it"


class Near:
    """The numbers and lists of numbers in the code of some blocks, and in what it shows."""

    def __init__(self, blocks):
        outputs = [block.text for block in blocks if block.kind == "output"]
        sources = [block.text for block in blocks if block.kind == "code-cell"]
        sources += [listed_code(block.argument) for block in blocks if block.kind == "listing"]
        self.numbers = {n.value for text in outputs for n in numerals_in(text)}
        self.numbers |= {n.value for text in sources for n in numerals_in(text, is_code=True)}
        self.lists = {found.numbers for text in outputs + sources for found in lists_in(text)}

    def gives(self, number):
        if isinstance(number, ShownList):
            return number.numbers in self.lists
        if not number.value:
            return 0 in self.numbers  # of which small numbers 0.0 is a rounding says nothing
        return any(number.rounds(exact) for exact in self.numbers)


def numbers_shown(passage, is_result):
    """Yield the numbers of a passage that need a reason, with their lines."""
    for place, span in passage.spans_in_text():
        for number in [] if span.kind == "number" else numbers_of(span, is_result):
            start = place + number.start
            if not any(first <= start < last for first, last in passage.quoted):
                yield number, span.line_of(number.start)


def numbers_of(span, is_result):
    is_code = span.kind in IN_CODE
    wants_small = is_result and not is_code
    yield from lists_in(span.text)
    for number in numerals_beside_lists_in(span.text, is_code):
        if wants_small or not is_small(number):
            yield number
    if wants_small:
        yield from (word for word in words_in(span.text) if word.text.lower() not in TOO_COMMON)


def is_small(number):
    return isinstance(number, Shown) and not number.is_decimal and abs(number.value) < SMALL


def listed_code(name):
    try:
        return "\n".join(text for _, text in code_of(find(name, ROOT)))
    except UnknownNameError:
        return ""
