"""The plots: what all of them do, what those of runs and networks draw, and what they refuse."""

import subprocess
import sys
import time
from functools import partial
from io import StringIO
from itertools import pairwise, product
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.collections import Collection, LineCollection
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

import neuralnet
from neuralnet import Conv2D, Dense, History, Network, Sigmoid, Standardize, Tanh
from neuralnet.datasets import eight_points
from neuralnet.layers import Layer
from neuralnet.plots import (
    COLORS,
    plot_decision,
    plot_filters,
    plot_history,
    plot_network,
    plot_points,
)
from tests.package.pictures import (
    corners,
    is_marked,
    lines_called,
    network,
    side,
    texts_of_legend,
)

POINTS, LABELS = eight_points()
THREE = [(0, 0), (6, 0), (0, 6)], ["a", "b", "c"]


def history(losses, validation=()):
    run = History(0.1)
    for epoch, loss in enumerate(losses):
        run.record_epoch(epoch, loss, *validation[epoch : epoch + 1])
    return run


def svg_of(axes):
    text = StringIO()
    with mpl.rc_context({"svg.hashsalt": "test"}):
        axes.figure.savefig(text, format="svg", metadata={"Date": None})
    return text.getvalue()


DRAWINGS = {
    "history": partial(plot_history, history([3, 2, 1])),
    "points": partial(plot_points, POINTS, LABELS),
    "decision": partial(plot_decision, side, POINTS, LABELS, resolution=20),
    "classes": partial(plot_decision, corners, *THREE, resolution=20),
    "network": partial(plot_network, Network([Dense(2, 3), Dense(3, 1)], rng=0)),
}


EVERY = DRAWINGS | {"filters": partial(plot_filters, Conv2D((5, 5, 1), 3, 2))}


@pytest.mark.parametrize("draw", EVERY.values(), ids=EVERY)
class TestEveryPlot:
    def test_gives_its_axes_back(self, draw, axes):
        assert draw(axes=axes) is axes

    def test_is_reproducible(self, draw):
        assert svg_of(draw(axes=Figure().subplots())) == svg_of(draw(axes=Figure().subplots()))

    def test_draws_nowhere_else(self, draw, axes, opened):
        draw(axes=axes)
        assert axes.figure.axes == [axes]
        assert opened() == []

    def test_makes_a_figure_where_no_axes_are_given(self, draw, opened):
        first, second = draw(), draw(axes=None)
        assert opened() == [first.figure, second.figure]
        assert first.figure.axes == [first]
        assert svg_of(first) == svg_of(draw(axes=plt.subplots(layout="constrained")[1]))


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
class TestEveryPlotOfLines:
    def test_has_its_legend_inside_the_figure_that_it_makes(self, draw, opened):
        drawn = draw()
        assert opened() == [drawn.figure]
        drawn.figure.draw_without_rendering()
        assert drawn.get_legend().get_window_extent().y1 <= drawn.figure.bbox.y1

    def test_lays_markers_above_lines_and_ground(self, draw, axes):
        layers = sorted(draw(axes=axes).get_children(), key=lambda artist: artist.zorder)
        marked = [is_marked(one) for one in layers if isinstance(one, Line2D | Collection)]
        assert any(marked)
        assert marked == sorted(marked)


@pytest.mark.parametrize(
    ("name", "entries"),
    [
        ("points", ["target 0", "target 1"]),
        ("decision", ["target 0", "target 1"]),
        ("classes", ["a", "b", "c"]),
        ("network", ["positive", "negative"]),
    ],
)
def test_legend_is_one_row_above_the_middle_of_the_picture(axes, name, entries):
    DRAWINGS[name](axes=axes)
    axes.figure.draw_without_rendering()
    assert texts_of_legend(axes) == entries
    texts = [text.get_window_extent() for text in axes.get_legend().get_texts()]
    assert all(left.x1 < right.x0 for left, right in pairwise(texts))
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
        run = History(0.1)
        for step, loss in ((0, 3), (100, 1), (200, 2)):
            run.record_step(step, loss)
        plot_history(run, axes)
        (best,) = lines_called(axes, "best step: 100")
        assert best.get_xydata().tolist() == [[100, 1]]
        assert axes.get_xlabel() == "step"

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

    def test_refuses_an_empty_one(self, opened):
        with pytest.raises(ValueError, match="train for longer"):
            plot_history(History(0.1))
        assert opened() == []


class Doubled(Layer):
    """A layer that gives each number twice."""

    inputs, outputs = 3, 6


class Factors(Layer):
    """A layer that learns a factor for each of two columns."""

    inputs = outputs = 2

    def __init__(self):
        self.weights = [1, 1]


class TestNetwork:
    def lines(self, axes):
        """Return ends, width, dashes and colour of each line that stands for a weight."""
        (lines,) = (one for one in axes.collections if isinstance(one, LineCollection))
        looks = zip(lines.get_linewidths(), lines.get_linestyles(), lines.get_colors(), strict=True)
        ends = [tuple(segment.ravel().tolist()) for segment in lines.get_segments()]
        return {
            place: (width, dashes is not None, to_hex(color).upper())
            for place, (width, (_, dashes), color) in zip(ends, looks, strict=True)
        }

    def test_draws_a_line_for_each_weight(self, axes):
        net = Network([Standardize.fit(POINTS), Dense(2, 2), Sigmoid(), Dense(2, 1)], rng=0)
        net.layers[1].weights[...] = [(4, -2), (1, 0)]
        net.layers[3].weights[...] = [[-8], [4]]
        lines = self.lines(plot_network(net, axes))
        widest = lines[1, 0.5, 2, 0][0]
        solid, dashed = (False, COLORS[1]), (True, COLORS[0])
        assert widest > 0
        assert lines.pop((0, -0.5, 1, -0.5))[0] == 0
        assert lines == {
            (0, 0.5, 1, 0.5): (widest / 2, *solid),
            (0, 0.5, 1, -0.5): (widest / 4, *dashed),
            (0, -0.5, 1, 0.5): (widest / 8, *solid),
            (1, 0.5, 2, 0): (widest, *dashed),
            (1, -0.5, 2, 0): (widest / 2, *solid),
        }

    def test_widest_line_is_as_wide_in_every_network(self):
        def widest(*tables):
            lines = self.lines(plot_network(network(*tables), Figure().subplots()))
            return max(width for width, _, _ in lines.values())

        assert widest([[1]]) == widest([[-20]]) == widest([[0, 1]], [[-2], [1]])

    def test_legend_shows_the_signs_as_they_are_drawn(self, axes):
        plot_network(network([[0.5, -0.5]]), axes)
        positive, negative = axes.get_legend().legend_handles
        assert [line.get_linestyle() for line in (positive, negative)] == ["-", "--"]
        assert {dashed: color for _, dashed, color in self.lines(axes).values()} == {
            False: positive.get_color(),
            True: negative.get_color(),
        }

    def test_draws_a_circle_for_each_number_where_lines_meet(self, axes):
        plot_network(Network([Dense(3, 4), Sigmoid(), Dense(4, 1)], rng=0), axes)
        columns = [line.get_xydata() for line in axes.lines if is_marked(line)]
        assert [len(column) for column in columns] == [3, 4, 1]
        met = [(*a, *b) for one, other in pairwise(columns) for a, b in product(one, other)]
        assert list(self.lines(axes)) == met

    def test_circles_of_a_tall_column_do_not_touch(self, axes):
        drawn = plot_network(Network([Dense(64, 10), Dense(10, 2)], rng=0), axes)
        drawn.figure.draw_without_rendering()
        for column in filter(is_marked, drawn.lines):
            heights = drawn.transData.transform(column.get_xydata())[:, 1]
            apart = np.abs(np.diff(heights)).min() * 72 / drawn.figure.dpi
            assert apart > column.get_markersize()

    def test_takes_less_than_half_a_second_for_thousands_of_weights(self, axes):
        net = Network([Dense(64, 64), Tanh(), Dense(64, 10)], rng=0)
        start = time.process_time()
        plot_network(net, axes)
        assert time.process_time() - start < 0.5
        assert len(self.lines(axes)) == 64 * 64 + 64 * 10

    def test_has_no_frame(self, axes):
        plot_network(network([[1]]), axes)
        assert not axes.axison

    def test_draws_a_network_of_zeros(self, axes):
        net = Network([Dense(2, 1)], rng=0)
        net.parameters[...] = 0
        plot_network(net, axes)
        assert [width for width, _, _ in self.lines(axes).values()] == [0, 0]

    def test_refuses_a_network_without_a_dense_layer(self, opened):
        with pytest.raises(ValueError, match="no Dense layer to draw: give it one"):
            plot_network(Network([Factors(), Sigmoid()]))
        assert opened() == []

    def test_refuses_layers_between_which_the_width_changes(self, opened):
        net = Network([Dense(2, 3), Doubled(), Dense(6, 1)], rng=0)
        with pytest.raises(ValueError, match=r"Dense\(2, 3\) gives 3 .* takes 6: draw a network"):
            plot_network(net)
        assert opened() == []

    def test_leaves_out_convolutions(self, axes):
        pictures = Conv2D((3, 3, 1), 2, 3)
        plot_network(Network([pictures, Dense(2, 1)], rng=0), axes)
        assert list(self.lines(axes)) == [(0, 0.5, 1, 0), (0, -0.5, 1, 0)]

    @pytest.mark.parametrize("bad", [np.nan, np.inf])
    def test_refuses_weights_that_are_no_numbers(self, opened, bad):
        with pytest.raises(ValueError, match=f"there is {bad} among the weights: train again"):
            plot_network(network([[1, 2], [bad, 3]], [[1], [2]]))
        assert opened() == []


class TestFilters:
    def filters(self, shape, side, weights):
        layer = Conv2D(shape, np.shape(weights)[1], side)
        layer.weights = weights
        return layer

    def places(self, axes):
        """Return what each picture shows, by its upper left corner."""
        return {tuple(image.get_extent()[i] for i in (0, 3)): image for image in axes.images}

    def test_shows_each_filter_as_a_window_sees_it(self, axes):
        weights = np.arange(18.0).reshape(9, 2)
        plot_filters(self.filters((4, 4, 1), 3, weights), axes)
        images = self.places(axes)
        assert list(images) == [(0, 0), (4, 0)]
        for image, column in zip(images.values(), weights.T, strict=True):
            assert image.get_array().tolist() == column.reshape(3, 3).tolist()
            left, right, bottom, top = image.get_extent()
            assert (right - left, bottom - top) == (3, 3)
            assert image.origin == "upper"
        # What is white would have no edge on white paper.
        frames = [line.get_xydata().tolist() for line in axes.lines]
        assert frames == [[[x, 0], [x + 3, 0], [x + 3, 3], [x, 3], [x, 0]] for x, _ in images]
        assert len({line.get_color() for line in axes.lines}) == 1

    def test_channels_stand_below_each_other(self, axes):
        weights = np.arange(24.0).reshape(12, 2)
        plot_filters(self.filters((4, 4, 3), 2, weights), axes)
        images = self.places(axes)
        assert list(images) == [(x, y) for y in (0, 3, 6) for x in (0, 3)]
        for (x, y), image in images.items():
            expected = weights.reshape(2, 2, 3, 2)[:, :, int(y) // 3, int(x) // 3]
            assert image.get_array().tolist() == expected.tolist()

    def test_many_filters_of_one_channel_stand_in_rows_of_eight(self, axes):
        plot_filters(Conv2D((4, 4, 1), 19, 2), axes)
        corners = list(self.places(axes))
        assert corners == [(3 * (k % 8), 3 * (k // 8)) for k in range(19)]
        assert axes.get_xlim() == (-1, 24)
        assert axes.get_ylim() == (9, -1)

    @pytest.mark.parametrize(("channels", "filters", "columns"), [(1, 3, 3), (1, 9, 8), (2, 9, 9)])
    def test_picture_is_as_wide_as_its_columns(self, axes, channels, filters, columns):
        plot_filters(Conv2D((4, 4, channels), filters, 2), axes)
        assert axes.get_xlim() == (-1, 3 * columns)

    def test_zero_is_the_same_grey_in_all_pictures_and_light_is_large(self, axes):
        plot_filters(self.filters((4, 4, 1), 1, [[2, -4, 0]]), axes)
        shades = [float(image.to_rgba(image.get_array())[0, 0, 0]) for image in axes.images]
        assert shades == pytest.approx([0.75, 0, 0.5], abs=0.01)
        assert {image.get_interpolation() for image in axes.images} == {"nearest"}

    def test_draws_filters_of_zeros(self, axes):
        plot_filters(self.filters((4, 4, 1), 1, [[0]]), axes)
        assert axes.images[0].get_clim() == (-1, 1)

    def test_pixels_are_squares_and_there_is_no_frame(self, axes):
        plot_filters(Conv2D((4, 4, 1), 2, 2), axes)
        assert axes.get_aspect() == 1
        assert not axes.axison

    def test_refuses_another_layer(self, opened):
        wanted = r"must be of type Conv2D: pass one, such as Conv2D\(\(28, 28, 1\), 8, 5\)"
        with pytest.raises(TypeError, match=rf"^layer is Dense\(2, 1\), but it {wanted}"):
            plot_filters(Dense(2, 1))
        assert opened() == []

    @pytest.mark.parametrize("bad", [np.nan, np.inf])
    def test_refuses_weights_that_are_no_numbers(self, opened, bad):
        with pytest.raises(ValueError, match=f"there is {bad} among the weights: train again"):
            plot_filters(self.filters((4, 4, 1), 1, [[1, bad]]))
        assert opened() == []


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


@pytest.mark.parametrize("draw", EVERY.values(), ids=EVERY)
def test_who_has_no_matplotlib_is_told_what_to_do(draw, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ImportError, match=r"^drawing needs Matplotlib .*: pip install matplotlib$"):
        draw()


def test_colours_are_colours():
    assert len({to_rgba(color) for color in COLORS}) == len(COLORS)
