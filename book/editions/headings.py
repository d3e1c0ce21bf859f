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
            yield Heading("part", part_id(part), part.caption)
        for chapter in part.chapters:
            yield Heading("chapter", chapter.name, chapter.title)
            yield from sections(chapter)
    yield Heading("part", INDEX, "Index")


def sections(chapter):
    for heading in chapter.body.select("section[id] > h2"):
        title = " ".join(heading.get_text().split())
        yield Heading("section", heading.parent["id"], title)


def part_id(part):
    return part.caption.partition(":")[0].lower().replace(" ", "-")
