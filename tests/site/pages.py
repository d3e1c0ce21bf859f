"""The pages of the built book."""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[2]
MADE_BY_SPHINX = {"genindex.html", "py-modindex.html", "search.html"}


def site_folder():
    """Return the folder of the built book: `_build/html`, or what BOOK_HTML names."""
    return Path(os.environ.get("BOOK_HTML", ROOT / "_build" / "html")).resolve()


@dataclass(frozen=True)
class Page:
    """One HTML file of the site."""

    path: Path

    @cached_property
    def soup(self):
        """The parsed HTML."""
        return BeautifulSoup(self.path.read_bytes(), "html.parser")

    @cached_property
    def ids(self):
        """The ids that a link can point at."""
        return {element["id"] for element in self.soup.find_all(id=True)}

    @cached_property
    def is_written(self):
        """Whether the page is a text of ours, not made by Sphinx alone."""
        return self.path.name not in MADE_BY_SPHINX


def is_redirect(path):
    """Whether the file only sends the reader on."""
    return b'http-equiv="Refresh"' in path.read_bytes()


def page_names(folder):
    """Return the names of all pages of the site, without those that only send the reader on."""
    files = (path for path in sorted(folder.rglob("*.html")) if "_static" not in path.parts)
    return [str(path.relative_to(folder)) for path in files if not is_redirect(path)]
