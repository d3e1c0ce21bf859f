"""A reader who meets a term for the first time can look it up.

The first time that a term of the glossary occurs in the chapters, or earlier, it is written as
{term}`term`, which links it.
"""

import re

import pytest

from tests.tools.complaints import fail_if_any
from tests.tools.pages import ROOT, Page
from tests.tools.terms import complaints_about as complaints_about_links

GLOSSARY = "book/reference/glossary"


def terms_of(glossary):
    """Return the terms of the glossary: the lines that are not indented."""
    return [
        line.partition(" : ")[0].strip().lower()
        for block in glossary.of_kind("glossary")
        for line in block.text.splitlines()
        if line.strip() and not line[0].isspace()
    ]


def complaints_about(terms, chapters):
    linked, plain = first_places(terms, chapters)
    for term in terms:
        if term not in linked:
            where = f"; it first occurs at {plain[term][1]}" if term in plain else ""
            yield f"{term}: no chapter links it with {{term}}`{term}`{where}"
        elif term in plain and plain[term] < linked[term]:
            yield f"{plain[term][1]}: the first {term!r} is no {{term}}`{term}`"


def first_places(terms, chapters):
    """Return where each term is first linked and where it first occurs unlinked."""
    linked, plain = {}, {}
    for order, page, span in spans_in_order(chapters):
        if span.kind == "term":
            linked.setdefault(span.names, (order, page.place(span.line)))
        elif span.kind == "text":
            for match in any_of(terms).finditer(span.text):
                term = " ".join(match[0].split()).lower()
                plain.setdefault(term, (order, page.place(span.line_of(match.start()))))
    return linked, plain


def spans_in_order(chapters):
    order = 0
    for page in chapters:
        for block in page.of_kind("prose"):
            for span in block.spans:
                order += 1
                yield order, page, span


def any_of(terms):
    """Match the terms as whole words, the longest first: no gradient in gradient descent."""
    longest_first = sorted(terms, key=len, reverse=True)
    words = "|".join(r"\s+".join(map(re.escape, term.split())) for term in longest_first)
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


def test_first_uses_are_linked(chapters):
    terms = terms_of(Page(ROOT / f"{GLOSSARY}.md"))
    assert terms, f"{GLOSSARY}.md has no ```{{glossary}} with terms"
    fail_if_any(complaints_about(terms, chapters))


def test_links_show_a_form_of_their_term(pages):
    fail_if_any(complaint for page in pages for complaint in complaints_about_links(page))


@pytest.mark.parametrize(
    ("link", "agrees"),
    [
        ("loss", True),
        ("losses <loss>", True),
        ("Hidden layers <hidden layer>", True),
        ("overfits <overfitting>", True),
        ("binary floating point <floating point>", True),
        ("layers <hidden layer>", False),
        ("losses <layer>", False),
    ],
)
def test_a_form_of_a_term(link, agrees):
    page = Page("page.md", f"The {{term}}`{link}`.")
    assert (not list(complaints_about_links(page))) == agrees


PAGE = """# Gradient

```{glossary}
gradient
  A direction.

gradient descent
GD
  Going down : slowly.
```
"""
TERMS = ["gradient", "gradient descent", "gd"]


def test_the_terms_are_read_from_the_glossary():
    assert terms_of(Page("page.md", PAGE)) == TERMS


@pytest.mark.parametrize(
    "text",
    [
        "The {term}`gradient` and the gradient.",
        "Many {term}`gradients <gradient>`, one gradient.",
        "# Gradient\n\nThe `gradient` $gradient$ is a {term}`Gradient`.",
        "```{note}\nA {term}`gradient`.\n```\n\nThe gradient.",
    ],
)
def test_a_first_use_that_is_linked_passes(text):
    assert list(complaints_about(["gradient"], [Page("page.md", text)])) == []


def test_a_longer_term_does_not_hold_a_shorter_one():
    text = "By gradient\ndescent we go. The {term}`gradient`."
    (complaint,) = complaints_about(TERMS[:2], [Page("page.md", text)])
    assert complaint.startswith("gradient descent: no chapter links it")


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Nothing.", "gradient: no chapter links it"),
        ("Only the `gradient`.", "gradient: no chapter links it"),
        ("The\nGradient, the {term}`gradient`.", "page.md:2: the first 'gradient'"),
        ("```{note}\nThe gradient.\n```\n\nThe {term}`gradient`.", "page.md:2: the first"),
    ],
)
def test_a_first_use_that_is_not_linked_is_found(text, start):
    (complaint,) = complaints_about(["gradient"], [Page("page.md", text)])
    assert complaint.startswith(start)


def test_the_pages_count_in_reading_order():
    pages = [Page("a.md", "The gradient."), Page("b.md", "The {term}`gradient`.")]
    (complaint,) = complaints_about(["gradient"], pages)
    assert complaint.startswith("a.md:1:")
    assert list(complaints_about(["gradient"], pages[::-1])) == []
