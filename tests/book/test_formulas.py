"""Equalities of numbers in formulas hold, and code says what other displayed formulas add up."""

import pytest

from tests.tools.complaints import fail_if_any
from tests.tools.formulas import complaints_about, false_equalities
from tests.tools.pages import Page


def test_all_formulas(pages):
    fail_if_any(complaint for page in pages for complaint in complaints_about(page))


@pytest.mark.parametrize(
    "tex",
    [
        r"0.65 \cdot 0.5 + 0.61 \cdot 0.4 + 0.59 \cdot 0.6 + 1 = 1.923",
        r"z = 0.2 \cdot (-0.3) + 1 &= -0.06 + 1 = 0.94",
        r"8 \cdot \left(\tfrac12\right)^2 = 2",
        r"\frac{3}{4} \approx 0.8",
        r"785 \cdot 114 = 89\,490",
        r"x = 3 \\ 4 = y",
        r"\sigma(0.62) = 0.65",
        r"2^{10} = 1024",
        r"2(\tfrac12 - 1) = -1",
    ],
)
def test_true_equalities_pass(tex):
    assert list(false_equalities(tex)) == []


@pytest.mark.parametrize(
    "tex",
    [
        r"0.65 \cdot 0.5 + 0.61 \cdot 0.4 + 0.59 \cdot 0.6 + 2 = 1.923",
        r"z = 0.2 \cdot (-0.3) + 1 &= 0.06 + 1 = 1.06",
        r"8 \cdot (\tfrac12)^2 = 4",
        r"\frac{3}{4} \approx 0.6",
        r"785 \cdot 114 = 89\,491",
        r"\frac{1}{\frac{1}{2}} = 1",
    ],
)
def test_false_ones_are_found(tex):
    assert len(list(false_equalities(tex))) == 1


SLOPE = """# Page

$$
E = (p - y)^2 + c
$$ (eq-e)
<!-- claim "(p - y)^2 + c": True -->

In the text $p - y$ may stand alone, as may $$1 + 2 = 3$$ and

$$
1 + 2 = 3
$$
"""


@pytest.mark.parametrize(
    ("old", "new", "complaints"),
    [
        ("", "", []),
        ('"(p - y)^2 + c"', '"(p - y)^2"', ['page.md:4: bind "(p - y)^2 + c" by a claim']),
        ('"(p - y)^2 + c"', '"+ c"', ['page.md:4: bind "E = (p - y)^2 + c" by a claim']),
        ("1 + 2 = 3\n$$", "a + 2 = 3\n$$", ['page.md:11: bind "a + 2 = 3" by a claim']),
    ],
)
def test_a_sum_in_a_displayed_formula_is_bound(old, new, complaints):
    found = list(complaints_about(Page("page.md", SLOPE.replace(old, new))))
    assert len(found) == len(complaints)
    assert all(map(str.startswith, found, complaints))
