"""Do the sums of the formulas of a page, which are written in TeX."""

import re
from decimal import Decimal

FRACTION = re.compile(r"\\[dt]?frac\s*(?:\{([^{}]*)\}|(\d))\s*(?:\{([^{}]*)\}|(\d))")
REPLACEMENTS = {
    r"\\,|\\;|\\quad|\\left|\\right|&|\{,\}": "",
    r"\\cdot|\\times": "*",
    r"\^\s*\{([^{}]*)\}": r"**(\1)",
    r"\^\s*(\d)": r"**\1",
    r"(?<=[\d)])\s*\(": "*(",
}
SUM = re.compile(r"[\d.+*/()\s-]*\d[\d.+*/()\s-]*")
EQUALITY = re.compile(r"=|\\approx|\\\\")
NUMERAL = re.compile(r"\s*-?\s*\d*\.?\d+\s*")


def complaints_about(page):
    for block in page.blocks:
        for span in block.spans:
            if span.kind == "math":
                for equality in false_equalities(span.text):
                    yield f"{page.place(span.line)}: {equality} is false"


def false_equalities(tex):
    """Yield the neighbours in a chain of equalities that are numbers and do not agree."""
    parts = EQUALITY.split(tex)
    signs = EQUALITY.findall(tex)
    for left, sign, right in zip(parts, signs, parts[1:], strict=False):
        sums = [plain(left), plain(right)]
        if sign != r"\\" and None not in sums and not agree(*sums):
            yield f"{left.strip()} {sign} {right.strip()}"


def plain(tex):
    """Return a sum as Python writes it; None if there is more in it than numbers."""
    while FRACTION.search(tex):
        tex = FRACTION.sub(lambda match: "(({})/({}))".format(*filter(None, match.groups())), tex)
    for pattern, new in REPLACEMENTS.items():
        tex = re.sub(pattern, new, tex)
    return tex.strip() if SUM.fullmatch(tex) else None


def agree(left, right):
    """Say whether two sums are equal, but for the rounding of one that is a mere number."""
    return abs(eval(left) - eval(right)) <= max(slack(left), slack(right), 1e-9)


def slack(text):
    """Return half the place of the last digit of a decimal number; sums are exact."""
    if not NUMERAL.fullmatch(text) or "." not in text:
        return 0
    exponent = Decimal(text.replace(" ", "")).as_tuple().exponent
    return float(Decimal(5).scaleb(exponent - 1)) * (1 + 1e-9)
