"""The built pages show the cells of the source, with the outputs that the source records.

The book keeps the outputs of cells that did not change, so this guards against stale ones.
"""

import os
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from book.extensions.comparison import difference, same_text
from book.extensions.shown import visible_text, whole_lines
from tests.tools.complaints import fail_if_any
from tests.tools.pages import ROOT, Page

HTML = Path(os.environ.get("BOOK_HTML", ROOT / "_build" / "html"))
REMEDY = "build the book again: make book"


def complaints_about(page, html):
    shown = [cell for cell in page.cells if "remove-cell" not in cell.tags]
    built = BeautifulSoup(html, "html.parser").select("div.cell")
    if len(built) != len(shown):
        yield (
            f"{page.name}.md: {len(shown)} cells are to be shown, "
            f"the built page has {len(built)}; {REMEDY}"
        )
        return
    for cell, made in zip(shown, built, strict=True):
        for fault in faults_of(page, cell, made):
            yield f"{page.place(cell.line)}: {fault}"


def faults_of(page, cell, made):
    source = text_in(made, ".cell_input pre")
    if source.strip() != cell.text.strip() and "remove-input" not in cell.tags:
        yield f"the built page shows other code; {REMEDY}"
    recorded = page.output_of(cell) or ""
    output = "".join(
        whole_lines(text_shown(block)) for block in made.select(".cell_output .output")
    )
    if "remove-output" not in cell.tags and not same_text(recorded, output):
        yield (
            f"the built page shows (+) something else than is recorded (-); {REMEDY}\n"
            f"{difference(recorded, output)}"
        )


def text_shown(output):
    return visible_text(str(output)) if "text_html" in output["class"] else text_in(output, "pre")


def text_in(made, selector):
    return "".join(block.get_text() for block in made.select(selector))


def test_every_built_page(pages):
    fail_if_any(complaint for page in pages for complaint in complaints_in(HTML, page))


def complaints_in(html, page):
    path = html / f"{page.name}.html"
    if path.exists():
        yield from complaints_about(page, path.read_text(encoding="utf-8"))
    else:
        yield f"{page.name}.md: there is no {path}; {REMEDY}"


SOURCE = """
```{code-cell} python
:tags: [remove-cell]

prepare()
```

```{code-cell} python
print(x)
```
```{output}
2.17
```

```{code-cell} python
y = 3
```

```{code-cell} python
print(y)
slider
```
```{output}
3
A line
```
"""
BUILT = """
<div class="cell"><div class="cell_input"><pre>print(<b>x</b>)
</pre></div><div class="cell_output"><div class="output stream"><pre>2.1672
</pre></div></div></div>
<div class="cell"><div class="cell_input"><pre>y = 3
</pre></div></div>
<div class="cell"><div class="cell_input"><pre>print(y)
slider
</pre></div><div class="cell_output"><div class="output stream"><pre>3
</pre></div><div class="output text_html"><p>A <b>line</b></p></div></div></div>
"""
LAST_CELL = BUILT[BUILT.rindex('<div class="cell">') :]


def test_a_page_that_was_built_from_its_source_passes():
    assert list(complaints_about(Page("page.md", SOURCE), BUILT)) == []


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("2.1672", "2.1572", "shows (+) something else"),
        ("2.1672", "", "shows (+) something else"),
        ("2.1672\n", "2.1672\n\n1", "shows (+) something else"),
        ("<b>line", "<b>lie", "shows (+) something else"),
        ("y = 3", "y = 4", "shows other code"),
        (LAST_CELL, "", "3 cells are to be shown, the built page has 2"),
    ],
)
def test_a_stale_page_is_found(old, new, complaint):
    (found,) = complaints_about(Page("page.md", SOURCE), BUILT.replace(old, new))
    assert complaint in found
    assert REMEDY in found


def test_a_page_that_was_not_built_is_found(tmp_path):
    (complaint,) = complaints_in(tmp_path, Page("page.md", SOURCE))
    assert "make book" in complaint
