"""A slider over pictures that were drawn when the book was built."""

from html import escape
from io import StringIO

import matplotlib.pyplot as plt

from book.figures.drawing import Drawing
from book.figures.small_svg import small_svg


class Slider:
    """An HTML figure: one picture for each value, and a range input that chooses it.

    Without JavaScript, and until the reader moves it, the first picture is shown.
    """

    def __init__(self, label, texts, frames, size, caption, drawings):
        self.label, self.texts, self.frames = label, texts, frames
        self.drawings = drawings
        self.size, self.caption = size, caption

    def __repr__(self):
        return f"<slider: {self.label}, {len(self.texts)} values>"

    def _repr_html_(self):
        label, first = escape(self.label), escape(self.texts[0])
        caption = f"<figcaption><p>{escape(self.caption)}</p></figcaption>" if self.caption else ""
        return (
            f'<figure class="slider">{"".join(self._images())}'
            f'<div class="slider-control"><label>{label} '
            f'<input type="range" min="0" max="{len(self.texts) - 1}" value="0" '
            f'aria-valuetext="{first}"></label> <output>{first}</output></div>{caption}</figure>'
        )

    def _images(self):
        width, height = (round(96 * inches) for inches in self.size)
        for number, (text, (svg, alt)) in enumerate(zip(self.texts, self.frames, strict=True)):
            hidden = " hidden" if number else ""
            yield (
                f'<img src="{_as_address(svg)}" alt="{escape(alt)}" '
                f'width="{width}" height="{height}" '
                f'data-value="{escape(text)}"{hidden}>'
            )


def slider(values, draw, *, label, alt, unit="", caption="", size=(5.4, 3.3)):
    """Return a slider over `values`, the last line of a cell.

    `draw(axes, value)` draws the picture of a value and may return its facts, as those of a
    `Drawing`; `alt`, a text or a function of the value, says what it shows; `unit` is written
    after the value, `caption` under the control.
    """
    values = list(values)
    if not values:
        raise ValueError("a slider needs values: give at least one")
    frames, drawings = [], []
    for value in values:
        figure, axes = plt.subplots(figsize=size)
        facts = draw(axes, value)
        drawings.append(Drawing(figure, {label: value} | (facts or {})))
        frames.append((_svg_of(figure), alt(value) if callable(alt) else alt))
        plt.close(figure)
    texts = [f"{value:g}" if isinstance(value, float) else str(value) for value in values]
    return Slider(label, [text + unit for text in texts], frames, size, caption, drawings)


def _svg_of(figure):
    text = StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None})
    return small_svg(text.getvalue())


def _as_address(svg):
    """Return SVG as an address, readable rather than in base 64: pages are sent compressed."""
    svg = svg.replace('"', "'")
    codes = {"%": "%25", "#": "%23", "<": "%3C", ">": "%3E", "&": "%26", "{": "%7B", "}": "%7D"}
    return "data:image/svg+xml," + "".join(codes.get(letter, letter) for letter in svg)
