"""What counts as the same output."""

import pytest

from tests.tools.comparison import difference, same_text

SAME = [
    ("hello", "hello"),
    ("a  b\nc", "a b c"),
    ("2.17", "2.1672"),
    ("2.1672", "2.1672"),
    ("4.126", "4.1259999999999994"),
    ("[1.5 2. ]", "[1.5 2. ]"),
    ("1e-05", "1.04e-05"),
    ("4.1259999999999994", "4.1259999999999986"),
    ("nan inf", "nan inf"),
    ("a ... d", "a b c d"),
    ("...", ""),
    ("0.333...", "0.3333333333333333"),
    ("2...", "2.1672"),
    ("<object at 0x...>", "<object at 0x7f3a>"),
    ("x = 0.5; y = 2.0", "x = 0.5; y = 2.0"),
    ("[0.1 ... 0.9]", "[0.1 0.2 ... 0.8 0.9]"),
    ("3.", "3.0"),
    ("1 ... 2 ... 3", "1 x 2 y 3"),
]
DIFFERENT = [
    ("hello", "help"),
    ("2.1673", "2.1672"),
    ("2.1572", "2.1672"),
    ("2.16", "2.1672"),
    ("4.125", "4.1259"),
    ("0.34...", "0.3333333333333333"),
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
    ("a ... d", "a b c"),
    ("a ... a", "a"),
    ("1 ... 3 ... 2", "1 x 2 y 3"),
    ("shape (2, 3)", "shape (3, 2)"),
    ("x1.5", "x2.5"),
    ("", "text"),
]


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
