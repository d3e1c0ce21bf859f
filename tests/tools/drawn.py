"""Read what a figure shows: its labels and texts, its curves, the numbers in them."""

import ast
from collections import Counter, defaultdict

import numpy as np
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.text import Text

from tests.tools.figure_facts import Shown, in_words, plain

# A figure with more labels of a kind is a table or a gallery: nobody wants to hear them all.
MOST_LABELS = 6
# Of more curves than these, only the least and the greatest ends are told.
MOST_CURVES = 4


def shown_by_drawing(drawing):
    """Return what a drawing shows, of which its function has told the facts."""
    return Shown(labels_of(drawing.figure) | dict(drawing.facts), texts=texts_of(drawing.figure))


def shown_by_figure(figure, code, facts=None):
    """Return what a figure shows that a cell has drawn with this code."""
    panels = {"panels": len(figure.axes)} if len(figure.axes) > 1 else {}
    shown = Shown(labels_of(figure) | panels | (facts or {}), keywords_of(code))
    shown.texts = texts_of(figure)
    values = defaultdict(list, {"": large_numbers_of(code)})
    for axes in figure.axes:
        shown.optional += [*counts_of(axes), *places_on_axis(axes)]
        shown.pairs += pairs_of(axes)
        for label, numbers in values_of(axes).items():
            values[label] += map(float, numbers)
    shown.values = dict(values)
    return shown


def labels_of(figure):
    """Return, as facts, the words of titles, legends, axes and of ticks that are words."""
    legends = [axes.get_legend() for axes in figure.axes] + figure.legends
    axis_lines = [axis for a in figure.axes if a.axison for axis in (a.xaxis, a.yaxis)]
    kinds = (
        [axes.get_title() for axes in figure.axes],
        [text.get_text() for legend in legends if legend for text in legend.get_texts()],
        [axis.get_label().get_text() for axis in axis_lines],
        [tick.get_text() for axis in axis_lines for tick in axis.get_ticklabels()],
        [figure.get_supxlabel(), figure.get_supylabel()],
    )
    found = {}
    for labels in kinds:
        words = dict.fromkeys(word for word in map(in_words, labels) if has_letters(word))
        if len(words) <= MOST_LABELS:
            found |= {word: True for word in words if len(word) > 1}
    return found


def has_letters(text):
    return any(letter.isalpha() for letter in text)


def texts_of(figure):
    """Return the texts in a figure that hold more than a number."""
    texts = {plain(text.get_text()) for text in figure.findobj(Text) if text.get_visible()}
    return tuple(sorted(filter(has_letters, texts)))


def keywords_of(code):
    """Return the counts that the code names, such as `epochs=2000`."""
    found = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.keyword)]
    return [
        (node.arg, node.value.value)
        for node in found
        if str(node.arg).endswith("s") and type(getattr(node.value, "value", None)) is int
    ]


def large_numbers_of(code):
    """Return the numbers of two digits and more in code; small ones are too often alike."""
    constants = [node.value for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant)]
    return [number for number in constants if type(number) in (int, float) and number >= 10]


def counts_of(axes):
    """Return how many curves there are in a panel, in all and of each colour, and their steps."""
    curves = curves_of(axes)
    counts = {len(curves), *Counter(to_hex(curve.get_color()) for curve in curves).values()}
    found = [(noun, n) for noun in ("curves", "lines") for n in sorted(counts - {0, 1})]
    steps = {len(line.get_xdata()) - 1 for line in curves if line.get_marker() != "None"}
    found += [("steps", n) for n in sorted(steps)]
    # On a logarithmic axis a tick is ten times the one before.
    return [*found, *([("times the one before", 10)] if axes.get_xscale() == "log" else [])]


def places_on_axis(axes):
    """Return, for the name of the horizontal axis, the ends and turns of the curves over it."""
    name = plain(axes.get_xlabel())
    found = []
    for x, y in map(points_of, curves_of(axes) if name else []):
        turns = x[[np.nanargmin(y), np.nanargmax(y)]]
        found += [(name, float(place)) for place in turns if x[0] < place < x[-1]]
        is_counted = x[0] == 0 and x[-1] == len(x) - 1
        found.append((name, len(x) if is_counted else float(x[-1])))
        if x[0] < 0 < x[-1]:
            found.append((name, 0.0))
    return list(dict.fromkeys(found))


def pairs_of(axes):
    """Return what curves go over and lead to: `from a to b`."""
    found = [edges_of(axes)] if len(edges_of(axes)) == 2 else []
    curves = [points_of(line) for line in curves_of(axes)]
    for x, y in curves:
        found += [(x[0], x[-1]), (y[0], y[-1]), (np.nanmin(y), np.nanmax(y))]
    for place in (0, -1) if len(curves) > MOST_CURVES else ():
        ends = [y[place] for _, y in curves]
        found.append((min(ends), max(ends)))
    return found


def values_of(axes):
    """Return the numbers in a panel by the label of their curve, "" for no curve of its own."""
    values = {"": [*edges_of(axes), *marks_of(axes)]}
    curves = curves_of(axes)
    for line in curves if len(curves) <= MOST_CURVES else []:
        x, y = points_of(line)
        at_zero = [np.interp(0, x, y)] if x[0] < 0 < x[-1] else []
        label = "" if line.get_label().startswith("_") else plain(line.get_label())
        values.setdefault(label, []).extend([y[0], y[-1], np.nanmin(y), np.nanmax(y), *at_zero])
    if len(curves) > MOST_CURVES:
        values[""] += [max(points_of(line)[1][-1] for line in curves)]
    return values


def marks_of(axes):
    """Return how many marks there are of each kind, and in all."""
    dots = [dots for dots in axes.collections if isinstance(dots, PathCollection)]
    marks = [len(line.get_xdata()) for line in lines_of(axes) if line.get_linestyle() == "None"]
    marks = [n for n in [*marks, *(len(each.get_offsets()) for each in dots)] if n > 1]
    return [*marks, sum(marks)] if marks else []


def lines_of(axes):
    return [line for line in axes.lines if len(line.get_xdata())]


def curves_of(axes):
    return [
        line
        for line in lines_of(axes)
        if line.get_linestyle() != "None" and len(line.get_xdata()) > 2
    ]


def points_of(line):
    return np.transpose(line.get_xydata())


def edges_of(axes):
    """Return where the lines across a panel stand."""
    data = [data for line in lines_of(axes) for data in line.get_data()]
    return [float(ends[0]) for ends in data if len(ends) == 2 and ends[0] == ends[1]]
