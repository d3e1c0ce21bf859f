"""Executable code has one spelling, so that Sybil and MyST-NB run the very same cells.

MyST-NB runs more spellings than Sybil finds, and Sybil more than MyST-NB: whatever only one of them
runs would be shown unchecked, or checked unseen.
"""

import re

import pytest
from myst_nb.core.read import MystMetadataParsingError, read_myst_markdown_notebook
from nbformat import ValidationError

from tests.tools.complaints import fail_if_any
from tests.tools.page_sybil import PageDocument, PageParser
from tests.tools.pages import Page, markdown_settings

ONE_SPELLING = "write executable code as ```{code-cell} python at the start of a line"
CELL_LIKE = {"code-cell", "code-block", "code", "sourcecode", "raw-cell"}
PYTHON = {"python", "python3", "py", "py3", "ipython", "ipython3", "pycon"}
COLON_FENCE = re.compile(r"^\s*:{3,}\s*\{([\w-]+)\}", re.MULTILINE)
TAGS = {
    "hide-cell",
    "hide-input",
    "hide-output",
    "raises-exception",
    "remove-cell",
    "remove-input",
    "remove-output",
}


def complaints_about(page):
    for block in page.blocks:
        for fault in faults_of(block, page):
            yield f"{page.place(block.line)}: {fault}"
    for match in COLON_FENCE.finditer(page.text):
        line = page.text.count("\n", 0, match.start(1)) + 1
        yield f"{page.place(line)}: a colon fence is plain text here; {ONE_SPELLING}"
    yield from complaints_about_parity(page)


def faults_of(block, page):
    if block.kind == "fence" and block.argument.split(" ")[0].lower() in PYTHON:
        yield f"```{block.argument} is shown but never run; {ONE_SPELLING}"
    elif block.kind in {"comment", "html_block", "line_comment"} and "{code-cell}" in block.text:
        yield f"a cell in a comment; {ONE_SPELLING}, or delete it"
    elif block.kind in CELL_LIKE:
        yield from faults_of_cell(block, page)


def faults_of_cell(block, page):
    first = page.text.splitlines()[block.line - 1]
    if block.kind == "code-cell":
        if first != f"{block.fence}{{code-cell}} python" or "~" in block.fence:
            yield f"{first.strip()!r}: {ONE_SPELLING}"
        if block.nested:
            yield f"a cell inside another block is not run; {ONE_SPELLING}"
        yield from faults_of_options(block)
    elif block.argument.lower() in PYTHON or block.kind == "raw-cell":
        yield f"```{{{block.kind}}} {block.argument} is shown but never run; {ONE_SPELLING}"


def faults_of_options(cell):
    tags = cell.options.get("tags", [])
    if re.match(r"\s*---\n", cell.text) and cell.options:
        yield "give the options as :key: lines or as a --- block, not both"
    if unknown := cell.options.keys() - {"live", "mystnb", "tags"}:
        yield f"unknown option {', '.join(sorted(unknown))}: the options are tags, mystnb and live"
    if not isinstance(tags, list):
        yield f"tags are a list, so write [{tags}]"
    elif unknown := set(tags) - TAGS:
        yield f"unknown tag {', '.join(sorted(unknown))}: the tags are {', '.join(sorted(TAGS))}"


def complaints_about_parity(page):
    """Compare the cells that Sybil runs with those that the book shows."""
    try:
        checked, shown = cells_for_sybil(page), cells_for_the_book(page)
    except (MystMetadataParsingError, ValidationError) as error:
        yield f"{page.name}.md: MyST-NB cannot read the page: {str(error).splitlines()[0]}"
        return
    for cell in shown:
        if shown.count(cell) > checked.count(cell):
            yield f"{page.name}.md: in the book, but Sybil does not run it:\n{cell}"
    for cell in checked:
        if checked.count(cell) > shown.count(cell):
            yield f"{page.name}.md: Sybil runs it, but it is not in the book:\n{cell}"


def cells_for_sybil(page):
    return [cell.source for cell in PageDocument.of(page.text, str(page.path), PageParser()).cells]


def cells_for_the_book(page):
    notebook = read_myst_markdown_notebook(page.text, markdown_settings())
    return [cell.source.rstrip() for cell in notebook.cells if cell.cell_type == "code"]


def test_all_pages(pages):
    fail_if_any(complaint for page in pages for complaint in complaints_about(page))


GOOD = """
```{code-cell} python
:tags: [hide-input]

x = 1
```

```{code-cell} python
---
tags: [raises-exception]
mystnb:
  image:
    alt: A line.
---
1 / 0
```
```{output}
ZeroDivisionError: division by zero
```
"""


def complaints_about_text(text):
    return list(complaints_about(Page("page.md", text)))


def test_the_one_spelling_passes():
    assert complaints_about_text(GOOD) == []


@pytest.mark.parametrize(
    "spelling",
    {
        "bare": "```{code-cell}\nx = 1\n```\n",
        "ipython3": "```{code-cell} ipython3\nx = 1\n```\n",
        "colon fence": ":::{code-cell} python\nx = 1\n:::\n",
        "plain": "```python\nx = 1\n```\n",
        "code-block": "```{code-block} python\nx = 1\n```\n",
        "tilde fence": "~~~{code-cell} python\nx = 1\n~~~\n",
        "indented": "  ```{code-cell} python\n  x = 1\n  ```\n",
        "in a list": "- an item\n\n  ```{code-cell} python\n  x = 1\n  ```\n",
        "in a note": "````{note}\n```{code-cell} python\nx = 1\n```\n````\n",
        "in a comment": "<!--\n```{code-cell} python\nx = 1\n```\n-->\n",
        "unseen": "% invisible-code-block: python\n%\n% x = 1\n",
        "options twice": "```{code-cell} python\n:tags: []\n---\nmystnb: {}\n---\nx = 1\n```\n",
        "tag unknown": "```{code-cell} python\n:tags: [hide-inputs]\n\nx = 1\n```\n",
        "tags no list": "```{code-cell} python\n:tags: hide-input\n\nx = 1\n```\n",
        "option unknown": "```{code-cell} python\n:tag: [hide-input]\n\nx = 1\n```\n",
        "space": "``` {code-cell} python\nx = 1\n```\n",
        "trailing word": "```{code-cell} python 3\nx = 1\n```\n",
    }.items(),
    ids=lambda item: item[0],
)
def test_any_other_spelling_is_found_on_its_line(spelling):
    complaints = complaints_about_text(f"# Title\n\n{spelling[1]}")
    assert any(complaint.startswith("page.md:") for complaint in complaints)
