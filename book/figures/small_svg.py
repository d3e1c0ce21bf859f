"""Matplotlib's SVG with fewer bytes, for pictures of which a page has many.

A page is sent compressed, which finds what pictures share only if each is below 32 kB.
"""

import re

# Letters are drawn in 64 units a point and scaled down, far finer than any screen shows.
FINE, COARSER = 0.015625, 16
GLYPH = re.compile(rf'(<path id="[^"]*") d="([^"]*)" transform="scale\({FINE}\)"')
NUMBER = re.compile(r"-?\d+\.?\d*")


def small_svg(svg):
    """Return an SVG of Matplotlib's without heading, comments and needless digits."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = GLYPH.sub(_coarser, svg)
    svg = _with_short_names(re.sub(r'<g id="[^"]*"', "<g", svg))
    # The scale of a letter needs its digits.
    svg = re.sub(r' (d|x|y)="[^"]*"|translate\([^)]*\)', lambda part: _rounded(part[0]), svg)
    svg = re.sub(r' d="[^"]*"', lambda path: re.sub(r" ?([A-Za-z]) ", r"\1", path[0]), svg)
    return re.sub(r"\s+", " ", svg).replace("> <", "><").replace(' "', '"')


def _with_short_names(svg):
    names = {name: f"_{number}" for number, name in enumerate(re.findall(r' id="([^"]*)"', svg))}
    return re.sub(
        r'(?<= id=")[^"]*|(?<=#)[\w-]+(?=["\)])', lambda name: names.get(name[0], name[0]), svg
    )


def _coarser(glyph):
    path = NUMBER.sub(lambda number: str(round(float(number[0]) / COARSER)), glyph[2])
    return f'{glyph[1]} d="{path}" transform="scale({FINE * COARSER})"'


def _rounded(coordinates):
    return NUMBER.sub(lambda number: f"{round(float(number[0]), 1):g}", coordinates)
