"""Points in the plane: their colours, shapes and names, and what is refused."""

from functools import partial

import numpy as np
import pytest

from neuralnet.datasets import eight_points
from neuralnet.plots import COLORS, MARKERS, plot_decision, plot_points
from tests.package.pictures import (
    is_marked,
    lines_called,
    looks,
    side,
    texts_of_legend,
)

POINTS, LABELS = eight_points()
TWO = np.ones((2, 2))
SQUARE = [(0, 0), (6, 0), (0, 6), (6, 6)]


class TestPoints:
    def test_give_each_class_its_colour_and_shape(self, axes):
        plot_points(POINTS, LABELS, axes)
        zero, one = lines_called(axes, "target 0", "target 1")
        assert one.get_xydata().tolist() == POINTS[LABELS == 1].tolist()
        assert zero.get_color() != one.get_color()
        assert zero.get_marker() != one.get_marker()

    @pytest.mark.parametrize("form", [list, np.array, partial(np.array, dtype=bool)])
    def test_have_the_look_of_their_class_even_alone(self, axes, form):
        plot_points([(0, 0), (1, 1)], form([[1.0], [1.0]]), axes)
        (one,) = lines_called(axes, "target 1")
        assert looks(one) == (COLORS[1], MARKERS[1])

    def test_keep_the_look_of_their_number_where_numbers_are_missing(self, axes):
        plot_points(SQUARE[:3], [4, 2, 10**20], axes)
        two, four, far = lines_called(axes, "target 2", "target 4", f"target {10**20}")
        assert looks(two) == (COLORS[2], MARKERS[2])
        assert looks(four) == (COLORS[4], MARKERS[4])
        assert far.get_xydata().tolist() == [[0, 6]]

    def test_show_six_classes_apart_and_then_begin_again(self, axes):
        plot_points([(k, k) for k in range(8)], range(8), axes)
        points = lines_called(axes, *[f"target {k}" for k in range(8)])
        colours = [line.get_color() for line in points]
        shapes = [line.get_marker() for line in points]
        assert len(set(colours[:6])) == len(set(shapes[:6])) == 6
        assert (colours[6:], shapes[6:]) == (colours[:2], shapes[:2])
        assert all(map(is_marked, points))

    @pytest.mark.parametrize(
        "form",
        [
            list,
            np.array,
            partial(np.array, dtype=object),
            lambda labels: np.array(labels)[:, None],
        ],
    )
    @pytest.mark.parametrize(
        ("labels", "names"),
        [
            (["dog", "cat", "dog", "ant"], ["ant", "cat", "dog"]),
            (["9", "10", "9", "011"], ["011", "10", "9"]),
            (["nan", "b", "nan", "None"], ["None", "b", "nan"]),
            ([3, -1, 3, -20], ["target -20", "target -1", "target 3"]),
            ([0.0, -1.0, 0.0, -2.0], ["target -2", "target -1", "target 0"]),
        ],
    )
    def test_with_labels_are_numbered_in_sorted_order(self, axes, form, labels, names):
        plot_points(SQUARE, form(labels), axes)
        assert texts_of_legend(axes) == names
        classes = lines_called(axes, *names)
        assert [looks(line) for line in classes] == list(zip(COLORS, MARKERS, strict=True))[:3]
        drawn = [line.get_xydata().tolist() for line in classes]
        assert drawn == [[[6, 6]], [[6, 0]], [[0, 0], [0, 6]]]

    def test_have_three_names_in_a_row_of_the_legend(self, axes):
        plot_points([(k, k) for k in range(7)], range(7), axes)
        axes.figure.draw_without_rendering()
        places = [text.get_window_extent().x0 for text in axes.get_legend().get_texts()]
        assert len(set(np.round(places))) == 3

    @pytest.mark.parametrize("draw", [plot_points, partial(plot_decision, side)])
    @pytest.mark.parametrize(
        ("options", "across", "upwards"),
        [({}, (0.5, 13.5), (4.85, 5.15)), ({"margin": 0.2}, (0, 14), (4.8, 5.2))],
    )
    def test_have_space_around_them(self, axes, draw, options, across, upwards):
        draw([(2, 5), (12, 5)], [0, 1], axes, **options)
        assert axes.get_xlim() == pytest.approx(across)
        assert axes.get_ylim() == pytest.approx(upwards)

    @pytest.mark.parametrize("draw", [plot_points, partial(plot_decision, side)])
    @pytest.mark.parametrize(
        ("points", "labels", "remedy"),
        [
            (np.ones((2, 3)), [0, 1], r"pass two columns, X\[:, \[i, j\]\]"),
            (np.ones(2), [0, 1], "pass two columns"),
            (np.ones((0, 2)), [], "pass two columns"),
            (TWO, [0, 1, 1], r"X has shape \(2, 2\) .* one target for each row"),
            (TWO, [], r"X has shape \(2, 2\) .* one target for each row"),
            (TWO, ["a"], r"X has shape \(2, 2\) .* one target for each row"),
            (np.ones((3, 2)), [3, 0.5, 1.5], "^targets holds 0.5, .* number the classes 0, 1"),
            (TWO, [-1.5, 1], "^targets holds -1.5, .* number the classes 0, 1"),
            (np.full((2, 2), np.nan), [0, 1], "^X holds nan .* drop or fill missing values"),
            (TWO, [0, np.nan], "^targets holds nan .* drop or fill missing values"),
            (TWO, [0, np.inf], "^targets holds inf .* drop or fill missing values"),
            (TWO, ["a", np.nan], "mixes texts with float: drop rows without a label"),
            (TWO, [None, "a"], "mixes texts with NoneType: drop rows without a label"),
            (np.ones((3, 2)), [1, "a", 0.5], "mixes texts with int: .* or all as whole numbers$"),
            (TWO, [None, None], "^targets holds nan .* drop or fill missing values"),
        ],
    )
    def test_that_do_not_fit_are_refused(self, opened, draw, points, labels, remedy):
        with pytest.raises(ValueError, match=remedy):
            draw(points, labels)
        assert opened() == []

    @pytest.mark.parametrize("draw", [plot_points, partial(plot_decision, side)])
    @pytest.mark.parametrize("margin", [-0.1, np.nan])
    def test_without_space_around_them_are_refused(self, opened, draw, margin):
        with pytest.raises(ValueError, match=f"^margin is {margin}, but it must be zero or"):
            draw(POINTS, LABELS, margin=margin)
        assert opened() == []
