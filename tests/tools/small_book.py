"""A small book in a folder of its own, built by Sphinx with the directives under test."""

import io
import warnings
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace


@dataclass
class Book:
    """A small book that was built, and what Sphinx complained about."""

    source: Path
    complaints: str

    def page(self, name):
        text = (self.source / "html" / f"{name}.html").read_text(encoding="utf-8")
        return BeautifulSoup(text, "html.parser").select_one(".body")

    def complaint(self, line):
        """Return what Sphinx said about a line of page.md, which MyST-NB counts from 2."""
        lines = self.complaints.splitlines()
        return "\n".join(said for said in lines if f"page.md:{line + 1}:" in said)


def write(source, files):
    """Write the files of a book by their names."""
    for name, text in files.items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def build(source, processes=1):
    """Build the HTML, from what the last build left; return the complaints."""
    complaints = io.StringIO()
    with warnings.catch_warnings(), docutils_namespace():
        warnings.simplefilter("ignore")  # those of other people's code
        folders = (source, source, source / "html", source / "doctrees")
        Sphinx(*folders, "html", status=None, warning=complaints, parallel=processes).build()
    return complaints.getvalue()
