"""Attributes that a docstring describes together get an entry each, to which one can link.

Napoleon makes a single name of `inputs, outputs : int`, which Sphinx cannot read as one.
"""

import re

TOGETHER = re.compile(r"( *\.\. attribute:: )(\w+(?:, \w+)+)")
AFTER_NAPOLEON = 600


def part_attributes(app, what, name, obj, options, lines):
    """Give each name a line of its own, below the first: together they share one description."""
    lines[:] = [parted for line in lines for parted in parts_of(line)]


def parts_of(line):
    match = TOGETHER.fullmatch(line)
    if not match:
        return [line]
    first, *others = match[2].split(", ")
    return [match[1] + first, *(" " * len(match[1]) + other for other in others)]


def setup(app):
    """Look at the docstrings that napoleon has turned into directives."""
    app.connect("autodoc-process-docstring", part_attributes, priority=AFTER_NAPOLEON)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
