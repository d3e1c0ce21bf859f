"""The search index lists a page under every spelling of its words."""

import pytest

from book.extensions.search_words import SpellingSearch


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Regularisation", ["regularization"]),
        ("optimizers", ["optimisers"]),
        ("normalised", ["normalized"]),
        ("centre", ["center"]),
        ("centers", ["centres"]),
        ("centred", ["centered"]),
        ("centimetres", ["centimeters"]),
        ("neighbour's", ["neighbor"]),
        ("behavior", ["behaviour"]),
        ("analyse", ["analyze"]),
        ("licence", ["license"]),
        ("grey", ["gray"]),
        ("cross-entropy", ["crossentropy"]),
        ("leave-one-out", ["leaveoneout"]),
        ("the size of four parameters", []),
        ("noise rises", []),
        ("0.5-1 x_1-x_2", []),
    ],
)
def test_words_are_listed_in_other_spellings(text, others):
    search = SpellingSearch({})
    plain = super(SpellingSearch, search).split(text)
    assert search.split(text) == plain + others
