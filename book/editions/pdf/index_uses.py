"""Where the book uses the words of its index: its links to them tell."""

import re
from collections import defaultdict

LINK = re.compile(r'<a (?=[^>]*\bhref="#([^"]+)")(?![^>]*\bid=)')


class IndexUses:
    """The places that link to an entry of the index."""

    def __init__(self, index):
        self.targets = {
            each.target
            for _, entries in index
            for entry in entries
            for each in [entry, *entry.under]
            if each.target
        }
        self.places = defaultdict(list)

    def mark(self, html, chapter):
        """Give an id to each link from a chapter to an entry that another chapter explains."""

        def with_id(link):
            target = link[1]
            if target not in self.targets or target in chapter.ids:
                return link[0]
            place = f"use-{len(self.places[target])}-of-{target}"
            self.places[target].append(place)
            return f'<a id="{place}" {link[0].removeprefix("<a ")}'

        return LINK.sub(with_id, html)

    def of(self, target):
        """Return the ids of the places, with that of the explanation first."""
        return [target, *self.places[target]]
