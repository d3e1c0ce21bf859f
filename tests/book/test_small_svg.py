"""What is left out of an SVG is nothing that a reader sees."""

import re
from io import StringIO

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

from book.figures.small_svg import COARSER, FINE, small_svg
from book.kernel import prepare

NUMBER = re.compile(r"-?\d+\.?\d*")


@pytest.fixture(scope="module")
def both():
    """The SVG of a figure with curves, markers, letters and a formula, whole and shortened."""
    with mpl.rc_context():
        prepare()
        figure, axes = plt.subplots()
        axes.plot([0, 1, 2], [0, 0.3, -1.7], "o-", label=r"loss at $\alpha = 0.3$")
        axes.set(xlabel="epoch", ylabel=r"$\hat y$")
        axes.legend()
        text = StringIO()
        figure.savefig(text, format="svg", metadata={"Date": None})
        plt.close(figure)
    return text.getvalue(), small_svg(text.getvalue())


def numbers_of(attribute, svg):
    return [list(map(float, NUMBER.findall(part))) for part in re.findall(attribute, svg)]


@pytest.mark.parametrize("tag", ["<path", "<use", "<clipPath", "<g"])
def test_every_element_is_kept(both, tag):
    whole, short = both
    assert short.count(tag) == whole.count(tag) > 0


def test_every_curve_keeps_its_course(both):
    whole, short = (numbers_of(r' d="([^"]*)"(?! transform="scale)', svg) for svg in both)
    assert len(whole) == len(short) > 10
    for before, after in zip(whole, short, strict=True):
        assert after == pytest.approx(before, abs=0.051)


def test_every_letter_keeps_its_outline_and_its_size(both):
    whole, short = both
    glyph = r' d="([^"]*)" transform="scale\({}\)'
    before = numbers_of(glyph.format(FINE), whole)
    after = numbers_of(glyph.format(FINE * COARSER), short)
    assert len(before) == len(after) > 10
    for fine, coarse in zip(before, after, strict=True):
        assert [COARSER * number for number in coarse] == pytest.approx(fine, abs=COARSER / 2)


def test_every_name_leads_to_one_element(both):
    whole, short = both
    names = re.findall(r' id="([^"]*)"', short)
    assert len(set(names)) == len(names)
    used = re.findall(r'(?:href="|url\()#([^")]*)', short)
    assert len(used) == len(re.findall(r'(?:href="|url\()#([^")]*)', whole)) > 20
    assert set(used) <= set(names)


def test_it_is_much_shorter(both):
    whole, short = both
    assert len(short) < 0.7 * len(whole)
