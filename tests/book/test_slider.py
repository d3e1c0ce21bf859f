"""The slider: its pictures, its control, what a reader without a mouse or a script gets."""

import gzip
import re
from html.parser import HTMLParser
from urllib.parse import unquote
from xml.etree import ElementTree

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

from book import figures
from book.kernel import prepare
from tests.book.test_figures import foreign_colours, trail


@pytest.fixture(autouse=True)
def style():
    with mpl.rc_context():
        prepare()
        yield


class Elements(HTMLParser):
    """The start tags of some HTML, and the text directly in each kind of element."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.texts, self.open = [], {}, []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in {"img", "input"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        self.open.remove(tag)

    def handle_data(self, data):
        self.texts[self.open[-1]] = self.texts.get(self.open[-1], "") + data

    def all(self, wanted):
        return [attributes for tag, attributes in self.tags if tag == wanted]


def draw_trail(axes, rate):
    curve = np.linspace(-1.6, 1.6, 81)
    axes.plot(curve, curve**2)
    axes.plot(trail(rate), trail(rate) ** 2, "o-")
    axes.set(xlim=(-1.6, 1.6), ylim=(-0.1, 2.6), xlabel="error $e$")


def slider_of(rates, **options):
    def alt(rate):
        return f'Ten steps at rate {rate:g}: "down" & out'

    return figures.slider(rates, draw_trail, label="Learning rate", alt=alt, **options)


def test_slider_has_one_picture_per_value_and_shows_the_first():
    pictures = Elements(slider_of([0.1, 0.5, 1.1])._repr_html_()).all("img")
    assert [p["data-value"] for p in pictures] == ["0.1", "0.5", "1.1"]
    assert ["hidden" in p for p in pictures] == [False, True, True]
    assert pictures[2]["alt"] == 'Ten steps at rate 1.1: "down" & out'
    assert len({p["src"] for p in pictures}) == 3
    assert {(p["width"], p["height"]) for p in pictures} == {("518", "317")}


def test_slider_has_a_labelled_control():
    html = slider_of([1, 2, 3], unit=" steps", caption="Turn it.")._repr_html_()
    elements = Elements(html)
    (control,) = elements.all("input")
    assert control == {
        "type": "range",
        "min": "0",
        "max": "2",
        "value": "0",
        "aria-valuetext": "1 steps",
    }
    assert re.search(r"<label>Learning rate <input [^>]*></label> <output>1 steps</output>", html)
    assert elements.texts["p"] == "Turn it."


def test_slider_asks_for_nothing_and_is_small():
    html = slider_of(np.linspace(0.05, 1.1, 15))._repr_html_()
    for picture in Elements(html).all("img"):
        start, svg = picture["src"].split(",", 1)
        assert start == "data:image/svg+xml"
        assert not set(svg) & set('#<>"'), "a browser would cut the address there"
        assert ElementTree.fromstring(unquote(svg)).tag.endswith("svg")
        assert foreign_colours(unquote(svg)) == set()
    assert len(gzip.compress(html.encode())) < 20 * 1024


def test_slider_leaves_no_figure_open_and_is_a_line_in_plain_python():
    made = slider_of([0.1, 0.2])
    assert plt.get_fignums() == []
    assert repr(made) == "<slider: Learning rate, 2 values>"


def test_slider_without_values_names_the_remedy():
    with pytest.raises(ValueError, match="give at least one"):
        slider_of([])
