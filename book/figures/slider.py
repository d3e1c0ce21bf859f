"""A slider over pictures that were drawn when the book was built."""

from html import escape
from io import StringIO
from urllib.parse import quote

import matplotlib.pyplot as plt


class Slider:
    """An HTML figure: one picture per value, and a range input that chooses it."""

    def __init__(self, values, frames, label, unit):
        self.values, self.frames, self.label, self.unit = values, frames, label, unit

    def __repr__(self):
        return f"<slider: {self.label}, {len(self.values)} values>"

    def _repr_html_(self):
        texts = [escape(f"{value}{self.unit}") for value in self.values]
        images = "\n".join(
            f'<img src="{source}" alt="{escape(alt)}" data-value="{text}"'
            f"{' hidden' if number else ''}>"
            for number, ((source, alt), text) in enumerate(zip(self.frames, texts, strict=True))
        )
        return (
            f'<div class="slider">\n{images}\n<div class="slider-control">'
            f'<label>{escape(self.label)} <input type="range" min="0" max="{len(texts) - 1}" '
            f'value="0" aria-valuetext="{texts[0]}"></label> <output>{texts[0]}</output>'
            f"</div>\n</div>"
        )


def slider(values, draw, *, label, alt, unit="", size=(5.4, 3.3)):
    """Return a slider over `values`, whose pictures `draw(axes, value)` draws.

    `alt` says what a picture shows: a text or a function of the value.
    """
    values = list(values)
    frames = []
    for value in values:
        figure, axes = plt.subplots(figsize=size)
        draw(axes, value)
        frames.append((_data_address(figure), alt(value) if callable(alt) else alt))
        plt.close(figure)
    return Slider(values, frames, label, unit)


def _data_address(figure):
    """Return a figure as the address of an inline SVG image."""
    text = StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None})
    svg = text.getvalue()
    return "data:image/svg+xml," + quote(
        svg[svg.index("<svg") :], safe=" ='/:;,()-.+*!@$&?[]{}|^~`_"
    )
