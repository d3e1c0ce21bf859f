"""What a page says of a figure is held against the figure; each rule catches a planted fault."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from book.figures.drawing import Drawing
from tests.tools.drawn import shown_by_drawing, shown_by_figure
from tests.tools.figure_description import faults_of_description
from tests.tools.number_words import written_numbers

FACTS = {
    "inputs": 3,
    "hidden neurons": 4,
    "output": 1,
    "z": (-6, 6),
    "rate 0.1": "creeps",
    "rate 1.1": "climbs",
    "boxes": ("model", "prediction", "loss"),
    "parallel": True,
    "crossed": False,
}
ALT = (
    "Three inputs, four hidden neurons and an output over z from −6 to 6. At rate 0.1 it creeps, "
    "at rate 1.1 it climbs. Boxes for model, prediction and loss; the lines are parallel."
)
CAPTION = "The three inputs and the model."
NONSENSE = "A picture that shows something or other."


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def faults_of_facts(alt=ALT, caption=CAPTION):
    return list(faults_of_description(alt, caption, shown_by_drawing(Drawing(plt.figure(), FACTS))))


def test_a_right_description_passes():
    assert faults_of_facts() == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (ALT, NONSENSE, "the alt must say 'three inputs'"),
        ("Three inputs", "Inputs", "the alt must say 'three inputs'"),
        (
            "Three inputs",
            "Four inputs",
            "the alt says 'Four', which nothing in the figure confirms",
        ),
        ("an output", "two outputs", "the alt must say 'one output'"),
        ("−6 to 6", "−6 to 7", "the alt must say 'z … -6, 6'"),
        ("−6 to 6", "6 to 6", "the alt must say 'z … -6, 6'"),
        ("−6 to 6", "6 to −6", "the alt must say 'z … -6, 6'"),
        (
            "creeps, at rate 1.1 it climbs",
            "climbs, at rate 1.1 it creeps",
            "'rate 0.1' and 'creeps'",
        ),
        ("model, prediction", "prediction, model", "the boxes, in this order: 'model', 'pred"),
        ("are parallel", "meet", "the alt must say 'parallel'"),
        ("are parallel", "are parallel and crossed", "the alt says 'crossed', which is not so"),
    ],
)
def test_a_fault_in_the_alt_is_found(old, new, fault):
    assert old in ALT
    assert any(fault in found for found in faults_of_facts(alt=ALT.replace(old, new)))


@pytest.mark.parametrize(
    ("caption", "fault"),
    [
        ("The two inputs and the model.", "the caption says 'two', which nothing in the figure"),
        ("The model, 17 times.", "the caption says '17', which nothing in the figure confirms"),
        ("The crossed lines.", "the caption says 'crossed', which is not so in the figure"),
        (NONSENSE, "the caption has no word of the alt or of the figure"),
    ],
)
def test_a_fault_in_the_caption_is_found(caption, fault):
    (found,) = faults_of_facts(caption=caption)
    assert found.startswith(fault)


CODE = "fit(13.0, epochs=2000)"
DRAWN_ALT = (
    "Two curves over z from −6 to 6, after 2000 epochs. The sigmoid leads from nearly 0 to 1 and "
    "is 0.5 at z = 0; the ramp ends at 12. A dotted line stands at 3, for houses of 13 years."
)


def faults_of_plain(alt, caption="The sigmoid."):
    _, axes = plt.subplots()
    z = np.linspace(-6, 6, 25)
    axes.plot(z, 1 / (1 + np.exp(-z)), label="sigmoid")
    axes.plot(z, 2 * z, label="ramp")
    axes.axvline(3)
    axes.set(xlabel="$z$")
    axes.legend()
    return list(faults_of_description(alt, caption, shown_by_figure(axes.figure, CODE)))


def test_a_right_description_of_a_plain_figure_passes():
    assert faults_of_plain(DRAWN_ALT) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (DRAWN_ALT, NONSENSE),
        ("sigmoid", "curve"),
        ("Two curves", "Three curves"),
        ("Two curves", "One curves"),
        ("−6 to 6", "−6 to 7"),
        ("−6 to 6", "6 to 6"),
        ("2000 epochs", "2001 epochs"),
        ("nearly 0 to 1", "nearly 1 to 1"),
        ("nearly 0 to 1", "nearly 0 to 2"),
        ("0.5 at z", "0.6 at z"),
        ("z = 0", "z = 1"),
        # A value of the sigmoid is none of the ramp.
        ("at 12", "at 0.5"),
        ("stands at 3", "stands at 4"),
        ("13 years", "14 years"),
    ],
)
def test_a_fault_in_the_alt_of_a_plain_figure_is_found(old, new):
    assert old in DRAWN_ALT
    assert faults_of_plain(DRAWN_ALT.replace(old, new))


def test_a_figure_without_any_name_is_found():
    figure, axes = plt.subplots()
    axes.plot([1, 2, 3])
    (found,) = faults_of_description("A line that rises.", "", shown_by_figure(figure, ""))
    assert found.endswith("label its axes or curves")


def test_panels_are_counted():
    figure, _ = plt.subplots(1, 2)
    shown = shown_by_figure(figure, "")
    missing, foreign = faults_of_description("Three panels.", "", shown)
    assert missing == "the alt must say 'two panels'"
    assert foreign.startswith("the alt says 'Three'")
    assert list(faults_of_description("Two panels.", "", shown)) == []


@pytest.mark.parametrize(
    ("text", "exact", "near", "far"),
    [
        ("eight", 8, 8.3, 9),
        ("Twenty-five", 25, 25.4, 26),
        ("two hundred", 200, 200.4, 201),
        ("14", 14, 13.6, 13.4),
        ("0.65", 0.65, 0.6547, 0.656),
        ("−0.3", -0.3, -0.34, 0.3),
        ("minus 6", -6, -6.2, 6),
        ("one half", 0.5, 0.51, 0.6),
        ("½", 0.5, 0.51, 0.6),
        ("two thirds", 2 / 3, 0.67, 0.7),
        ("eight thousandths", 0.008, 0.0083, 0.009),
        ("ten to the minus 11", 1e-11, 4e-12, 1e-12),
    ],
)
def test_numbers_are_read_and_round(text, exact, near, far):
    (number,) = written_numbers(f"About {text} of them.")
    assert number.text == text
    assert number.rounds(exact)
    assert number.rounds(near)
    assert not number.rounds(far)


def test_names_and_dates_of_the_code_are_no_numbers():
    assert written_numbers("W1, weights_2 and someone often intended") == []


PAGE = """```{code-cell} python
---
mystnb:
  image:
    alt: A network of two layers with 2 inputs, three hidden neurons and one output.
  figure:
    name: fig-network
    caption: A network of two layers.
---
from book import figures

figures.network_diagram([2, 3, 1]);
```
"""
SLIDER = """```{code-cell} python
from book.figures.slider import slider


def draw(axes, rate):
    axes.plot([0, rate], [0, 1])
    axes.set(xlabel="weight")


slider([0.1, 0.5], draw, label="rate", alt="A line over the weight, at a rate of {:g}.".format)
```
```{output}
A line over the weight, at a rate of 0.1.
rate 0.1
```
"""


@pytest.mark.parametrize("page", [PAGE, SLIDER])
def test_a_page_with_right_figures_passes(run_book, pytester, page):
    pytester.path.joinpath("book/page.md").write_text(page)
    run_book().assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("page", "old", "new", "fault"),
    [
        (
            PAGE,
            "three hidden",
            "four hidden",
            "*page.md:1: the alt must say 'three hidden neurons'",
        ),
        (
            PAGE,
            "caption: A network of two",
            "caption: A network of three",
            "*caption says 'three'*",
        ),
        (SLIDER, "rate of {:g}.", "rate of 0.1.", "*page.md:1: the alt must say '0.5 rate'"),
    ],
)
def test_a_page_with_a_wrong_figure_fails(run_book, pytester, page, old, new, fault):
    assert old in page
    pytester.path.joinpath("book/page.md").write_text(page.replace(old, new))
    result = run_book()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([fault])
