"""Find citations of a work that is about something else than what is said there.

A work's `keywords` in the bibliography are words that stand where the book cites it: in the
paragraph, the item of a list, the row of a table, or the heading above.
"""

import re
from functools import cache

from pybtex.database import parse_file

from tests.tools.pages import ROOT

BIBLIOGRAPHY = ROOT / "book" / "references.bib"
CITATION = re.compile(r"\{cite:[pt]\}`(?P<keys>[^`]+)`")
PIECE = re.compile(r"\n(?:\s*\n|(?=\| |- |\d+\. ))")


def complaints_about(page, keywords=None):
    keywords = keywords or keywords_of_works()
    heading, line = "", 1
    for piece in pieces_of(page.text):
        if piece.lstrip().startswith("#"):
            heading = piece
        said = " ".join(CITATION.sub("", f"{heading} {piece}").split()).lower()
        for citation in CITATION.finditer(piece):
            place = page.place(line + piece.count("\n", 0, citation.start()))
            for key in citation["keys"].split(","):
                if not any(stands_in(said, word) for word in keywords[key]):
                    yield (
                        f"{place}: {key} is cited where the text says none of its keywords "
                        f"in references.bib: {', '.join(keywords[key])}"
                    )
        line += piece.count("\n")


def pieces_of(text):
    """Return a text in pieces, each with the line break at its end."""
    ends = [match.end() for match in PIECE.finditer(text)]
    return [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]


def stands_in(said, word):
    return re.search(rf"\b{re.escape(word.lower())}\b", said)


@cache
def keywords_of_works():
    works = parse_file(BIBLIOGRAPHY).entries
    return {key: work.fields["keywords"].split(", ") for key, work in works.items()}
