"""Numbers are found in sentences, formulas, code and output, with sign and rounding."""

from decimal import Decimal

import pytest

from tests.tools.numbers import lists_in, numerals_in, words_in


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It is −4.126, or -4.13, not +4.1.", ["-4.126", "-4.13", "4.1"]),
        ("From 3-0.5 to (−0.5), x −2.", ["3", "0.5", "-0.5", "-2"]),
        ("Large: 1 234 567.9, 1,234,567.9 and 10,000.", ["1234567.9", "1234567.9", "10000"]),
        ("In 2017 there were 321 sales.", ["2017", "321"]),
        ("About 2.7 × 10⁻⁵, 2.7e-5, 10⁻⁵.", ["0.000027", "0.000027", "0.00001"]),
        ("A 28×28 picture, 64-64-10 neurons.", ["28", "28", "64", "64", "10"]),
        ("W1, T2-17, E-T1-04, x_2 and Python3 are names.", []),
        ("It ends with 12.", ["12"]),
        ("[ 1.  -0.5 -12.  1.e-05]", ["1", "-0.5", "-12", "0.00001"]),
    ],
)
def test_prose_and_output(text, values):
    assert [number.value for number in numerals_in(text)] == [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("x - 0.59 = -0.3", ["0.59", "-0.3"]),
        ("2 \\cdot -0.7 & = - 0.3", ["2", "-0.7", "-0.3"]),
        ("1\\,234\\,567.9", ["1234567.9"]),
        ("2.7 \\times 10^{-5}, 10^{-6}", ["0.000027", "0.000001"]),
        ("x_{12}^{13}, w_2, 3^2", ["3"]),
        ("return -1.5, x-0.5, f(-0.5)", ["-1.5", "0.5", "-0.5"]),
    ],
)
def test_formulas_and_code(text, values):
    found = [number.value for number in numerals_in(text, is_code=True)]
    assert found == [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("text", "exact", "rounds"),
    [
        ("0.871", "0.8710191", True),
        ("0.871", "0.8716", False),
        ("0.871", "-0.8710191", False),
        ("-4.13", "-4.126", True),
        ("17", "17.2", False),
        ("87.1 %", "0.8710191", True),
        ("87.1 per cent", "87.12", True),
        ("$87.1\\,\\%$", "0.8716", False),
        ("87 %", "0.8710191", True),
        ("87", "0.8710191", False),
    ],
)
def test_rounding(text, exact, rounds):
    (number,) = numerals_in(text)
    assert number.rounds(Decimal(exact)) == rounds


@pytest.mark.parametrize(
    ("text", "exact", "states"),
    [
        ("17", "17", True),
        ("17", "17.2", True),
        ("17", "17.6", False),
        ("17", "18", False),
        ("87 %", "0.871", True),
        ("87 %", "87", False),
        ("-0.3", "0.3", False),
    ],
)
def test_what_a_sentence_may_say(text, exact, states):
    (number,) = numerals_in(text)
    assert number.states(Decimal(exact)) == states


def test_number_words():
    found = {word.text: word.value for word in words_in("Seven of twenty-one, half; someone wins.")}
    assert found == {"Seven": 7, "twenty-one": 21, "half": Decimal("0.5")}


def test_shapes():
    text = "(4, 3) and (3,), zeros((2,1)), Dense(2, 4), [3, 4, 1], f(3), x[0]"
    found = [shape.numbers for shape in lists_in(text)]
    assert found == [(4, 3), (3,), (2, 1), (2, 4), (3, 4, 1)]
