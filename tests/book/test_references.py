"""A reference to a formula, figure or exercise far away says which chapter it is in.

It shows a number; a reader who must turn to a later chapter, or back over more than one, is told
the chapter in the same sentence, by its {doc} link.  A reference to a section shows its title.
"""

import re

import pytest

from tests.tools.complaints import fail_if_any
from tests.tools.pages import Page

LABEL = re.compile(
    r"^:(?:label|name): (?P<option>[\w.-]+)$"
    r"|^ +name: (?P<figure>[\w.-]+)$"
    r"|^\$\$ \((?P<formula>[\w.-]+)\)$",
    re.MULTILINE,
)
REFERENCE = re.compile(r"\{(?:ref|numref|eq)\}`(?:[^`<]*<)?(?P<label>[^`<>]+)>?`")
CHAPTER = re.compile(r"\{doc\}`(?:[^`<]*<)?(?P<path>[^`<>]+)>?`")
SENTENCE = re.compile(r"[^.?!:;]+(?:[.?!:;](?!\s)[^.?!:;]*)*[.?!:;]?")


def complaints_about(chapters):
    number = {chapter.name: place for place, chapter in enumerate(chapters)}
    homes = {label: chapter.name for chapter in chapters for label in labels_of(chapter)}
    for chapter in chapters:
        for match in REFERENCE.finditer(chapter.text):
            home = homes.get(match["label"], chapter.name)
            if number[chapter.name] - number[home] in {0, 1}:
                continue
            if home.rpartition("/")[2] not in chapters_named_around(match):
                line = chapter.text.count("\n", 0, match.start()) + 1
                yield (
                    f"{chapter.place(line)}: {match[0]} is in another chapter; name it in the "
                    f"sentence: {{doc}}`/{home}`"
                )


def labels_of(page):
    return [next(filter(None, match.groups())) for match in LABEL.finditer(page.text)]


def chapters_named_around(reference):
    """Return the last names of the pages that the sentence of a reference links."""
    for sentence in SENTENCE.finditer(reference.string):
        if sentence.start() <= reference.start() < sentence.end():
            links = CHAPTER.finditer(sentence[0])
            return {link["path"].rpartition("/")[2] for link in links}
    return set()


def test_far_references_name_their_chapter(chapters):
    fail_if_any(complaints_about(chapters))


FAR = "See {eq}`eq-far`."


@pytest.mark.parametrize(
    ("texts", "complains"),
    [
        ([f"$$\nx\n$$ (eq-far)\n\n{FAR}", "", ""], False),
        (["$$\nx\n$$ (eq-far)\n", FAR, ""], False),
        (["$$\nx\n$$ (eq-far)\n", "", FAR], True),
        ([FAR, "$$\nx\n$$ (eq-far)\n", ""], True),
        (["$$\nx\n$$ (eq-far)\n", "", "As {eq}`eq-far` in {doc}`/book/a` says."], False),
        (["$$\nx\n$$ (eq-far)\n", "", f"{FAR} As {{doc}}`/book/a` says."], True),
        (["(eq-far)=\n## A section\n", "", "See {ref}`there <eq-far>`."], False),
        (["```{exercise}\n:label: eq-far\n```", "", "{ref}`eq-far`"], True),
    ],
)
def test_what_is_far(texts, complains):
    chapters = [Page(f"book/{name}.md", text) for name, text in zip("abc", texts, strict=True)]
    assert bool(list(complaints_about(chapters))) == complains
