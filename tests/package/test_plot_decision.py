"""Answers in the plane: tints, borders and marks, and what is refused."""

import numpy as np
import pytest
from matplotlib.colors import same_color
from matplotlib.figure import Figure

from neuralnet import Dense, Network, Neuron, Sigmoid, Standardize, Tanh
from neuralnet.datasets import eight_points
from neuralnet.plots import COLORS, MARKERS, plot_decision
from tests.package.pictures import (
    corners,
    looks,
    network,
    side,
    texts_of_legend,
)

POINTS, LABELS = eight_points()
TWO = np.ones((2, 2))
SQUARE = [(0, 0), (6, 0), (0, 6), (6, 6)]


class TestDecision:
    def contour(self, axes, level=0.5):
        """Return the points of the border."""
        line = axes.collections[1]
        assert line.levels.tolist() == [level]
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

    @pytest.mark.parametrize(("given", "places"), [((), 100**2), ((7,), 7**2), ((2.0,), 2**2)])
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

    @pytest.mark.parametrize("labels", [LABELS, 2 * LABELS - 1, np.where(LABELS, "yes", "no")])
    def test_takes_labels(self, axes, labels):
        plot_decision(side, POINTS, labels, axes)
        drawn = [looks(line) for line in axes.lines]
        assert drawn == [(COLORS[0], MARKERS[0]), (COLORS[1], MARKERS[1])]
        assert axes.lines[1].get_xydata().tolist() == POINTS[LABELS == 1].tolist()
        assert texts_of_legend(axes) == [str(line.get_label()) for line in axes.lines]


class TestDecisionOfANetwork:
    """The sums of these networks are 0 where the first number is 3."""

    def sums(self, *last, slope=2.0):
        net = network([[slope], [0]], last=last)
        net.layers[0].biases[...] = -3 * slope
        return net

    def border(self, axes):
        (levels,) = axes.collections[1].levels
        paths = axes.collections[1].get_paths()
        return levels, np.vstack([path.vertices for path in paths])[:, 0]

    @pytest.mark.parametrize(
        ("last", "level"), [([], 0), ([Tanh()], 0), ([Standardize(0, 2)], 0), ([Sigmoid()], 0.5)]
    )
    def test_border_is_where_the_sum_is_zero(self, axes, last, level):
        plot_decision(self.sums(*last), POINTS, LABELS, axes)
        found, across = self.border(axes)
        assert found == level
        assert across == pytest.approx(3, abs=1e-3)

    def test_border_between_far_outputs_is_where_they_are_zero(self, axes):
        plot_decision(self.sums(slope=1e4), POINTS, LABELS, axes, 6)
        assert self.border(axes)[1] == pytest.approx(3)

    def test_border_of_a_callable_is_at_one_half_whatever_is_behind_it(self, axes):
        plot_decision(self.sums().predict, POINTS, LABELS, axes)
        level, across = self.border(axes)
        assert level == 0.5
        assert across == pytest.approx(3.25, abs=1e-3)

    def test_raw_outputs_are_tinted_as_their_sigmoid(self, axes):
        plot_decision(self.sums(), POINTS, LABELS, axes, 200)
        with_sigmoid = Figure().subplots()
        plot_decision(self.sums(Sigmoid()), POINTS, LABELS, with_sigmoid, 200)
        grounds = axes.collections[0], with_sigmoid.collections[0]
        raw, sure = ([path.get_extents().bounds for path in one.get_paths()] for one in grounds)
        assert np.array(raw) == pytest.approx(np.array(sure), abs=1e-3)
        assert np.array_equal(grounds[0].get_facecolors(), grounds[1].get_facecolors())

    @pytest.mark.parametrize("slope", [1e-6, -1e-6])
    def test_has_a_border_where_all_outputs_are_tiny(self, axes, slope):
        plot_decision(self.sums(slope=slope), POINTS, LABELS, axes)
        assert self.border(axes)[1] == pytest.approx(3)

    def test_has_none_where_all_outputs_are_of_one_sign(self, axes):
        net = self.sums(slope=1e-6)
        net.layers[0].biases[...] = 0.4
        plot_decision(net, POINTS, LABELS, axes)
        assert len(axes.collections) == 1

    def test_takes_a_neuron(self, axes):
        neuron = Neuron(2, rng=0)
        neuron.weights[...], neuron.bias = (2, 0), -6.0
        plot_decision(neuron, POINTS, LABELS, axes)
        level, across = self.border(axes)
        assert level == 0.5
        assert across == pytest.approx(3, abs=1e-3)


class TestDecisionOfSeveralClasses:
    def areas(self, axes, places):
        """Return the colours of the ground at some places, in the order of drawing."""
        grounds = [one for one in axes.collections if one.filled]
        return [
            [
                tuple(one.get_facecolors()[0])
                for one in grounds
                if any(path.contains_point(place) for path in one.get_paths())
            ]
            for place in places
        ]

    def borders(self, axes):
        lines = [one for one in axes.collections if not one.filled]
        assert {tuple(line.levels) for line in lines} <= {(0,)}
        return [np.vstack([path.vertices for path in line.get_paths()]) for line in lines]

    def test_tints_the_area_of_each_class_in_its_colour(self, axes):
        plot_decision(corners, SQUARE, [0, 1, 2, 2], axes)
        tints = self.areas(axes, [(1, 1), (5, 2), (2, 5), (5, 4), (4, 5)])
        assert [len(found) for found in tints] == [1] * 5
        colours = [COLORS[k] for k in (0, 1, 2, 1, 2)]
        assert all(same_color(a[:3], b) for (a,), b in zip(tints, colours, strict=True))
        assert {a[3] for (a,) in tints} == {tints[0][0][3]}
        assert 0 < tints[0][0][3] < 0.5

    def test_draws_a_line_between_neighbours(self, axes):
        plot_decision(corners, SQUARE, [0, 1, 2, 2], axes)
        points = np.vstack(self.borders(axes))
        x, y = points.T
        # The areas of 0 and 1 meet in x = 3, those of 0 and 2 in y = 3, those of 1 and 2 in x = y.
        meets = [(x - 3, y <= 3.1), (y - 3, x <= 3.1), (x - y, x >= 2.9)]
        near = np.array([(np.abs(off) < 1e-9) & there for off, there in meets])
        # At the corner where all three meet, the grid cuts a little off.
        assert np.all(near.any(axis=0) | (np.abs(points - 3).max(axis=1) < 0.1))
        assert near.sum(axis=1).min() > 30

    def marks(self, axes):
        return [line for line in axes.lines if line.get_label().startswith("_")]

    def test_marks_the_area_of_each_class_with_its_shape(self, axes):
        plot_decision(corners, SQUARE, ["a", "b", "c", "c"], axes)
        marks = self.marks(axes)
        assert [looks(line) for line in marks] == list(zip(COLORS, MARKERS, strict=True))[:3]
        assert all(2 * m.get_markersize() < axes.lines[0].get_markersize() for m in marks)
        for k, line in enumerate(marks):
            assert set(corners(line.get_xydata()).argmax(axis=1)) == {k}

    @pytest.mark.parametrize(("resolution", "of_a_side"), [(100, 12), (12, 12), (7, 7), (2, 2)])
    def test_strews_marks_evenly(self, axes, resolution, of_a_side):
        plot_decision(corners, SQUARE, [0, 1, 2, 2], axes, resolution)
        places = np.vstack([line.get_xydata() for line in self.marks(axes)])
        across = np.unique(places[:, 0])
        assert across.tolist() == np.unique(places[:, 1]).tolist()
        assert len(across) == of_a_side
        assert across[0] + across[-1] == pytest.approx(sum(axes.get_xlim()), abs=0.1)
        steps = np.diff(across)
        assert steps.max() - steps.min() < 1.01 * 7.8 / (resolution - 1)
        # On the diagonal two classes are alike.
        assert of_a_side**2 - of_a_side <= len(places) <= of_a_side**2

    @pytest.mark.parametrize(("raised", "scale"), [(0, 1), (100, 1), (-5000, 0.01), (0, 0.01)])
    def test_asks_only_which_answer_is_the_largest(self, axes, raised, scale):
        plot_decision(lambda rows: raised + scale * corners(rows), SQUARE, [0, 1, 2, 2], axes)
        (found,) = self.areas(axes, [(5, 4)])
        assert same_color(found[0][:3], COLORS[1])
        assert len(self.borders(axes)) == 3

    @pytest.mark.parametrize("last", [[], [Sigmoid()]])
    def test_takes_a_network(self, axes, last):
        net = network([(1, -1, 0), (0, 0, 2)], last=last)
        net.layers[0].biases[...] = (-3, 3, -8)
        plot_decision(net, SQUARE, [0, 1, 2, 2], axes)
        tints = self.areas(axes, [(5, 1), (1, 1), (3, 5)])
        assert all(same_color(found[0][:3], COLORS[k]) for k, found in enumerate(tints))

    def test_two_columns_are_two_classes(self, axes):
        both = plot_decision(
            lambda rows: np.column_stack([1 - side(rows), side(rows)]), POINTS, LABELS, axes
        )
        left, right = self.areas(both, [(1, 1), (5, 1)])
        assert same_color(left[0][:3], COLORS[0])
        assert same_color(right[0][:3], COLORS[1])
        assert all(line[:, 0] == pytest.approx(3, abs=1e-3) for line in self.borders(both))

    def test_more_classes_than_colours_begin_again(self, axes):
        plot_decision(
            lambda rows: np.eye(8)[rows[:, 0].round().clip(0, 7).astype(int)],
            [(k, k) for k in range(8)],
            range(8),
            axes,
        )
        tints = self.areas(axes, [(k, 3) for k in range(8)])
        assert all(same_color(found[0][:3], COLORS[k % 6]) for k, found in enumerate(tints))
        assert [looks(line)[1] for line in self.marks(axes)] == [*MARKERS, *MARKERS[:2]]

    def test_draws_nothing_of_a_class_that_leads_nowhere(self, axes):
        plot_decision(
            lambda rows: corners(rows) * [1, 1, 0] - [0, 0, 9], SQUARE, [0, 1, 1, 0], axes
        )
        assert len(self.borders(axes)) == 2
        assert len(axes.lines) == 4

    @pytest.mark.parametrize(
        "answer",
        [
            lambda rows: np.ones((len(rows), 3)) * [0, 5, 0],
            lambda rows: np.ones((len(rows), 3)) * [0, 0.5, 0],
            lambda rows: rows[:, :1].clip(3, None) * [0, 1, 0] + [3, 0, 0],
        ],
    )
    def test_has_no_border_where_one_class_is_nowhere_behind(self, axes, answer):
        plot_decision(answer, SQUARE, [0, 1, 2, 2], axes)
        assert self.borders(axes) == []
        (found,) = self.areas(axes, [(4, 3)])
        assert same_color(found[0][:3], COLORS[1])

    def test_tints_nothing_where_all_answers_are_alike(self, axes):
        plot_decision(lambda rows: np.zeros((len(rows), 3)), SQUARE, [0, 1, 2, 2], axes)
        assert len(axes.collections) == 0
        assert texts_of_legend(axes) == ["target 0", "target 1", "target 2"]


class TestDecisionRefuses:
    @pytest.mark.parametrize(
        ("shape", "found"),
        [((99,), "99,"), ((100, 2, 1), "100, 2, 1"), ((100, 0), "100, 0"), ((1, 100), "1, 100")],
    )
    def test_answers_that_do_not_fit_the_rows(self, opened, shape, found):
        with pytest.raises(ValueError, match=rf"\({found}\) for 100 rows: give one number a row"):
            plot_decision(lambda rows: np.zeros(shape), POINTS, LABELS, resolution=10)
        assert opened() == []

    def test_one_answer_for_all_rows(self, opened):
        with pytest.raises(ValueError, match=r"shape \(\) for 100 rows: give one number a row"):
            plot_decision(lambda rows: 1.0, POINTS, LABELS, resolution=10)
        assert opened() == []

    @pytest.mark.parametrize("bad", [np.nan, np.inf])
    def test_answers_that_are_no_numbers(self, opened, bad):
        with pytest.raises(ValueError, match=f"there is {bad} among the answers: train again"):
            plot_decision(lambda rows: np.full(len(rows), bad), POINTS, LABELS)
        assert opened() == []

    def test_answers_by_the_first_that_is_no_number(self):
        with pytest.raises(ValueError, match="there is -inf among the answers"):
            plot_decision(lambda rows: [0, -np.inf, *np.full(98, np.nan)], POINTS, LABELS, None, 10)

    def test_names_as_answers(self, opened):
        with pytest.raises(ValueError, match=r"^answers is no array of numbers"):
            plot_decision(lambda rows: np.full(len(rows), "yes"), POINTS, LABELS)
        assert opened() == []

    @pytest.mark.parametrize(
        ("predict", "targets", "said"),
        [
            (
                side,
                [0, 1, 2, 2],
                r"class 2, but answers of shape \(100, 1\) tell the classes 0 to 1",
            ),
            (
                side,
                [0, 0, 0, 5],
                r"class 5, but answers of shape \(100, 1\) tell the classes 0 to 1",
            ),
            (side, [-1, 0, 1, 1], r"class 2, .* one column for each class"),
            (side, ["a", "b", "c", "c"], r"class 2, .* one column for each class"),
            (corners, [0, 1, 2, 3], r"class 3, .* \(100, 3\) tell the classes 0 to 2"),
            (side, ["a"] * 4, "labels of 1 of 2 classes, .* show points of every class"),
            (side, [-1] * 4, "labels of 1 of 2 classes, .* show points of every class"),
            (corners, ["a", "b"] * 2, "labels of 2 of 3 classes, .* number the classes 0, 1"),
        ],
    )
    def test_targets_that_do_not_fit_the_answers(self, opened, predict, targets, said):
        with pytest.raises(ValueError, match=said):
            plot_decision(predict, SQUARE, targets, resolution=10)
        assert opened() == []

    @pytest.mark.parametrize(
        ("resolution", "said"),
        [(1, "ask for 2 places or more"), (0, "above zero"), (2.5, "above zero"), (-3, "above")],
    )
    def test_too_few_places(self, opened, resolution, said):
        with pytest.raises(ValueError, match=f"^resolution is {resolution}, but .*{said}"):
            plot_decision(side, POINTS, LABELS, resolution=resolution)
        assert opened() == []

    @pytest.mark.parametrize("model", [None, LABELS, "net.predict"])
    def test_what_cannot_be_asked(self, opened, model):
        with pytest.raises(
            TypeError, match=f"^model is of type {type(model).__name__}: pass a Net"
        ):
            plot_decision(model, POINTS, LABELS)
        assert opened() == []

    def test_a_network_of_other_inputs(self, opened):
        with pytest.raises(ValueError, match="3 features"):
            plot_decision(Network([Dense(3, 1)], rng=0), POINTS, LABELS)
        assert opened() == []

    def test_leave_the_axes_as_they_were(self, axes):
        with pytest.raises(ValueError, match="for 10000 rows"):
            plot_decision(lambda rows: 1.0, POINTS, LABELS, axes)
        assert (len(axes.lines), len(axes.collections), axes.get_legend()) == (0, 0, None)
        assert axes.get_xlim() == (0, 1)
