"""What an edition is made of."""

from dataclasses import dataclass, field
from functools import cached_property

from bs4 import BeautifulSoup, Tag


@dataclass
class Chapter:
    """A page of the site, or one that is made for an edition."""

    name: str  # "neuron-dot-product", the id of its body
    title: str
    body: Tag
    notebook: str = ""  # its address on the site, if there is one

    @cached_property
    def ids(self):
        """All places in the chapter that a link can lead to."""
        return {element["id"] for element in [self.body, *self.body.find_all(id=True)]}

    @property
    def sections(self):
        """The titles of the sections, each with its id."""
        found = [(title, title.parent.get("id")) for title in self.body.find_all("h2")]
        return [(text_of(title), place) for title, place in found if place]


@dataclass
class Part:
    """Chapters under a common caption, which is empty for what comes before the first Part."""

    caption: str
    chapters: list

    @property
    def name(self):
        """The caption without what follows a colon, as an id."""
        return self.caption.partition(":")[0].lower().replace(" ", "-")


@dataclass
class Book:
    """All Parts, and the content of every picture by its file name."""

    parts: list
    pictures: dict = field(default_factory=dict)

    @property
    def chapters(self):
        """All chapters, in order."""
        return [chapter for part in self.parts for chapter in part.chapters]


def text_of(element):
    """Return the text of an element on one line."""
    return " ".join(element.get_text().split())


def parsed(html):
    """Return the element that a piece of HTML describes."""
    return BeautifulSoup(html, "html.parser").contents[0]
