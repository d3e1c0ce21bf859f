"""Find links to the glossary whose words are no form of the term that they lead to."""

import re

STEM = 4


def complaints_about(page):
    for block in page.blocks:
        for span in block.spans:
            if span.kind == "term" and not is_form_of(span.text, span.names):
                place = page.place(span.line)
                yield f"{place}: {span.text!r} is no form of the term {span.names!r}"


def is_form_of(words, term):
    """Say whether each word of the term begins as a word of the text does."""
    found = re.findall(r"\w+", words.lower())
    return all(
        any(word.startswith(wanted[:STEM]) for word in found) for wanted in re.findall(r"\w+", term)
    )
