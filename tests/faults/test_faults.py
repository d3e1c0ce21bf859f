"""The campaign plants faults of every kind, and asks what the tests of a page would ask."""

import re
from collections import Counter

import pytest

from tests.faults.__main__ import BOUNDS, chosen, table
from tests.faults.kinds import faults_at
from tests.faults.places import places_of
from tests.faults.witness import Witness
from tests.tools.pages import ROOT, Page

PAGE = """# A page with 12 lines

```{code-cell} python
numbers, more = [0.5, -0.25], 0.75
print(numbers, len(numbers))
print((4, 3))
```
```{output}
[0.5, -0.25] 2
(4, 3)
```

There are 2 numbers, two in words, the first larger, from -0.25 up to {num}`0.5 = numbers[0]`,
of shape (4, 3).

<!-- claim "up to": numbers[0] > numbers[1] -->

$$
0.5 - 0.75
$$
<!-- claim "0.5 - 0.75": numbers[0] - more < 0 -->

Later there are five, no longer `7` in code, and more in [a link](12.5).

```{code-cell} python
---
mystnb:
  image:
    alt: A line with 3 bends.
  figure:
    caption: A line.
---
plot()
```
"""
PLANTED = [
    ("whole number of two digits or more", "A page with 13 lines"),
    ("digit or word in a result", "There are 3 numbers"),
    ("digit or word in a result", "three in words"),
    ("digit or word elsewhere", "Later there are six"),
    ("digit or word in a result", "with 4 bends"),
    ("decimal", "from -0.26"),
    ("decimal", "{num}`0.6 = numbers[0]`"),
    ("sign of a decimal", "from 0.25"),
    ("sign of a decimal", "{num}`-0.5 = numbers[0]`"),
    ("shape", "of shape (4, 4)"),
    ("word of direction elsewhere", "down to"),
    ("comparison in a result", "the first smaller"),
    ("word of direction elsewhere", "and fewer in [a link]"),
    ("decimal", "\n0.5 - 0.76\n"),
    ("sign of a decimal", "\n-0.5 - 0.75\n"),
    ("plus or minus in a formula", "\n0.5 + 0.75\n"),
    ("alt about nothing", "alt: A picture that shows something or other.\n"),
    ("caption about nothing", "caption: A picture that shows something or other.\n"),
    ("output replaced by ...", "```{output}\n...\n```"),
    ("line break of an output to space", "-0.25] 2 (4, 3)\n"),
    ("blank line in an output", "-0.25] 2\n\n(4, 3)\n"),
    ("space of an output to line break", "[0.5, -0.25]\n2"),
]


@pytest.fixture
def page():
    return Page("page.md", PAGE)


def planted_in(page):
    for place in places_of(page):
        for fault in faults_at(place):
            yield fault.kind, fault.planted_in(page.text)


@pytest.mark.parametrize(("kind", "text"), PLANTED)
def test_faults_of_every_kind_are_planted(page, kind, text):
    assert text not in PAGE
    assert [text in planted for found, planted in planted_in(page) if found == kind].count(
        True
    ) == 1


def test_nothing_else_is_planted(page):
    changed = [planted for _, planted in planted_in(page)]
    assert all("`7` in" in text and "(12.5)" in text and "<!-- claim" in text for text in changed)
    assert all("no longer" in text for text in changed)
    assert all(text.count("\n") - PAGE.count("\n") in {-1, 0, 1} for text in changed)


def test_only_the_kinds_that_are_asked_for_are_planted(page):
    kinds = {fault.kind for fault in chosen(page, ["decimal", "shape"], most=3, seed=0)}
    assert kinds == {"decimal", "shape"}


def test_no_sign_is_planted_before_zero():
    kinds = [kind for kind, _ in planted_in(Page("page.md", "From 0.0 on.\n"))]
    assert kinds == ["decimal"]


@pytest.fixture
def witness(page):
    text = PAGE.partition("```{code-cell} python\n---")[0]
    return Witness(Page("page.md", text.replace("with 12", "with two")))


@pytest.mark.parametrize(
    ("old", "new", "noticed"),
    [
        ("There are 2", "There are 7", True),
        ("from -0.25", "from 0.25", True),
        ("`0.5 = n", "`0.6 = n", True),
        ("(4, 3).", "(4, 4).", True),
        ("from -0.25 up to", "from -0.25 down to", True),
        ("0.5 - 0.75\n", "0.5 - 0.76\n", True),
        ("2\n(4, 3)\n```", "2\n\n(4, 3)\n```", True),
        ("[0.5, -0.25] 2\n(4, 3)\n```", "...\n```", True),
        ("Later there are five", "Later there are six", False),
    ],
)
def test_a_witness_tells_what_the_tests_tell(witness, page, old, new, noticed):
    assert PAGE.count(old) == 1
    text = page.text.partition("```{code-cell} python\n---")[0].replace("with 12", "with two")
    assert bool(witness.complaint(text.replace(old, new))) == noticed


def test_a_page_at_fault_is_not_measured(page):
    with pytest.raises(ValueError, match="page is at fault before any fault is planted"):
        Witness(page)


def test_the_table_demands_what_is_bound(capsys):
    assert table(Counter(shape=10), Counter(shape=9)) == 0
    assert table(Counter(shape=10), Counter(shape=8)) == 1
    assert table(Counter({"word of direction elsewhere": 10}), Counter()) == 0
    printed = capsys.readouterr().out
    assert (
        "shape                              |      10 |       9 |      90% |     90% |" in printed
    )


def test_the_readme_shows_the_table_of_the_command():
    rows = re.findall(
        r"^\| ([^|]+?) +\| +(\d+) \| +(\d+) \| +(\d+)% \| +(?:(\d+)%)? +\|$",
        (ROOT / "README.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    bounds = {kind: f"{bound:.0%}" if bound else "" for kind, bound in BOUNDS.items()}
    assert {kind: f"{least}%" if least else "" for kind, *_, least in rows} == bounds
    for _, planted, noticed, percent, least in rows:
        assert round(100 * int(noticed) / int(planted)) == int(percent)
        assert not least or int(percent) >= int(least)
