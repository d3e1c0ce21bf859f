"""Every figure has a name, a caption and a sentence for readers who cannot see it."""

import pytest

from tests.tools.complaints import fail_if_any
from tests.tools.pages import Page

FEWEST_WORDS = 5


def complaints_about(page):
    for cell in page.cells:
        if {"figure", "image"} & cell.mystnb.keys():
            for fault in faults_of_figure(cell):
                yield f"{page.place(cell.line)}: {fault}"
    for block in page.blocks:
        for span in block.spans:
            if span.kind == "image" and not span.text.strip():
                yield f"{page.place(span.line)}: the image needs a text: ![what it shows](file)"
        if block.kind in {"figure", "image"} and not block.options.get("alt"):
            yield f"{page.place(block.line)}: the image needs an :alt: sentence"


def faults_of_figure(cell):
    figure, image = cell.mystnb.get("figure") or {}, cell.mystnb.get("image") or {}
    for key in ("name", "caption"):
        if not str(figure.get(key, "")).strip():
            yield f"the figure needs mystnb: figure: {key}:"
    alt = str(image.get("alt", "")).strip()
    if len(alt.split()) < FEWEST_WORDS or not alt.endswith("."):
        yield (
            "the figure needs mystnb: image: alt: with a sentence that says what it shows, "
            f"of {FEWEST_WORDS} words or more and with a full stop; it has {alt!r}"
        )


def names_of_figures(pages):
    return [
        (str(cell.mystnb["figure"].get("name")), page.place(cell.line))
        for page in pages
        for cell in page.cells
        if cell.mystnb.get("figure")
    ]


def test_all_figures(pages):
    fail_if_any(complaint for page in pages for complaint in complaints_about(page))


def test_each_name_is_given_once(pages):
    places = {}
    for name, place in names_of_figures(pages):
        places.setdefault(name, []).append(place)
    fail_if_any(
        f"two figures are called {name}: {', '.join(found)}"
        for name, found in places.items()
        if len(found) > 1
    )


FIGURE = """```{code-cell} python
---
mystnb:
  image:
    alt: A line that rises to the right.
  figure:
    name: fig-line
    caption: A line.
---
plot();
```
"""


def test_a_described_figure_passes():
    assert list(complaints_about(Page("page.md", FIGURE))) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    alt: A line that rises to the right.\n", "    width: 100px\n"),
        ("  image:\n    alt: A line that rises to the right.\n", ""),
        ("right.", "right"),
        ("A line that rises to the right.", "A rising line."),
        ("    name: fig-line\n", ""),
        ("    caption: A line.\n", ""),
    ],
)
def test_a_figure_that_lacks_something_is_found(old, new):
    (complaint,) = complaints_about(Page("page.md", FIGURE.replace(old, new)))
    assert complaint.startswith("page.md:1: the figure needs")


@pytest.mark.parametrize(
    "image", ["![](a.svg)", "```{image} a.svg\n```", "```{figure} a.svg\nA.\n```"]
)
def test_an_image_without_a_text_is_found(image):
    (complaint,) = complaints_about(Page("page.md", image))
    assert complaint.startswith("page.md:1: the image needs")
