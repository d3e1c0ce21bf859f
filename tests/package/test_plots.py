"""The plots: what they draw, what they refuse, and that they leave Matplotlib alone."""

import subprocess
import sys
from functools import partial
from io import StringIO
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.collections import Collection
from matplotlib.colors import same_color, to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

import neuralnet
from neuralnet import Dense, History, Network, Sigmoid, Standardize
from neuralnet.datasets import eight_points
from neuralnet.plots import COLORS, plot_decision, plot_history, plot_network, plot_points

POINTS, LABELS = eight_points()


@pytest.fixture
def axes():
    return Figure().subplots()


def history(losses, validation=()):
    run = History(0.1)
    for epoch, loss in enumerate(losses):
        run.record(epoch, loss, *validation[epoch : epoch + 1])
    return run


def side(rows):
    """Answer 1 right of the line where the first number is 3."""
    return 1 / (1 + np.exp(3 - rows[:, 0]))


def network(*tables):
    """Return a network with these weights."""
    net = Network([Dense(*np.shape(table)) for table in tables], rng=0)
    for layer, table in zip(net.layers, tables, strict=True):
        layer.weights[...] = table
    return net


def lines_called(axes, *names):
    lines = {line.get_label(): line for line in axes.lines}
    return [lines[name] for name in names]


def is_marked(artist):
    return isinstance(artist, Line2D) and artist.get_marker() != "None"


def texts_of_legend(axes):
    return [text.get_text() for text in axes.get_legend().get_texts()]


def svg_of(axes):
    text = StringIO()
    with mpl.rc_context({"svg.hashsalt": "test"}):
        axes.figure.savefig(text, format="svg", metadata={"Date": None})
    return text.getvalue()


DRAWINGS = {
    "history": lambda axes: plot_history(history([3, 2, 1]), axes),
    "points": lambda axes: plot_points(POINTS, LABELS, axes),
    "decision": lambda axes: plot_decision(side, POINTS, LABELS, axes, resolution=20),
    "network": lambda axes: plot_network(Network([Dense(2, 3), Dense(3, 1)], rng=0), axes),
}


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
class TestEveryPlot:
    def test_gives_its_axes_back(self, draw, axes):
        assert draw(axes) is axes

    def test_is_reproducible(self, draw):
        assert svg_of(draw(Figure().subplots())) == svg_of(draw(Figure().subplots()))

    def test_draws_nowhere_else(self, draw, axes):
        draw(axes)
        assert axes.figure.axes == [axes]
        assert "matplotlib.pyplot" not in sys.modules or not mpl.pyplot.get_fignums()

    def test_lays_markers_above_lines_and_ground(self, draw):
        layers = sorted(draw(Figure().subplots()).get_children(), key=lambda artist: artist.zorder)
        marked = [is_marked(one) for one in layers if isinstance(one, Line2D | Collection)]
        assert any(marked)
        assert marked == sorted(marked)


@pytest.mark.parametrize(
    ("name", "entries"),
    [("decision", ["target 0", "target 1"]), ("network", ["positive", "negative"])],
)
def test_legend_is_one_row_above_the_middle_of_the_picture(axes, name, entries):
    DRAWINGS[name](axes)
    axes.figure.draw_without_rendering()
    assert texts_of_legend(axes) == entries
    left, right = (text.get_window_extent() for text in axes.get_legend().get_texts())
    assert left.x1 < right.x0
    box, picture = axes.get_legend().get_window_extent(), axes.get_window_extent()
    assert picture.y1 < box.y0 < picture.y1 + box.height
    assert box.x0 + box.x1 == pytest.approx(picture.x0 + picture.x1)


class TestHistory:
    def test_draws_the_losses_over_the_epochs(self, axes):
        plot_history(history([3, 2, 1.5]), axes)
        (loss,) = lines_called(axes, "loss")
        assert loss.get_xydata().tolist() == [[0, 3], [1, 2], [2, 1.5]]
        assert "validation loss" not in [line.get_label() for line in axes.lines]

    def test_marks_the_best_epoch_on_the_validation_loss(self, axes):
        plot_history(history([3, 2, 1], [4, 2.5, 3]), axes)
        loss, best = lines_called(axes, "validation loss", "best epoch: 1")
        assert loss.get_ydata().tolist() == [4, 2.5, 3]
        assert best.get_xydata().tolist() == [[1, 2.5]]

    def test_marks_the_best_record_where_not_every_step_was_recorded(self, axes):
        run = History(0.1, record_every=100)
        for step, loss in ((0, 3), (100, 1), (200, 2)):
            run.record(step, loss)
        plot_history(run, axes)
        (best,) = lines_called(axes, "best epoch: 100")
        assert best.get_xydata().tolist() == [[100, 1]]

    def test_names_its_axes_and_lines(self, axes):
        plot_history(history([3, 2, 1], [4, 2.5, 3]), axes)
        assert (axes.get_xlabel(), axes.get_ylabel()) == ("epoch", "loss")
        assert texts_of_legend(axes) == ["loss", "validation loss", "best epoch: 1"]

    def test_tells_its_lines_apart_by_colour_and_by_dashes(self, axes):
        plot_history(history([3, 2, 1], [4, 2.5, 3]), axes)
        lines = lines_called(axes, "loss", "validation loss")
        assert [line.get_color() for line in lines] == list(COLORS[:2])
        assert [line.get_linestyle() for line in lines] == ["-", "--"]

    def test_shows_the_whole_marker_of_an_epoch_at_the_edge(self, axes):
        plot_history(history([3, 2, 1]), axes)
        (best,) = lines_called(axes, "best epoch: 2")
        assert is_marked(best)
        assert not best.get_clip_on()

    def test_refuses_an_empty_one(self, axes):
        with pytest.raises(ValueError, match="train for longer"):
            plot_history(History(0.1), axes)


class TestPoints:
    def test_give_each_class_its_colour_and_shape(self, axes):
        plot_points(POINTS, LABELS, axes)
        zero, one = lines_called(axes, "target 0", "target 1")
        assert one.get_xydata().tolist() == POINTS[LABELS == 1].tolist()
        assert zero.get_color() != one.get_color()
        assert zero.get_marker() != one.get_marker()

    def test_have_the_look_of_their_class_even_alone(self, axes):
        plot_points([(0, 0), (1, 1)], [[1.0], [1.0]], axes)
        (one,) = lines_called(axes, "target 1")
        assert one.get_color() == COLORS[1]

    def test_show_six_classes_apart_and_then_begin_again(self, axes):
        plot_points([(k, k) for k in range(8)], range(8), axes)
        points = lines_called(axes, *[f"target {k}" for k in range(8)])
        colours = [line.get_color() for line in points]
        shapes = [line.get_marker() for line in points]
        assert len(set(colours[:6])) == len(set(shapes[:6])) == 6
        assert (colours[6:], shapes[6:]) == (colours[:2], shapes[:2])
        assert all(map(is_marked, points))

    @pytest.mark.parametrize("draw", [plot_points, partial(plot_decision, side)])
    @pytest.mark.parametrize(
        ("options", "across", "upwards"),
        [({}, (0.5, 13.5), (4.85, 5.15)), ({"margin": 0.2}, (0, 14), (4.8, 5.2))],
    )
    def test_have_space_around_them(self, axes, draw, options, across, upwards):
        draw([(2, 5), (12, 5)], [0, 1], axes, **options)
        assert axes.get_xlim() == pytest.approx(across)
        assert axes.get_ylim() == pytest.approx(upwards)

    @pytest.mark.parametrize(
        ("points", "labels", "remedy"),
        [
            (np.ones((2, 3)), [0, 1], r"pass two columns, X\[:, \[i, j\]\]"),
            (np.ones(2), [0, 1], "pass two columns"),
            (np.ones((0, 2)), [], "pass two columns"),
            (np.ones((2, 2)), [0, 1, 1], r"X has shape \(2, 2\) .* one target for each row"),
            (np.ones((2, 2)), [0, 0.5], "number the classes 0, 1"),
            (np.ones((2, 2)), [-1, 1], "number the classes 0, 1"),
            (np.full((2, 2), np.nan), [0, 1], "^X holds nan .* drop or fill missing values"),
            (np.ones((2, 2)), [0, np.nan], "^targets holds nan .* drop or fill missing values"),
        ],
    )
    def test_that_do_not_fit_are_refused(self, axes, points, labels, remedy):
        with pytest.raises(ValueError, match=remedy):
            plot_points(points, labels, axes)


class TestDecision:
    def contour(self, axes):
        """Return the points of the line at one half."""
        line = axes.collections[1]
        assert line.levels.tolist() == [0.5]
        return np.vstack([path.vertices for path in line.get_paths()])

    def tints(self, axes, across):
        """Return the colours of the ground at some places of one height."""
        ground = axes.collections[0]
        here = [[path.contains_point((x, 0.3)) for path in ground.get_paths()] for x in across]
        return [tuple(ground.get_facecolors()[found.index(True)]) for found in here]

    @pytest.mark.parametrize("form", [np.array, list, lambda answers: answers.reshape(-1, 1)])
    def test_line_is_where_the_answer_is_one_half(self, axes, form):
        plot_decision(lambda rows: form(side(rows)), POINTS, LABELS, axes, 30)
        assert self.contour(axes)[:, 0] == pytest.approx(3, abs=0.01)

    @pytest.mark.parametrize(("given", "places"), [((), 100**2), ((7,), 7**2)])
    def test_asks_for_every_place_that_is_shown(self, axes, given, places):
        asked = []
        plot_decision(lambda rows: asked.append(rows) or side(rows), POINTS, LABELS, axes, *given)
        assert asked[0].shape == (places, 2)
        assert asked[0].min(axis=0) == pytest.approx([axes.get_xlim()[0], axes.get_ylim()[0]])
        assert asked[0].max(axis=0) == pytest.approx([axes.get_xlim()[1], axes.get_ylim()[1]])

    def test_ground_has_the_colour_of_the_class_and_more_of_it_where_surer(self, axes):
        plot_decision(lambda rows: rows[:, 0], [(0, 0), (1, 1)], [0, 1], axes, margin=0)
        tints = self.tints(axes, np.arange(0.05, 1, 0.1))
        assert all(same_color(tint[:3], COLORS[0]) for tint in tints[:5])
        assert all(same_color(tint[:3], COLORS[1]) for tint in tints[5:])
        strengths = [tint[3] for tint in tints]
        assert strengths[5:] == strengths[4::-1] == sorted(set(strengths))

    def test_ground_is_as_for_0_and_1_where_answers_lie_beyond(self, axes):
        plot_decision(lambda rows: 9 * rows[:, 0] - 4, [(0, 0), (1, 1)], [0, 1], axes, margin=0)
        below, zero, one, above = self.tints(axes, [0.1, 0.45, 0.55, 0.9])
        assert below == zero != one == above

    @pytest.mark.parametrize(
        "ends", [(0, 0), (0.2, 0.2), (0, 0.5), (0.5, 1), (1, 1), (7, 7), (-3, -3)]
    )
    def test_has_no_line_where_all_answers_are_of_one_class(self, axes, ends):
        plot_decision(lambda rows: np.linspace(*ends, len(rows)), POINTS, LABELS, axes, 10)
        assert len(axes.collections) == 1

    def test_refuses_answers_of_two_numbers(self, axes):
        with pytest.raises(ValueError, match=r"shape \(100, 2\) .* choose a column"):
            plot_decision(lambda rows: rows, POINTS, LABELS, axes, 10)

    def test_takes_a_network(self, axes):
        net = Network([Standardize.fit(POINTS), Dense(2, 1), Sigmoid()], rng=0)
        plot_decision(net.predict, POINTS, LABELS, axes)
        assert len(axes.collections) == 2


class TestNetwork:
    def lines_of_weights(self, axes):
        return [line for line in axes.lines if line.get_xdata().size and not is_marked(line)]

    def test_draws_a_line_for_each_weight(self, axes):
        net = Network([Standardize.fit(POINTS), Dense(2, 2), Sigmoid(), Dense(2, 1)], rng=0)
        net.layers[1].weights[...] = [(4, -2), (1, 0)]
        net.layers[3].weights[...] = [[-8], [4]]
        plot_network(net, axes)
        drawn = {tuple(line.get_xydata().ravel()): line for line in axes.lines}
        widths = {place: line.get_linewidth() for place, line in drawn.items()}
        strongest, half = drawn[0, 0.5, 1, 0.5], drawn[0, 0.5, 1, -0.5]
        assert strongest.get_linestyle() == "-"
        assert half.get_linestyle() == "--"
        assert strongest.get_color() != half.get_color()
        assert strongest.get_linewidth() == 2 * half.get_linewidth()
        assert widths[1, 0.5, 2, 0] == 2 * strongest.get_linewidth()
        assert widths[0, -0.5, 1, -0.5] == 0

    def test_widest_line_is_as_wide_in_every_network(self):
        def widest(*tables):
            axes = plot_network(network(*tables), Figure().subplots())
            return max(line.get_linewidth() for line in axes.lines)

        assert widest([[1]]) == widest([[-20]]) == widest([[0, 1]], [[-2], [1]])

    def test_legend_shows_the_signs_as_they_are_drawn(self, axes):
        plot_network(network([[0.5, -0.5]]), axes)
        for lines in (self.lines_of_weights(axes), axes.get_legend().legend_handles):
            assert [line.get_linestyle() for line in lines] == ["-", "--"]
            assert [line.get_color() for line in lines] == [COLORS[1], COLORS[0]]

    def test_draws_a_circle_for_each_number_where_lines_meet(self, axes):
        plot_network(Network([Dense(3, 4), Sigmoid(), Dense(4, 1)], rng=0), axes)
        circles = [line.get_xydata() for line in axes.lines if is_marked(line)]
        assert [len(column) for column in circles] == [3, 4, 1]
        ends = [line.get_xydata() for line in self.lines_of_weights(axes)]
        assert set(map(tuple, np.vstack(ends))) == set(map(tuple, np.vstack(circles)))

    def test_has_no_frame(self, axes):
        plot_network(network([[1]]), axes)
        assert not axes.axison

    def test_draws_a_network_of_zeros(self, axes):
        net = Network([Dense(2, 1)], rng=0)
        net.parameters[...] = 0
        plot_network(net, axes)

    def test_refuses_a_network_without_a_dense_layer(self, axes):
        net = Network([Dense(2, 1)], rng=0)
        net.layers = [Sigmoid()]
        with pytest.raises(ValueError, match="no Dense layer to draw"):
            plot_network(net, axes)


def test_import_opens_no_matplotlib():
    loaded = subprocess.run(
        [sys.executable, "-W", "error", "-c", "import sys, neuralnet.plots; print(*sys.modules)"],
        cwd=Path(neuralnet.__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "neuralnet.plots" in loaded
    assert "matplotlib" not in loaded


def test_colours_are_colours():
    assert len({to_rgba(color) for color in COLORS}) == len(COLORS)
