"""Find references to formulas, figures and exercises far away that do not say where those are.

A reference shows a number; a reader who must turn to a later chapter, or back over more than one,
is told the chapter in the same sentence, by its {doc} link.  One to a section shows its title.
"""

import re
from functools import cache

from tests.tools.pages import chapters_of_book

LABEL = re.compile(
    r"^:(?:label|name): (?P<option>[\w.-]+)$"
    r"|^ +name: (?P<figure>[\w.-]+)$"
    r"|^\$\$ \((?P<formula>[\w.-]+)\)$",
    re.MULTILINE,
)
REFERENCE = re.compile(r"\{(?:ref|numref|eq)\}`(?:[^`<]*<)?(?P<label>[^`<>]+)>?`")
CHAPTER = re.compile(r"\{doc\}`(?:[^`<]*<)?(?P<path>[^`<>]+)>?`")
SENTENCE = re.compile(r"[^.?!:;]+(?:[.?!:;](?!\s)[^.?!:;]*)*[.?!:;]?")


class Labels:
    """The chapters by their places, and the chapter in which each label stands."""

    def __init__(self, chapters):
        self.places = {chapter.name: place for place, chapter in enumerate(chapters)}
        self.homes = {label: page.name for page in chapters for label in labels_of(page)}

    def is_far(self, page, home):
        return self.places[page.name] - self.places[home] not in {0, 1}


@cache
def labels_of_book():
    return Labels(chapters_of_book())


def complaints_about(page, labels=None):
    labels = labels or labels_of_book()
    if page.name not in labels.places:
        return
    for match in REFERENCE.finditer(page.text):
        home = labels.homes.get(match["label"], page.name)
        if labels.is_far(page, home) and home.rpartition("/")[2] not in chapters_named(match):
            line = page.text.count("\n", 0, match.start()) + 1
            yield (
                f"{page.place(line)}: {match[0]} is in another chapter; name it in the "
                f"sentence: {{doc}}`/{home}`"
            )


def labels_of(page):
    return [next(filter(None, match.groups())) for match in LABEL.finditer(page.text)]


def chapters_named(reference):
    """Return the last names of the pages that the sentence of a reference links."""
    for sentence in SENTENCE.finditer(reference.string):
        if sentence.start() <= reference.start() < sentence.end():
            links = CHAPTER.finditer(sentence[0])
            return {link["path"].rpartition("/")[2] for link in links}
    return set()
