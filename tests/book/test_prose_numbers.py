"""A decimal number in a sentence or formula must round a number of one of the page's cells.

A number that comes from elsewhere is exempted by a comment on the page that says why:

    % number 2.5608: what the recipe gives when it is followed to the letter
"""

import re

import pytest

from book.extensions.package_source import UnknownNameError, code_of, find
from tests.tools.complaints import fail_if_any
from tests.tools.numbers import decimals_in, numbers_in
from tests.tools.pages import ROOT, Page, Span

EXEMPTION = re.compile(r"\s*number\s+(?P<number>[\d.eE+-]+?)\s*(?::\s*(?P<reason>.*))?")


def complaints_about(page):
    known = known_numbers(page)
    exempt, used = exemptions_on(page), set()
    for number, line in shown_numbers(page):
        if any(number.rounds(exact) for exact in known):
            continue
        if number.text in exempt:
            used.add(number.text)
            continue
        yield (
            f"{page.place(line)}: no cell of this page gives {number.text}"
            f"{nearest(number, known)}; compute it in a cell, "
            f"or write '% number {number.text}: reason'"
        )
    for text, (line, reason) in exempt.items():
        if not reason:
            yield f"{page.place(line)}: the exemption of {text} needs a reason after a colon"
        if text not in used:
            yield f"{page.place(line)}: the exemption of {text} is not needed; delete it"


def shown_numbers(page):
    """Yield each decimal number of the prose with its line."""
    for block in page.blocks:
        for span in [*block.spans, *captions_of(block)]:
            is_prose = span.kind in {"text", "term"}
            for number, lines_above in decimals_in(span.text, is_prose):
                yield number, span.line + lines_above


def captions_of(block):
    """Yield what a cell says about its figure, as prose."""
    for part, key in (("figure", "caption"), ("image", "alt")):
        text = str((block.mystnb.get(part) or {}).get(key, ""))
        yield Span("text", text, block.line)


def known_numbers(page):
    """Return the numbers in the cells, the recorded outputs and the listings of a page."""
    sources = [block.text for block in page.of_kind("code-cell", "output")]
    sources += [listed_code(block.argument) for block in page.of_kind("listing")]
    return sorted({abs(number) for source in sources for number in numbers_in(source)})


def listed_code(name):
    try:
        return "\n".join(text for _, text in code_of(find(name, ROOT)))
    except UnknownNameError:
        return ""


def exemptions_on(page):
    found = {}
    for comment in page.of_kind("line_comment"):
        for offset, line in enumerate(comment.text.splitlines()):
            if match := EXEMPTION.fullmatch(line):
                found[match["number"]] = (comment.line + offset, match["reason"])
    return found


def nearest(number, known):
    if not known:
        return ""
    closest = min(known, key=lambda exact: abs(exact - number.value))
    return f" (the nearest is {closest})"


def test_all_pages(pages):
    fail_if_any(complaint for page in pages for complaint in complaints_about(page))


CELL = """
```{code-cell} python
x = [1.72, 1_000]
print(sum(x), 0.871, 2.7e-5)
```
```{output}
2.1672 -4.1259999999999994 0.871 2.7e-05 1234567.891
```

"""


def lines_found(text):
    complaints = complaints_about(Page("page.md", CELL + text))
    return [int(complaint.split(":")[1]) - CELL.count("\n") for complaint in complaints]


@pytest.mark.parametrize(
    "sentence",
    [
        "It is 2.1672.",
        "About 2.167, or 2.17, or 2.2.",
        "It is −4.126 or -4.126.",
        "That is 87.1 % or 87.1% or $87.1\\,\\%$.",
        "A small one: $2.7 \\times 10^{-5}$, 2.7 × 10⁻⁵, `2.7e-5`.",
        "Large: 1 234 567.9, 1,234,567.9, $1\\,234\\,567.9$.",
        "With Python 3.11 and NumPy 2.4, since version 3.3.",
        "Whole numbers such as 17 are not looked at.",
        "See {numref}`fig-9.99` and {cite}`x1.99`.",
        "```{erratum} E-T1-01\n:claim: It prints 9.99.\n\nIt prints 2.17.\n```",
        "% number 9.99: given by the tutorial\n\nIt says 9.99.",
    ],
)
def test_numbers_of_the_cells_pass(sentence):
    assert lines_found(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "It is 2.1673.",
        "It is 4.1259.",
        "That is 87.2 %.",
        "It is\n*9.99*.",
        "A formula, $x = 9.99$.",
        "A formula, $2\\cdot9.99$.",
        "Code, `9.99`.",
        "$$\nx = 9.99\n$$",
        "```{math}\nx = 9.99\n```",
        "# A heading with 9.99",
        "- an item with 9.99",
        "| a |\n|---|\n| 9.99 |",
        "![alt with 9.99](picture.svg)",
        "```{note}\nIt is 9.99.\n```",
        "```{erratum} E-T1-01\n:claim: A claim.\n\nIt prints 9.99.\n```",
        "````{exercise}\n```{note}\nIt is 9.99.\n```\n````",
        "```{code-cell} python\n---\nmystnb:\n  figure:\n    caption: At 9.99.\n---\nx;\n```",
        "```{code-cell} python\n---\nmystnb:\n  image:\n    alt: At 9.99.\n---\nx;\n```",
        "Now $2.7 \\times 10^{-4}$.",
        "% number 9.99\n\nIt says 9.99.",
        "% number 2.17: not needed",
    ],
)
def test_any_other_number_is_found(sentence):
    assert lines_found(sentence)


def test_the_line_is_named():
    assert lines_found(
        "Good.\n\nA line,\nanother with 9.99.\n\n```{note}\n:class: a\n\n9.98\n```"
    ) == [4, 9]
