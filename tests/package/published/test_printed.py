"""The comparison itself: it must not let anything through that the last digit rules out."""

import numpy as np
import pytest

from tests.package.published.printed import agrees, check


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.298", 0.29837),
        ("-0.30", -0.2951),
        ("6.0e-05", 6.04e-5),
        ("5e08", 500000000.35),
        ("0.7746924929149283", np.nextafter(0.7746924929149283, 1)),
    ],
)
def test_a_rounding_agrees(text, value):
    assert agrees(text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.298", 0.2986),
        ("0.298", 0.2974),
        ("0.298", -0.298),
        ("0.2980", 0.29837),
        ("0.7746924929149283", 0.7746924929149303),
        ("1e-9", 0.0),
    ],
)
def test_whatever_rounds_to_another_last_digit_does_not(text, value):
    assert not agrees(text, value)


def test_cutting_agrees_only_from_one_side():
    assert agrees("0.298", 0.29899, cut=True)
    assert agrees("-0.298", -0.29899, cut=True)
    assert not agrees("0.298", 0.2979, cut=True)
    assert not agrees("0.298", 0.2991, cut=True)
    assert not agrees("0.298", -0.2985, cut=True)


def test_single_precision_leaves_the_last_bits_open():
    assert agrees("0.16984604", 0.16984602, precision=np.float32)
    assert not agrees("0.16984604", 0.16984590, precision=np.float32)


def test_every_number_is_compared():
    check("0.30 0.70", [0.298, 0.702])
    with pytest.raises(AssertionError, match=r"printed 0\.71, ours 0\.702$"):
        check("0.30 0.71", [0.298, 0.702])
    with pytest.raises(AssertionError, match="1 numbers are printed, we have 2"):
        check("0.30", [0.298, 0.702])
