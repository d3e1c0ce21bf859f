"""What the contents and the outline of a print list."""

from dataclasses import dataclass

INDEX = "index-of-terms"


@dataclass(frozen=True)
class Heading:
    """A place with a name: of a Part, a chapter or a section."""

    kind: str
    target: str
    title: str


def headings(book):
    """Return what a reader may look for, in order."""
    for part in book.parts:
        if part.caption:
            yield Heading("part", part.name, part.caption)
        for chapter in part.chapters:
            yield Heading("chapter", chapter.name, chapter.title)
            for title, place in chapter.sections:
                yield Heading("section", place, title)
    yield Heading("part", INDEX, "Index")
