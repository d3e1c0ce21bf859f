"""What counts as the same output."""

import pytest

from book.extensions.comparison import difference, fault, same_text

SAME = [
    ("hello", "hello"),
    ("\n\nhello\n", "hello\n"),
    ("a  b", "a b"),
    ("a \nb", "a\nb  "),
    (" [1. 2.]", "   [1.  2.]"),
    ("2.17", "2.1672"),
    ("2.1672", "2.1672"),
    ("4.1259999999999994", "4.126"),
    ("4.126", "4.1259999999999994"),
    ("0.3", "0.30000000000000004"),
    ("[1.5 2. ]", "[1.5 2. ]"),
    ("1e-05", "1.04e-05"),
    ("4.1259999999999994", "4.1259999999999986"),
    ("nan inf", "nan inf"),
    ("0, 1, ...", "0, 1, ..."),
    ("x = 0.5; y = 2.0", "x = 0.5; y = 2.0"),
    ("3.", "3.0"),
]
DIFFERENT = [
    ("hello", "help"),
    ("2.1673", "2.1672"),
    ("2.1572", "2.1672"),
    ("2.16", "2.1672"),
    ("4.125", "4.1259"),
    ("2.17", "2.1672384729384"),
    ("4.1259999999999994", "4.1259999999899994"),
    ("2", "3"),
    ("2", "2.0"),
    ("2.0", "2"),
    ("3.", "2.6"),
    ("-2.17", "2.17"),
    ("nan", "0.0"),
    ("inf", "-inf"),
    ("1e-05", "1.6e-05"),
    ("1e-05", "1e-06"),
    ("ab", "a b"),
    ("a b", "ab"),
    ("a", " a"),
    ("shape (2, 3)", "shape (3, 2)"),
    ("x1.5", "x2.5"),
    ("", "text"),
    ("text", ""),
    ("...", ""),
    ("...", "text"),
    ("a ... d", "a b c d"),
    ("0.333...", "0.3333333333333333"),
]
SHOWN = "  loss  rows\n 0.25  [1 2]\n\nin total 3"
PLANTED = {
    "lines joined": ("\n 0.25", "  0.25"),
    "blank line left out": ("\n\n", "\n"),
    "blank line put in": ("\n 0.25", "\n\n 0.25"),
    "blank line put in at the end": ("\n\n", "\n\n\n"),
    "line broken at a space": ("[1 2]", "[1\n2]"),
    "line broken after a space": ("[1 2]", "[1 \n2]"),
    "line that is an ellipsis": (" 0.25  [1 2]", "..."),
    "end that is an ellipsis": ("in total 3", "in total ..."),
    "all an ellipsis": (SHOWN, "..."),
}


@pytest.mark.parametrize(("recorded", "shown"), SAME)
def test_same(recorded, shown):
    assert same_text(recorded, shown)


@pytest.mark.parametrize(("recorded", "shown"), DIFFERENT)
def test_different(recorded, shown):
    assert not same_text(recorded, shown)


@pytest.mark.parametrize("digit", range(5))
def test_every_changed_digit_is_a_difference(digit):
    shown = "21.672"
    place = [0, 1, 3, 4, 5][digit]
    recorded = shown[:place] + str((int(shown[place]) + 1) % 10) + shown[place + 1 :]
    assert not same_text(recorded, shown)


def test_a_difference_can_be_read():
    assert difference("a\nb\nc", "a\nB\nc") == "  a\n- b\n+ B\n  c"


@pytest.mark.parametrize(("old", "new"), PLANTED.values(), ids=PLANTED)
def test_what_is_planted_in_a_record_is_a_difference(old, new):
    assert old in SHOWN
    assert same_text(SHOWN, SHOWN)
    assert not same_text(SHOWN.replace(old, new), SHOWN)


@pytest.mark.parametrize(
    ("recorded", "shown", "said"),
    [
        (None, "", ""),
        ("1.0", "1.0", ""),
        (None, "1", "is not recorded.  It shows (+):\n\n    + 1"),
        ("1", " ", "shows no text, but the page records (-):\n\n    - 1"),
        ("", "", "shows no text"),
        ("1", "2", "(-):\n\n    - 1\n    + 2"),
    ],
)
def test_a_fault_says_what_is_expected_and_what_is_shown(recorded, shown, said):
    found = fault(recorded, shown)
    assert said in found
    assert bool(said) == bool(found)
