"""The search finds a word in its other spellings as well.

The prose is British, the code American, and some readers leave the hyphens out.  So the search
index lists a page under every spelling of its words; what a reader types is looked up as it is.
"""

import re
from functools import cache

from sphinx.search.en import SearchEnglish

HYPHENATED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
# How a word begins, what is British in it and what is American, and how it ends.  The four letters
# before -ise leave out size, rise, noise and their like.
SPELLINGS = [
    (r"\w{4,}", "is", "iz", "e|ed|es|er|ers|ing|able|ations?"),
    ("anal", "ys", "yz", "e|ed|es|er|ers|ing"),
    (r"behavi|col|fav|neighb", "our", "or", r"\w*"),
    ("cent|(?:centi|kilo|milli)?met", "re", "er", "s?"),
    ("cent", "r", "er", "ed|ing"),
    ("defen|licen", "c", "s", "es?"),
    ("gr", "e", "a", "ys?"),
]
CHANGES = [
    (re.compile(f"({beginning}){these}({ending})"), rf"\1{those}\2")
    for beginning, british, american, ending in SPELLINGS
    for these, those in ((british, american), (american, british))
]


@cache
def other_spellings(word):
    """Return how else a word in lower case is written."""
    return [pattern.sub(other, word) for pattern, other in CHANGES if pattern.fullmatch(word)]


class SpellingSearch(SearchEnglish):
    """The search in English texts, for readers of both spellings."""

    def split(self, text):
        """Return the words of a text, as they are written and as they could be."""
        words = super().split(text)
        joined = [word.replace("-", "") for word in HYPHENATED.findall(text)]
        return words + joined + [other for word in words for other in other_spellings(word.lower())]


def setup(app):
    """Take the place of Sphinx's own words of English."""
    app.add_search_language(SpellingSearch)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
