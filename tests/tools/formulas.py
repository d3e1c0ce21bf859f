"""Do the sums of the formulas of a page, and find displayed ones that nothing vouches for.

A displayed formula that adds or subtracts is an equality of numbers, which is computed, or a claim
under it quotes its plus or minus and says in code what it means.
"""

import re
from decimal import Decimal

from tests.tools.passages import passages_of

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
OPERATOR = re.compile(r"(?<=[\w)}\]] )[+-](?= )")
OTHER_SIGN = {"+": "-", "-": "+"}


def complaints_about(page):
    for blocks in page.sections:
        for passage in passages_of(blocks):
            for span in passage.spans:
                if span.kind == "math":
                    for equality in false_equalities(span.text):
                        yield f"{page.place(span.line)}: {equality} is false"
            if passage.kind == "math":
                for line, piece in unbound(passage):
                    yield f'{page.place(line)}: bind "{piece}" by a claim under the formula'


def unbound(passage):
    """Yield each plus or minus of a displayed formula that may be the other, with its line."""
    for place, span in passage.spans_in_text():
        for match in OPERATOR.finditer(span.text):
            at = place + match.start()
            is_quoted = any(first <= at < last for first, last in passage.quoted)
            if not is_quoted and not any(false_equalities(with_other_sign(span.text, match))):
                piece = span.text[max(0, match.start() - 10) : match.end() + 10]
                yield span.line_of(match.start()), " ".join(piece.split())


def with_other_sign(tex, match):
    return tex[: match.start()] + OTHER_SIGN[match[0]] + tex[match.end() :]


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
