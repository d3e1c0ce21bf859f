"""In the chapters that teach nothing stands in front of the idea."""

from dataclasses import replace

import pytest

from tests.tools import chapters
from tests.tools.complaints import fail_if_any
from tests.tools.pages import ROOT, Page

GOOD = chapters.Chapter(
    name="neuron/half",
    listed=40,
    listed_first=12,
    guards=2,
    slip_notes=2,
    slip_words=0.08,
    pictures=1,
    sliders=0,
    exercises={"predict": 1, "build": 1, "bug": 1},
    cell_length=4,
    words=1500,
)
PAGE = """# Halves

```{listing} neuralnet.neuron.Neuron.predict
```

```{code-cell} python
1 / 2
```
```{output}
0.5
```

```{listing} neuralnet.neuron.Neuron.gradient
```

```{erratum} E-T1-01
:claim: It is one.

It is not.
```

```{exercise-start}
:label: ex-half
:class: build
```
Build a half.
```{exercise-end}
```
"""


def test_all_chapters():
    measured = [chapters.measured(page) for page in chapters.chapters_of_first_parts()]
    print(chapters.table(measured))
    fail_if_any(f"{c.name}: {what}" for c in measured for what in chapters.complaints_about(c))
    share = chapters.share_of_guards(measured)
    assert share <= chapters.MOST_GUARDS, f"{share:.0%} of the listed lines only refuse something"


def test_a_good_chapter_passes():
    assert list(chapters.complaints_about(GOOD)) == []


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        ({"listed_first": 13}, "13 lines of the package before the first result"),
        ({"slip_notes": 3}, "3 notes on slips"),
        ({"slip_words": 0.09}, "9% of the words"),
        ({"pictures": 0}, "no picture"),
        ({"exercises": {"predict": 1, "build": 1, "bug": 0}}, "no exercise of the kind bug"),
    ],
)
def test_what_stands_in_the_way_is_found(fault, complaint):
    (found,) = chapters.complaints_about(replace(GOOD, **fault))
    assert complaint in found


def test_a_chapter_is_measured():
    chapter = chapters.measured(Page("book/neuron/half.md", PAGE))
    assert 0 < chapter.listed_first < 12
    assert chapter.slip_notes == 1
    assert chapter.words == 10
    assert chapter.slip_words == pytest.approx(6 / 10)
    assert chapter.exercises == {"predict": 0, "build": 1, "bug": 0}
    assert chapter.cell_length == 1


def test_guards_are_counted_over_all_chapters():
    assert chapters.share_of_guards([GOOD, replace(GOOD, guards=6)]) == 8 / 80


def guards_of(tmp_path, monkeypatch, source):
    (tmp_path / "neuralnet").mkdir()
    for name, text in {"checks": "def positive(name, value): ...\n", "half": source}.items():
        (tmp_path / "neuralnet" / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.setattr(chapters, "ROOT", tmp_path)
    (listing,) = Page("page.md", "```{listing} neuralnet.half.half\n```\n").blocks
    return chapters.guards_in(listing)


def test_what_only_refuses_is_told_from_what_computes(tmp_path, monkeypatch):
    source = """def half(x, y):
    positive("x", x)
    x = positive("x", x)
    if x > y:
        raise ValueError("x")
    self.rate = positive("x", x)
    return positive("y", y) / 2
"""
    assert guards_of(tmp_path, monkeypatch, source) == [False] + [True] * 5 + [False]


def test_the_pages_are_those_of_the_parts_that_teach():
    names = {page.name.split("/")[1] for page in chapters.chapters_of_first_parts()}
    assert names == set(chapters.PARTS)
    assert (ROOT / "book" / "neuron").is_dir()
