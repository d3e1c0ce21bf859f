"""The notebooks that the pages offer, and what the site gives away about the machine."""

import json
import re

import nbformat
import pytest
from myst_nb.core.read import read_myst_markdown_notebook

from book.extensions.comparison import fault
from book.extensions.notebooks import downloadable
from book.extensions.readable_markdown import readable
from book.extensions.shown import text_of_outputs
from book.extensions.static_math import Katex
from tests.site.pages import site_folder
from tests.tools.complaints import fail_if_any
from tests.tools.pages import ROOT, pages_of_book

FOLDER = site_folder() / "_downloads" / "notebooks"
TEXT_SUFFIXES = {".css", ".html", ".ipynb", ".js", ".json", ".md", ".svg", ".txt", ".xml"}
# Directives, roles, targets, labels of formulas, definitions, options and reStructuredText.
ONLY_OF_THE_BOOK = re.compile(
    r"^[> ]*(?:`{3,}\{|\([\w-]+\)=$|\$\$ *\(|: |:[\w-]+:|\.\. )|\{[\w:-]+\}`", re.MULTILINE
)
FORMULA = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
EXECUTED = [page for page in pages_of_book() if page.cells]

PAGE = """\
# A page

```{code-cell} python
:tags: [remove-cell]

from book.kernel import prepare

prepare()
```

```{code-cell} python
:tags: [remove-cell]

start = 3
```

```{code-cell} python
---
tags: [hide-input]
mystnb:
  figure:
    name: fig-line
    caption: A line, by {eq}`eq-line`.
---
draw(start);
```
"""


def offered(page):
    """Return the notebook of a page as it lies in the site."""
    path = FOLDER / f"{page.name.removeprefix('book/')}.ipynb"
    assert path.exists(), f"{path} is missing: run `make book`"
    return nbformat.read(path, as_version=nbformat.NO_CONVERT)


@pytest.fixture(scope="module", params=EXECUTED, ids=lambda page: page.name)
def page(request):
    return request.param


def test_notebook_holds_every_cell_with_its_outputs(page):
    source = read_myst_markdown_notebook(page.text)
    cells = [
        cell.source
        for cell in source.cells
        if cell.cell_type == "code" and "book.kernel" not in cell.source
    ]
    offered_cells = [cell for cell in offered(page).cells if cell.cell_type == "code"]
    assert [cell.source for cell in offered_cells] == cells
    assert all(cell.execution_count for cell in offered_cells)
    assert any(cell.outputs for cell in offered_cells)


def test_notebook_shows_what_the_page_records(page):
    cells = [cell for cell in page.cells if "book.kernel" not in cell.text]
    offered_cells = [cell for cell in offered(page).cells if cell.cell_type == "code"]
    fail_if_any(
        f"{page.place(cell.line)}: {why}"
        for cell, made in zip(cells, offered_cells, strict=True)
        if (why := fault(page.output_of(cell), text_of_outputs(made.outputs)))
    )


def test_notebook_is_valid_and_names_its_kernel(page):
    notebook = offered(page)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"


@pytest.fixture(scope="module")
def katex():
    katex = Katex()
    yield katex
    katex.close()


def text_cells(page):
    return [cell.source for cell in offered(page).cells if cell.cell_type == "markdown"]


def test_text_of_notebook_holds_nothing_that_only_the_book_understands(page):
    for text in text_cells(page):
        assert not ONLY_OF_THE_BOOK.search(text)


def test_formulas_of_notebook_can_be_typeset(page, katex):
    for tex in FORMULA.findall("\n\n".join(text_cells(page))):
        assert "katex-display" in katex.render(tex.replace("\n> ", "\n"), True)


def test_page_links_to_its_notebook(page):
    html = (site_folder() / f"{page.name}.html").read_text(encoding="utf-8")
    assert f'_downloads/notebooks/{page.name.removeprefix("book/")}.ipynb"' in html


def test_site_does_not_tell_where_it_was_built():
    files = [path for path in site_folder().rglob("*") if path.suffix in TEXT_SUFFIXES]
    assert files, f"{site_folder()} is empty: run `make book`"
    places = {str(ROOT), json.dumps(str(ROOT))[1:-1]}
    telling = [
        path.relative_to(site_folder())
        for path in files
        if any(place in path.read_text(encoding="utf-8") for place in places)
    ]
    assert telling == []


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("as {numref}`fig-slope` shows", "as fig-slope shows"),
        ("see {doc}`the next page <other>`", "see the next page"),
        ("by {eq}`eq-dot`", "by (eq-dot)"),
        ("known {cite:p}`cox1958`", "known [cox1958]"),
        ("{class}`~neuralnet.layers.Layer`, a {class}`past <neuralnet.history.History>`",
         "`Layer`, a `past`"),
        ("The answer is {num}`0.871 = prediction`.", "The answer is 0.871."),
        ("a share of {num}`12 % = share` and {num}`(3, 4) = X.shape`",
         "a share of 12 % and (3, 4)"),
        ("$$\nE = m^2\n$$ (eq-error)\n\nText", "$$\nE = m^2\n\\tag{eq-error}\n$$\n\nText"),
        ("$$\ny &= x \\\\\n&= 1\n$$",
         "$$\n\\begin{split}y &= x \\\\\n&= 1\\end{split}\n$$"),
        ("`a`, `b`\n: The first.\n\n`c`\n: Another.",
         "- **`a`, `b`**: The first.\n\n- **`c`**: Another."),
        ("```{eval-rst}\n.. automodule:: neuralnet.layers\n\n.. autofunction:: neuralnet.save\n```",
         '- `help("neuralnet.layers")`\n- `help("neuralnet.save")`'),
        ("(label)=\n## Title", "## Title"),
        ("<!-- number 2.5: a reason -->\nText", "Text"),
        ("Text\n<!--\nnumber 2.5: a reason\nclaim \"Text\": True\n-->\n", "Text"),
        ("```{output}\n3\n```\nText", "Text"),
        ("```python\nx = {}\n```", "```python\nx = {}\n```"),
        ("```{exercise-start}\n:label: ex\n```\nHalve it.\n```{exercise-end}\n```",
         "**Exercise**\n\nHalve it."),
        ("```{erratum} E-1\n:claim: Two is odd.\n\nIt is {term}`even`.\n```",
         "> **Erratum E-1**\n>\n> The tutorial says: Two is odd.\n>\n> It is even."),
        ("```{admonition} A title\nText\n```", "> **A title**\n>\n> Text"),
    ],
)  # fmt: skip
def test_directives_and_roles_become_plain(text, plain):
    assert readable(text) == plain


def test_listing_becomes_source_without_its_docstring():
    text = readable("```{listing} neuralnet.activations.sigmoid\n```")
    assert text.startswith("```python\n# neuralnet/activations.py\ndef sigmoid(")
    assert text.endswith("\n```")
    assert '"""' not in text


def test_notebook_leaves_out_only_the_style_of_the_book():
    notebook = downloadable(read_myst_markdown_notebook(PAGE))
    _, title, setup, drawing, caption = notebook.cells
    assert title.source == "# A page"
    assert setup.source == "start = 3"
    assert drawing.source == "draw(start);"
    assert drawing.metadata.jupyter == {"source_hidden": True}
    assert caption.source == "*fig-line: A line, by (eq-line).*"


def test_notebook_is_the_same_each_time():
    first, second = (downloadable(read_myst_markdown_notebook(PAGE)) for _ in range(2))
    assert first == second
