"""The figures: drawn without a warning, alike each time, in the book's colours, legible."""

import re
from collections.abc import Callable
from io import StringIO
from itertools import combinations
from typing import NamedTuple

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from book import figures
from book.figures.style import PALETTE, SMALLEST_TEXT
from book.kernel import prepare

POINTS = np.array([(3, 1.5), (2, 1), (4, 1.5), (3, 4), (3.5, 0.5), (2, 0.5), (5.5, 1), (1, 1)])
TARGETS = np.array([0, 1, 0, 1, 0, 1, 1, 0])
THROWS = [(8, -5.7), (3.8, -4), (2.3, -2), (1.4, 1.2), (0.2, -1.4), (1.1, 0.3), (-0.2, 1)]
SENTENCES = [
    "she watches the film",
    "they watched two films",
    "he is watching two films that she likes",
]
WORDS = ["be", "film", "he", "like", "she", "that", "the", "they", "two", "watch"]
COUNTS = [[0, 1, 0, 0, 1, 0, 1, 0, 0, 1], [0, 1, 0, 0, 0, 0, 0, 1, 1, 1], [1] * 6 + [0, 0, 1, 2]]
VALUES = {"x": "(1.66, 1.56)", "w": "(1.45, −0.66)", "b": "0", "z": "1.38", "ŷ": "0.80"}


def trail(rate):
    return (1 - 2 * rate) ** np.arange(10)


def probability(x):
    return 1 / (1 + np.exp(1.2 - x @ [0.3, 0.4]))


DRAWN = {
    "nested_fields": figures.nested_fields,
    "supervised_learning": figures.supervised_learning,
    "bag_of_words": lambda: figures.bag_of_words(SENTENCES, WORDS, COUNTS),
    "two_layers": figures.two_layers,
    "learning_loop": figures.learning_loop,
    "dartboard": lambda: figures.dartboard(THROWS),
    "arrows": lambda: figures.arrows({"input": (1.72, 1.23), "a": (1.26, 0), "b": (-0.5, 0.32)}),
    "forward_pass": figures.forward_pass,
    "forward_pass with values": lambda: figures.forward_pass(values=VALUES),
    "computation_graph of weights": lambda: figures.computation_graph(path="weights"),
    "computation_graph of bias": lambda: figures.computation_graph(path="bias"),
    "parabola": lambda: figures.parabola({"A": 0.87, "B": -0.6}),
    "parabola with tangents": lambda: figures.parabola({"A": 0.87, "B": -0.6}, tangent=True),
    "descent": lambda: figures.descent({f"rate {r}": trail(r) for r in (0.1, 0.5, 1.1)}),
    "points_plane": lambda: figures.points_plane(POINTS, TARGETS),
    "points_plane with lines": lambda: figures.points_plane(
        POINTS, TARGETS, line=[((1, -1), -1), ((2, 0.1), -5)]
    ),
    "points_plane with region": lambda: figures.points_plane(POINTS, TARGETS, region=probability),
    "parallelogram": lambda: figures.parallelogram(POINTS, TARGETS),
    "hero": figures.hero,
}
NOT_DRAWINGS = {"Diagram", "slider"}


class Drawn(NamedTuple):
    draw: Callable
    figure: Figure
    svg: str


@pytest.fixture
def style():
    with mpl.rc_context():
        prepare()
        yield
        plt.close("all")


def svg_of(figure):
    text = StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None})
    return text.getvalue()


def foreign_colours(svg):
    found = re.findall(r"(?:fill|stroke|stop-color)\s*[:=]\s*[\"']?\s*(#?\w+)", svg)
    return set(found) - {color.lower() for color in PALETTE} - {"none"}


def texts_of(figure):
    """Return what is written in a figure."""
    return [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]


def overlaps(figure):
    """Return the pairs of texts, ticks left aside, that overlap."""
    figure.draw_without_rendering()
    ticks = {
        label
        for axes in figure.axes
        for axis in (axes.xaxis, axes.yaxis)
        for label in axis.get_ticklabels(which="both")
    }
    boxes = [(t.get_text(), t.get_window_extent()) for t in texts_of(figure) if t not in ticks]
    return [(a, b) for (a, one), (b, two) in combinations(boxes, 2) if one.overlaps(two)]


def is_cut(figure):
    """Whether something is drawn beyond the sheet."""
    figure.draw_without_rendering()
    drawn, (width, height) = figure.get_tightbbox(), figure.get_size_inches()
    slack = 0.02
    return (
        drawn.x0 < -slack
        or drawn.y0 < -slack
        or drawn.x1 > width + slack
        or drawn.y1 > height + slack
    )


def test_every_figure_is_tested():
    offered = {name for name in figures.__all__ if name.islower()} - NOT_DRAWINGS
    assert offered == {name.split()[0] for name in DRAWN}


@pytest.fixture(scope="module", params=DRAWN)
def drawn(request):
    """Draw a figure; give it, what draws it, and its SVG."""
    with mpl.rc_context():
        prepare()
        draw = DRAWN[request.param]
        figure = draw()
        yield Drawn(draw, figure, svg_of(figure))
        plt.close(figure)


class TestDrawing:
    def test_is_reproducible(self, drawn):
        assert svg_of(drawn.draw()) == drawn.svg

    def test_has_colours_of_the_palette(self, drawn):
        assert foreign_colours(drawn.svg) == set()

    def test_is_transparent(self, drawn):
        assert not mpl.colors.to_rgba(drawn.figure.get_facecolor())[3]

    def test_is_as_wide_as_a_page(self, drawn):
        assert drawn.figure.get_size_inches()[0] == pytest.approx(5.4)

    def test_is_legible_on_a_phone(self, drawn):
        assert min(text.get_fontsize() for text in texts_of(drawn.figure)) >= SMALLEST_TEXT

    def test_has_no_text_on_another(self, drawn):
        assert overlaps(drawn.figure) == []

    def test_is_not_cut(self, drawn):
        assert not is_cut(drawn.figure)


@pytest.mark.usefixtures("style")
def test_fault_of_a_figure_is_seen():
    figure, axes = plt.subplots()
    axes.plot([0, 1], color="red")
    axes.text(0.5, 0.5, "one")
    axes.text(0.5, 0.5, "two")
    assert foreign_colours(svg_of(figure)) == {"#ff0000"}
    assert ("one", "two") in overlaps(figure)
    diagram = figures.Diagram()
    diagram.text(5.2, 1, "beyond the edge")
    assert is_cut(diagram.figure)


@pytest.mark.usefixtures("style")
def test_font_has_the_letters_of_the_book():
    figure = plt.figure()
    figure.text(0, 0, "σ ŷ ∂ Σ → − ² · η ≈ ≤ ½")
    figure.text(0, 0.5, "σ ŷ ∂ Σ → − ² · η ≈ ≤ ½", weight="bold")
    svg_of(figure)
    font = mpl.font_manager.findfont("Book Sans", fallback_to_default=False)
    assert font.endswith("BookSans-Regular.ttf")


@pytest.mark.usefixtures("style")
def test_page_draws_many_figures_and_prepare_closes_them():
    for _ in range(25):
        plt.figure()
    prepare()
    assert plt.get_fignums() == []


@pytest.mark.parametrize(
    ("mistake", "message"),
    [
        (lambda: figures.computation_graph(path="input"), "use 'weights' or 'bias'"),
        (lambda: figures.forward_pass({"y": "1"}), r"unknown symbols \['y'\]: use some of"),
    ],
)
def test_mistake_names_its_remedy(mistake, message):
    with pytest.raises(ValueError, match=message):
        mistake()
