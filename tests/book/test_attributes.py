"""Attributes that a docstring describes together, on a page of a small book."""

import pytest

from tests.tools.small_book import Book, build, write

CONF = """
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
extensions = [
    "myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "book.extensions.attributes",
]
html_theme = "basic"
nb_execution_mode = "off"
napoleon_use_rtype = False
"""
PACKAGE = '''class Gate:
    """Opens and shuts.

    Attributes
    ----------
    width, height, depth : float
        In metres.
    open : bool
        Whether one can pass.
    """
'''
INDEX = """# Index

```{eval-rst}
.. autoclass:: small_gates.Gate
```
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("book")
    write(folder, {"conf.py": CONF, "index.md": INDEX, "small_gates.py": PACKAGE})
    return Book(folder, build(folder))


def test_each_has_an_entry(book):
    assert book.complaints == ""
    ids = [name["id"] for name in book.page("index").select("dt[id]")]
    names = ["width", "height", "depth", "open"]
    assert ids == ["small_gates.Gate", *(f"small_gates.Gate.{name}" for name in names)]


def test_they_share_their_description(book):
    first = book.page("index").find(id="small_gates.Gate.width")
    assert first.find_next("dd").get_text().strip().startswith("In metres.")
    assert first.find_next_sibling("dt")["id"] == "small_gates.Gate.height"
