"""What a figure function returns: the figure, and what it shows, for those who describe it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from matplotlib.figure import Figure

Fact = bool | float | str | Sequence[float] | Sequence[str]


# Without a repr of its own: nobody wants to read one, and a cell that ends without a semicolon
# is told so by the object's address.
@dataclass(repr=False)
class Drawing:
    """A figure with the facts that a description of it must state.

    `facts` maps a noun to what is drawn of it, computed from the very data that are drawn:

    - a number: `{"inputs": 3}`, written as "three inputs" or "the inputs are 3";
    - numbers in a row: `{"z": (-6, 6)}`, as "z from -6 to 6";
    - a label: `{"noisy": "rises"}`, where noun and label share a sentence;
    - labels: `{"boxes": ("input", "layer", "loss")}`, all to be named in this order;
    - whether something is so: `{"parallel": True}`, a phrase that must stand there or must not.
    """

    figure: Figure
    facts: Mapping[str, Fact] = field(default_factory=dict)
