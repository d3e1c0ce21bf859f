"""The figures: drawn without a warning, alike each time, in the book's colours, legible."""

import re
from collections.abc import Callable, Mapping
from io import StringIO
from itertools import combinations
from typing import NamedTuple

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.text import Text

from book import figures
from book.figures.classes import draw_reliability
from book.figures.depth import draw_sums_and_gradients
from book.figures.failing import draw_columns, draw_losses
from book.figures.graph_of_values import draw_graph, height_of
from book.figures.plane import draw_descent
from book.figures.processes import draw_means, draw_ring
from book.figures.style import PALETTE, SMALLEST_TEXT
from book.figures.windows import draw_sheet, draw_window
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
CORNERS, XOR = np.array([(0, 0), (0, 1), (1, 0), (1, 1)]), [0, 1, 1, 0]
NAMES = [["x₁", "x₂"], ["h₁", "h₂", "h₃"], ["ŷ"]]
INSIDE = [[0.35, -1.2], [0.5, 0.62, 0.71], [0.66]]
WEIGHTS = [np.array([(0.13, -0.13, 0.64), (0.1, -0.54, 0.36)]), np.array([[1.3], [0.95], [-0.7]])]
BIASES = [[-1.27, -0.62, 0.04], [-2.33]]
WAY = np.array([(-10, 1), (-9, -0.8), (-8, 0.6)])
WALK = np.array([(0.8, -0.5), (0.4, -0.7), (0.1, -1.2)])
VALUES = {"x": "(1.66, 1.56)", "w": "(1.45, −0.66)", "b": "0", "z": "1.38", "ŷ": "0.80"}
PEERS = ["tutorial", "floor", "scikit-learn", "torch", "torch.compile", "jax", "jax.scan"]
RATIOS = {
    "W6": dict(zip(PEERS[1:], [0.8, 1.6, 0.9, 0.92, 0.9, 0.83], strict=True)),
    "W1 Neuron": dict(zip(PEERS, [5, 0.4, 70, 90, 120, 7, 0.05], strict=True)),
}
MOVED = {"a": [[0.9, 0.8, 0.6], [0.9, 0.7, 0.5]], "b": [[0.8, 0.8, 0.7], [0.9, 0.8, 0.8]]}
GRADIENTS = {"sigmoid": [[1e-6, 1e-4, 1e-2]] * 3, "tanh": [[2, 2, 3]] * 3, "ReLU": [[90, 9, 1]]}
LEARNED = {
    "line": [0.82, 0.88, 0.92, 0.95, 0.96, 0.965],
    "network": [0.81, 0.9, 0.92, 0.95, 0.97, 0.98],
}
SEEN = {"line": [1, 1, 1, 0.99, 0.98, 0.97], "network": [1.0] * 6}
CALLS = [("X.dot", "X", "spare"), ("add", "spare", "z"), ("exp", "z", "spare")]


def trail(rate):
    return (1 - 2 * rate) ** np.arange(10)


def probability(x):
    return 1 / (1 + np.exp(1.2 - x @ [0.3, 0.4]))


def bowl(places):
    return np.sum(np.array([1, 25]) * places**2, axis=-1) / 2


def saddle(w1, w2):
    return w1**2 - w2**2 / 9


class Remembered:
    """A value that knows what it was made of."""

    def __init__(self, value, gradient, *sources):
        self.value, self.gradient = value, gradient
        self.sources = [(source, None) for source in sources]
        self.depth = 1 + max((source.depth for source in sources), default=0)


def square_plus(gradient):
    x = Remembered(-1.5, gradient)
    square = Remembered(2.25, 0.0, x, x)
    return Remembered(0.75, 0.0, square, x), square, x


def graph_of_square_plus(gradient):
    end, _, x = square_plus(gradient)
    return figures.graph_of_values(end, {x: "$x$"})


def valley(w):
    return 0.1 * (w - 2) ** 2 * (w**2 + 4)


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
    "border": lambda: figures.border(POINTS, TARGETS, probability),
    "border_across": lambda: figures.border_across(POINTS, TARGETS, (1, 1), 6),
    "shadow": lambda: figures.shadow((1.72, 1.23), (2.17, 0.32)),
    "shadow backwards": lambda: figures.shadow((1.72, 1.23), (-1, 0.5)),
    "landscape": lambda: figures.landscape(saddle, WALK, (-1, -2), (1, 2)),
    "nudge": lambda: figures.nudge({"w_1": 1e-3, "z": 2e-3, r"\hat{y}": -2.2e-4, "E": -3.9e-4}),
    "parabola": lambda: figures.parabola({"A": 0.87, "B": -0.6}),
    "parabola with tangents": lambda: figures.parabola({"A": 0.87, "B": -0.6}, tangent=True),
    "descent": lambda: figures.descent({f"rate {r}": trail(r) for r in (0.1, 0.5, 1.1)}),
    "points_plane": lambda: figures.points_plane(POINTS, TARGETS),
    "points_plane with lines": lambda: figures.points_plane(
        POINTS, TARGETS, line=[((1, -1), -1), ((2, 0.1), -5)]
    ),
    "points_plane with region": lambda: figures.points_plane(POINTS, TARGETS, region=probability),
    "lines_and_errors": lambda: figures.lines_and_errors(
        POINTS, TARGETS, {"A": (1, -6, 4.5), "B": (-2, 1, 4)}
    ),
    "parallelogram": lambda: figures.parallelogram(POINTS, TARGETS),
    "hero": figures.hero,
    "network_diagram": lambda: figures.network_diagram([3, 4, 1]),
    "network_diagram of two hidden layers": lambda: figures.network_diagram([2, 3, 3, 1]),
    "network_diagram with names": lambda: figures.network_diagram([2, 3, 1], NAMES),
    "network_diagram with numbers": lambda: figures.network_diagram(
        [2, 3, 1], NAMES, INSIDE, WEIGHTS, BIASES
    ),
    "sequential_graph": figures.sequential_graph,
    "slopes_flow_back": lambda: figures.slopes_flow_back(
        [3, 1],
        [[-0.184, 0.096], [0.245]],
        [np.ones((2, 2)), np.ones((2, 1))],
        [["g_1", "g_2"], ["g"]],
    ),
    "replacement": figures.replacement,
    "one_vector": figures.one_vector,
    "recorded_step": lambda: figures.recorded_step(CALLS, ["X", "spare", "z"]),
    "table_product": lambda: figures.table_product((4, 3), (3, 4)),
    "table_product with a column": lambda: figures.table_product((10, 4), (4, 1), ("H", "W", "Z")),
    "transposes": figures.transposes,
    "stretched_shapes": figures.stretched_shapes,
    "squares": lambda: figures.squares([0.9, 0.5, 0.4], [1.0, 1.0, 0.0]),
    "rolling": lambda: figures.rolling(valley, -2.0, 0.09, 8),
    "rolling up": lambda: figures.rolling(valley, 1.0, 1.4, 3),
    "plane_of_xor": figures.plane_of_xor,
    "plane_of_xor with lines": lambda: figures.plane_of_xor(
        np.full((2, 2), 20.0), [-10, -30], predict=probability
    ),
    "bent_space": lambda: figures.bent_space(
        CORNERS, CORNERS @ [(0.9, 0), (0, 0.4)], XOR, line=((4, -4), -2)
    ),
    "residual_curves": lambda: figures.residual_curves(
        [30, 100, 300, 1000, 3000],
        {"clean": [0.2, 0.15, 0.1, 0.05, 0.04], "noisy": [0.21, 0.19, 0.17, 0.2, 0.24]},
    ),
    "garden_light": figures.garden_light,
    "gradients_by_layer": lambda: figures.gradients_by_layer(GRADIENTS),
    "seed_dots": lambda: figures.seed_dots({"one": [0.1, 0.2], "two": [0.9, 0.95]}, "accuracy"),
    "ten_digits": lambda: figures.ten_digits(np.eye(40, 64), np.arange(40) % 10),
    "shares": lambda: figures.shares(np.array([2.0, 1.0, -1.0])),
    "confusion": lambda: figures.confusion([8, 8, 1, 3, 3], [1, 1, 8, 3, 5]),
    "learning_curves": lambda: figures.learning_curves(
        [50, 100, 200, 400, 800, 1400], LEARNED, SEEN
    ),
    "misread_digits": lambda: figures.misread_digits(np.eye(7, 64), range(7), range(1, 8)),
    "predicted_prices": lambda: figures.predicted_prices(
        [200, 300, 400], {"line": [210, 290, 380], "network": [205, 310, 395]}
    ),
    "pulls": lambda: figures.pulls([(1, 0.5), (-0.4, 0.1), (-0.6, -0.6)], [1, 0, 0]),
    "shared_batch": lambda: figures.shared_batch([[4, 2], [-1, 3]]),
    "sums_on_sigmoid": lambda: figures.sums_on_sigmoid(
        {"raw": np.linspace(-90, 60, 8), "scaled": np.linspace(-2, 3, 8)}
    ),
    "graph_of_values": lambda: graph_of_square_plus(2.0),
    "ratio_dots": lambda: figures.ratio_dots(RATIOS),
    "picture_grid": lambda: figures.picture_grid(np.eye(5, 45).reshape(5, 5, 9) - 0.5, "abcde"),
    "picture_grid of shades": lambda: figures.picture_grid(np.ones((2, 3, 3)), "ab", columns=2),
    "shares_when_moved": lambda: figures.shares_when_moved(MOVED),
    "weight_table": lambda: figures.weight_table(np.eye(64, 36) - np.eye(64, 36, 3)),
    "valley": lambda: figures.valley(bowl, {"one": WAY, "two": WAY / 2}),
}
NOT_DRAWINGS = {"Diagram", "slider"}


class Drawn(NamedTuple):
    draw: Callable
    figure: Figure
    facts: Mapping
    svg: str


@pytest.fixture
def style():
    with mpl.rc_context():
        prepare()
        yield
        plt.close("all")


def svg_of(figure):
    text = StringIO()
    # The sheet itself, for to find a tight box Matplotlib draws everything twice.
    figure.savefig(text, format="svg", bbox_inches=figure.bbox_inches, metadata={"Date": None})
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
        figure, facts = vars(draw()).values()
        yield Drawn(draw, figure, facts, svg_of(figure))
        plt.close(figure)


class TestDrawing:
    def test_is_reproducible(self, drawn):
        assert svg_of(drawn.draw().figure) == drawn.svg

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

    def test_tells_what_an_alt_must_say(self, drawn):
        assert any(fact is not False for fact in drawn.facts.values())


FEW = {"a": [3, 2, 1], "b": [3, 1, 2]}
SIDES = {"one": [(-9, 1), (-5, -1), (-1, 1)], "two": [(-9, 1), (-7, 0.5), (-5, 0.2)]}


@pytest.mark.usefixtures("style")
@pytest.mark.parametrize(
    ("draw", "facts"),
    [
        (lambda: figures.network_diagram([2, 3, 1]), {"inputs": 2, "hidden neurons": 3}),
        (lambda: figures.network_diagram([5, 1]), {"layers": 1, "inputs": 5, "outputs": 1}),
        (lambda: figures.network_diagram([2, 3, 3, 1]), {"hidden layers of": (3, 3)}),
        (
            lambda: figures.network_diagram([2, 1], values=[[0.5, -1], ["?"]], biases=[[4]]),
            {"inputs are": (0.5, -1), "bias": 4},
        ),
        (lambda: figures.dartboard(THROWS), {"throws": 7, "first": "lower right"}),
        (lambda: figures.dartboard([(-5, 5), (6, 5)]), {"close around the bull": False}),
        (lambda: figures.bag_of_words(SENTENCES, WORDS, COUNTS), {"zero or one": False}),
        (lambda: figures.rolling(lambda w: w**2, 1.0, 0.1, 3), {"from the right": True}),
        (lambda: figures.rolling(lambda w: w**2, 1.0, 1.1, 3), {"walk down": False}),
        (lambda: figures.residual_curves([1, 2, 4], FEW), {"a": "stays low", "b": "rises again"}),
        (
            lambda: figures.descent({str(rate): trail(rate) for rate in (0.1, 0.5, 0.9, 1, 1.1)}),
            {
                "0.1": "creep down",
                "0.5": "one step",
                "0.9": "swing down",
                "1": "jump",
                "1.1": "climb",
            },
        ),
        (
            lambda: figures.valley(bowl, SIDES),
            {"ends nearest to the middle": "one", "one": "side to side", "two": "along"},
        ),
        (lambda: figures.plane_of_xor([[20, 3], [10, -6]], [-10, 2]), {"parallel": False}),
        (
            lambda: figures.plane_of_xor(predict=lambda x: np.full(len(x), 0.1)),
            {"target 0 lies between": True, "target 1 lies between": False},
        ),
        (
            lambda: figures.bent_space(CORNERS, CORNERS * (1, 0), XOR),
            {"with target 0 overlap": False, "with a straight line": False},
        ),
        (lambda: figures.points_plane(POINTS[:3], TARGETS[:3]), {"circles with target 0": 2}),
        (
            lambda: figures.misread_digits(np.eye(3, 64), [8, 8, 1], [1, 1, 2]),
            {"pictures": 3, "8 was read as 1": 2},
        ),
        (
            lambda: figures.confusion([8, 8, 1, 5, 5, 5], [1, 1, 2, 5, 5, 5]),
            {"digits": 10, "most often": "8 read as 1"},
        ),
        (lambda: figures.shares(np.zeros(2)), {"raw outputs": (0, 0), "shares": (0.5, 0.5)}),
        (
            lambda: figures.learning_curves(
                [1, 9], {"a": [1, 2], "b": [2, 1]}, {"a": [0, 0], "b": [0, 0]}
            ),
            {"curves": 4, "training rows": (1, 9), "ends highest": "a"},
        ),
        (
            lambda: figures.predicted_prices([1, 2, 3], {"line": [3, 1, 2]}),
            {"houses": 3, "follow the diagonal": False},
        ),
        (lambda: figures.ratio_dots(RATIOS), {"rows": 2, "peers": 6, "widest": "W1 Neuron"}),
        (lambda: figures.parabola({"A": 1, "B": -1}), {"point A": "rises", "point B": "falls"}),
        (lambda: figures.arrows({"a": (1, 2), "b": (1, 0)}), {"shortest": "b"}),
        (
            lambda: figures.landscape(saddle, WALK[::-1], (-1, -2), (1, 1)),
            {"steps": 2, "downhill": False, "inside": True},
        ),
        (lambda: figures.nudge({"w": 1, "z": 2}), {"boxes": 2, "arrows": 1}),
        (lambda: figures.computation_graph(path="bias"), {"to the weights is bold": False}),
        (lambda: figures.table_product((4, 3), (3, 2)), {"X": (4, 3), "X W₁": (4, 2)}),
        (lambda: figures.recorded_step(CALLS, ["X", "spare", "z"]), {"lines": 3, "arrows": 3}),
        (
            lambda: figures.weight_table(np.eye(4, 3)),
            {"columns": 3, "weights that are not zero": 3},
        ),
        (lambda: figures.picture_grid(np.ones((3, 2, 2)), "abc"), {"pictures": 3}),
        (
            lambda: figures.shares_when_moved(MOVED),
            {"networks": 2, "distances": 3, "highest at the right": "b"},
        ),
        (
            lambda: figures.shared_batch([[1, 2, 3], [6]]),
            {"rows": 4, "means": (2, 6), "mean of both": 4},
        ),
        (lambda: figures.squares([0.5, 0], [0, 0]), {"squares": 2, "sum of the areas": 0.25}),
        (
            lambda: figures.gradients_by_layer(GRADIENTS),
            {"layers": 3, "sigmoid": "shrinks", "tanh": "stays level", "ReLU": "grows"},
        ),
        (
            lambda: figures.seed_dots({"one": [0.6, 0.2], "two": [0.5, 0.5]}, "accuracy"),
            {"rows": 2, "dots in each row": 2, "highest on average": "two"},
        ),
    ],
)
def test_facts_follow_the_data(draw, facts):
    assert facts.items() <= draw().facts.items()


def written(figure):
    return [text.get_text() for text in texts_of(figure)]


@pytest.mark.usefixtures("style")
class TestNetworkDiagram:
    def test_shows_all_numbers(self):
        shown = written(DRAWN["network_diagram with numbers"]().figure)
        expected = [0.35, -1.2, 0.5, 0.62, 0.71, 0.66]
        expected += [*WEIGHTS[0].flat, *WEIGHTS[1].flat, *BIASES[0], *BIASES[1]]
        assert {f"{value:g}".replace("-", "−") for value in expected} <= set(shown)

    def test_names_columns_and_tables(self):
        shown = written(figures.network_diagram([2, 3, 3, 1]).figure)
        assert shown.count("hidden layer") == 2
        assert {"input", "output"} < set(shown)
        assert [text[-6:] for text in shown if "W" in text] == ["(2, 3)", "(3, 3)", "(3, 1)"]

    def test_rounds_to_two_decimals_and_leaves_texts(self):
        shown = written(figures.network_diagram([2, 1], values=[[1.005, "?"], [-0.001]]).figure)
        assert {"1", "?", "0"} < set(shown)


@pytest.mark.usefixtures("style")
class TestRolling:
    def points(self, figure):
        return figure.axes[0].lines[1].get_xydata()

    def test_takes_the_steps_of_gradient_descent(self):
        points = self.points(figures.rolling(lambda w: w**2, 1.0, 0.1, 3).figure)
        assert points[:, 0] == pytest.approx([1, 0.8, 0.64, 0.512])
        assert points[:, 1] == pytest.approx(points[:, 0] ** 2)

    def test_shows_the_curve_beyond_the_last_point(self):
        figure = figures.rolling(valley, -2.0, 0.09, 8).figure
        curve, points = figure.axes[0].lines[0].get_xydata(), self.points(figure)
        lowest = curve[curve[:, 1].argmin(), 0]
        assert points[-1, 0] < lowest < curve[-1, 0]


@pytest.mark.usefixtures("style")
@pytest.mark.parametrize(("rate", "leaves"), [(0.9, False), (1.1, True)])
def test_trail_that_climbs_leaves_the_picture(rate, leaves):
    _, axes = plt.subplots()
    facts = draw_descent(axes, trail(rate), reach=2)
    _, drawn, _ = axes.lines
    miss, error = drawn.get_xydata().T
    assert miss == pytest.approx(trail(rate))
    assert error == pytest.approx(trail(rate) ** 2)
    assert facts["leave the picture"] is leaves
    assert (abs(miss).max() > axes.get_xlim()[1]) == leaves


@pytest.mark.usefixtures("style")
def test_losses_that_rise_are_told_from_those_that_fall():
    _, axes = plt.subplots()
    facts = draw_losses(axes, np.array([[2, 2, 2], [1, 1, 3], [0, 1, 0]]))
    assert facts == {"epochs": 3, "curves": 3, "falling all the way": 2, "rising at some step": 1}
    assert [line.get_ydata().tolist() for line in axes.lines] == [[2, 1, 0], [2, 1, 1], [2, 3, 0]]


@pytest.mark.usefixtures("style")
@pytest.mark.parametrize(
    ("sums", "word"), [([1, 0.3, 0.1], "shrink"), ([1, 2, 1], "stay level"), ([1, 3, 9], "grow")]
)
def test_sums_that_shrink_or_grow_from_layer_to_layer_are_told(sums, word):
    _, axes = plt.subplots()
    assert draw_sums_and_gradients(axes, np.array(sums), np.ones(3)) == {"layers": 3, "sums": word}
    assert [line.get_ydata().tolist() for line in axes.lines] == [sums, [1, 1, 1]]


def test_means_tell_how_far_they_are_from_the_whole():
    _, axes = plt.subplots()
    facts = draw_means(axes, 20, np.array([0.1, 0.0, -0.1]), np.array([0.08, 0.0, -0.05]))
    assert facts == {"outputs": 3, "squares": 20, "triangles": 12, "as far as": 0.05}
    squares, triangles = (len(dots.get_offsets()) for dots in axes.collections[:2])
    assert (squares, triangles) == (20, 12)
    assert [list(line.get_ydata()) for line in axes.lines] == [[0.1, 0, -0.1], [0.08, 0, -0.05]]


@pytest.mark.usefixtures("style")
@pytest.mark.parametrize(("sent", "arrows", "thick"), [([0, 1, 2], 3, 3), ([], 0, 0)])
def test_ring_shows_what_is_in_each_piece_and_what_goes_on(sent, arrows, thick):
    _, axes = plt.subplots()
    facts = draw_ring(axes, np.array([[1, 3, 2], [3, 1, 2], [1, 2, 3]]), sent)
    assert facts == {"processes": 3, "pieces each": 3, "whole sums": 3}
    assert [t.get_text() for t in axes.texts if t.get_text().isdigit()] == list("132312123")
    cells = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    assert len(axes.patches) - len(cells) == arrows
    assert sum(cell.get_linewidth() == 3 for cell in cells) == thick


@pytest.mark.usefixtures("style")
def test_columns_show_every_weight_and_whether_they_are_equal():
    _, axes = plt.subplots()
    facts = draw_columns(axes, {"a": np.full((2, 2), 0.5), "b": np.array([[0.5, 0.5], [1, -2]])})
    assert facts == {
        "tables": 2,
        "a, the columns are equal": True,
        "a, they differ": False,
        "b, the columns are equal": False,
        "b, they differ": True,
    }
    shown = [text.get_text() for text in axes.texts]
    assert shown == [*["0.50"] * 4, "a", "0.50", "0.50", "1.00", "−2.00", "b"]


@pytest.mark.usefixtures("style")
def test_reliability_compares_how_sure_with_how_often_right():
    _, axes = plt.subplots()
    confidence = np.repeat([0.4, 0.65, 0.95], [40, 10, 60])
    right = np.concatenate([np.arange(50) % 2 == 0, np.arange(60) % 3 > 0])
    facts = draw_reliability(axes, confidence, right)
    assert facts == {"sure": pytest.approx(confidence.mean()), "right": right.mean()}
    points = axes.collections[1]
    assert np.ravel(points.get_offsets()).tolist() == pytest.approx([0.4, 0.5, 0.95, 2 / 3])
    assert points.get_sizes()[0] < points.get_sizes()[1]


@pytest.mark.usefixtures("style")
def test_product_marks_a_row_a_column_and_their_cell():
    figure = figures.table_product((4, 3), (3, 2), names=("X", "W", "Z")).figure
    cells = [cell for cell in figure.axes[0].patches if isinstance(cell, Rectangle)]
    marked = [cell.get_facecolor()[3] > 0.5 for cell in cells]
    assert [sum(marked[:12]), sum(marked[12:18]), sum(marked[18:])] == [3, 3, 1]


@pytest.mark.usefixtures("style")
class TestGraphOfValues:
    def test_shows_each_value_once_and_each_gradient_that_came(self):
        figure, facts = vars(graph_of_square_plus(2.0)).values()
        assert written(figure) == ["$x$", "−1.5", "2", "2.25", "0.75"]
        assert facts == {"values": 3, "arrows": 4, "gradients": 1}

    def test_arrows_of_the_last_that_passed_stand_out(self):
        end, square, _ = square_plus(0.0)
        _, axes = plt.subplots(figsize=(5.4, height_of(end)))
        assert draw_graph(axes, end, {}, [end, square])["gradients"] is False
        widths = [arrow.get_linewidth() for arrow in axes.findobj(FancyArrowPatch)]
        assert sorted(widths) == [1.5, 1.5, 3.2, 3.2]


@pytest.mark.usefixtures("style")
def test_lines_of_xor_are_where_a_hidden_neuron_is_undecided():
    figure = figures.plane_of_xor([[20, 3], [10, -6]], [-10, 2]).figure
    lines = [line for line in figure.axes[0].lines if "neuron" in line.get_label()]
    for line, weights, bias in zip(lines, [(20, 10), (3, -6)], (-10, 2), strict=True):
        assert line.get_xydata() @ weights + bias == pytest.approx(0, abs=1e-9)


@pytest.mark.usefixtures("style")
def test_minimum_of_each_curve_is_marked():
    (axes,) = figures.residual_curves([1, 2, 4], {"a": [3, 2, 1], "b": [3, 1, 2]}).figure.axes
    marks = next(line for line in axes.lines if line.get_label() == "minimum")
    assert marks.get_xydata().tolist() == [[4, 1], [2, 1]]


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


@pytest.mark.usefixtures("style")
def test_style_of_the_reader_changes_nothing():
    ours = dict(mpl.rcParams)
    mpl.rcParams.update({"lines.marker": "o", "font.size": 30, "figure.dpi": 300})
    prepare()
    assert dict(mpl.rcParams) == ours


@pytest.mark.parametrize(
    ("mistake", "message"),
    [
        (lambda: figures.computation_graph(path="input"), "use 'weights' or 'bias'"),
        (lambda: figures.forward_pass({"y": "1"}), r"unknown symbols \['y'\]: use some of"),
        (lambda: figures.network_diagram([3]), r"at least two counts of circles, such as \[3, 1\]"),
        (
            lambda: figures.network_diagram([2, 1], NAMES),
            r"labels must be one list for each column",
        ),
        (
            lambda: figures.network_diagram([3, 1], weights=[np.ones((1, 3))]),
            r"weights have shapes \[\(1, 3\)\]: widths \[3, 1\] need \[\(3, 1\)\]",
        ),
        (lambda: figures.table_product((4, 3), (4, 3)), r"the first of the right one, as in"),
        (lambda: figures.rolling(valley, 3.0, 5.0, 20), "take fewer steps or a smaller rate"),
    ],
)
def test_mistake_names_its_remedy(mistake, message):
    with pytest.raises(ValueError, match=message):
        mistake()


@pytest.mark.usefixtures("style")
def test_valley_has_a_panel_for_each_path_with_its_start_marked():
    panels = figures.valley(bowl, {"one": WAY, "two": WAY / 2}).figure.axes
    for axes, name, path in zip(panels, ("one", "two"), (WAY, WAY / 2), strict=True):
        drawn, start, lowest = (line.get_xydata() for line in axes.lines)
        assert axes.get_title() == name
        assert drawn.tolist() == path.tolist()
        assert start.tolist() == [path[0].tolist()]
        assert bowl(lowest) == bowl(np.zeros(2))


@pytest.mark.usefixtures("style")
def test_ratios_stand_in_the_row_of_their_work():
    (axes,) = figures.ratio_dots(RATIOS).figure.axes
    assert [label.get_text() for label in axes.get_yticklabels()] == list(RATIOS)
    found = {line.get_label(): line.get_xydata() for line in axes.lines}
    for peer in PEERS:
        rows = [row for row in RATIOS.values() if peer in row]
        assert found[peer][:, 0].tolist() == [row[peer] for row in rows]
        places = [place for place, row in enumerate(RATIOS.values()) if peer in row]
        assert found[peer][:, 1] == pytest.approx(places, abs=0.35)


@pytest.mark.usefixtures("style")
def test_a_sheet_shows_all_its_pictures():
    _, axes = plt.subplots()
    assert draw_sheet(axes, np.ones((3, 2, 2)), "abc", columns=2) == {"pictures": 3}
    assert len(axes.images) == 3
    assert [text.get_text() for text in axes.texts] == ["a", "b", "c"]


@pytest.mark.usefixtures("style")
@pytest.mark.parametrize(
    ("place", "facts"),
    [(1, {"row": 1, "column": 1, "answer": 10}), (6, {"row": 2, "column": 3, "answer": 22})],
)
def test_a_window_tells_where_it_is_and_what_it_answers(place, facts):
    _, axes = plt.subplots()
    picture = np.repeat(np.arange(1, 5)[None], 3, axis=0)
    assert draw_window(axes, picture, np.array([[1, 1], [1, 3]]), place) == facts
