"""The index of the site: its terms and the names of the package, with the ids they stand at."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup

from book.editions.chapters import text_of
from book.editions.reading import SITE, anchor


@dataclass
class Entry:
    """A line of the index, and the lines under it."""

    text: str
    target: str | None
    under: list = field(default_factory=list)


def read_index(site=SITE):
    """Return the letters of the index, each with its entries."""
    soup = BeautifulSoup((site / "genindex.html").read_bytes(), "html.parser")
    return [
        (section["id"], [entry(item) for item in section.select("td > ul > li")])
        for section in soup.select("section.genindex-section[id]")
    ]


def entry(item):
    link = item.find("a", recursive=False)
    text = link or item.find(string=True, recursive=False)
    return Entry(
        text_of(text),
        link and target(link["href"]),
        [entry(under) for under in item.select(":scope > ul > li")],
    )


def target(address):
    """Return the id, in the whole book, of a link of the index."""
    parts = urlsplit(address)
    return anchor(parts.path.removesuffix(".html"), unquote(parts.fragment))
