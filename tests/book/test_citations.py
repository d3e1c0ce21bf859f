"""Where a work is cited, the text speaks of what the work is about."""

import pytest

from tests.tools.citations import complaints_about, keywords_of_works
from tests.tools.complaints import fail_if_any
from tests.tools.pages import Page

PAGE = """# Gradients

Cauchy took the first step {cite:p}`cauchy1847`, and we go on.

| work | what it is about |
| --- | --- |
| {cite:t}`adam2015` | momentum |
| {cite:t}`cauchy1847`, {cite:t}`adam2015` | steps, and *Adam* |

- {cite:t}`adam2015`: an item of its own
"""
KEYWORDS = {"cauchy1847": ["Cauchy", "step", "steps"], "adam2015": ["Adam", "momentum", "item"]}


def complaints(text):
    return list(complaints_about(Page("page.md", text), KEYWORDS))


def test_all_citations(pages):
    fail_if_any(complaint for page in pages for complaint in complaints_about(page))


def test_every_work_has_keywords():
    assert all(all(words) for words in keywords_of_works().values())


def test_a_citation_beside_one_of_its_keywords_passes():
    assert complaints(PAGE) == []
    assert complaints(PAGE.replace("# Gradients", "# Adam").replace("momentum", "more")) == []
    assert complaints(PAGE.replace("took the first", "took\nthe first")) == []


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("{cite:p}`cauchy1847`", "{cite:p}`adam2015`", "page.md:3: adam2015 is cited"),
        ("{cite:p}`cauchy1847`", "{cite:p}`cauchy1847,adam2015`", "page.md:3: adam2015"),
        ("| momentum", "| more", "page.md:7: adam2015"),
        ("*Adam*", "*Adams*", "page.md:8: adam2015"),
        ("an item", "a line", "page.md:10: adam2015"),
        ("Cauchy took the first step", "He\nbegan", "page.md:4: cauchy1847"),
    ],
)
def test_a_citation_of_another_work_is_found(old, new, complaint):
    assert PAGE.count(old) == 1
    (found,) = complaints(PAGE.replace(old, new))
    assert found.startswith(complaint)
