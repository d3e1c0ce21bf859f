"""Find decimal numbers in prose and formulas, and tell whether they round a number of a cell."""

import re
from dataclasses import dataclass
from decimal import Decimal

DIGITS = r"(?:\d+\.\d+|\.\d+)"
EXPONENT = r"[eE][+-]?\d+"
POWER_OF_TEN = (
    r"\s*(?:\\times|\\cdot|×|·)\s*10(?:\^\{?\s*(?P<power>[-−+]?\d+)|(?P<raised>[⁻⁰¹²³⁴-⁹]+))"
)
PERCENT = r"(?:\s|\\,|~)*(?P<percent>\\?%|per ?cent)"
SHOWN = re.compile(
    rf"(?<![\d.])(?P<digits>{DIGITS}(?:{EXPONENT})?)(?!\d|\.\d)(?:{POWER_OF_TEN}|{PERCENT})?"
)
ANY_NUMBER = re.compile(rf"(?<![\w.])(?:\d+\.\d*|\.\d+|\d+)(?:{EXPONENT})?(?![\w])")
VERSION = re.compile(r"(?:Python|NumPy|Matplotlib|IPython|[Vv]ersion)\s+$")
WORD = re.compile(r"\w")
THOUSANDS = re.compile(r"(?<=\d)(?:\\,|\{,\}|[ \u2009\u202f\u00a0_,])(?=\d{3}(?!\d))")
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


@dataclass(frozen=True)
class Number:
    """A decimal number as a page shows it, with the place of its last digit."""

    text: str
    value: Decimal
    half_unit: Decimal
    is_percent: bool = False

    def rounds(self, exact):
        """Say whether this is a rounding of `exact`; percentages may stand for fractions."""
        scales = (1, Decimal("0.01")) if self.is_percent else (1,)
        return any(
            abs(abs(exact) - self.value * scale) <= self.half_unit * scale for scale in scales
        )


def decimals_in(text, is_prose=False):
    """Yield the decimal numbers in a piece of text, code or formula, and the lines above each."""
    text = THOUSANDS.sub("", text)
    for match in SHOWN.finditer(text):
        before = text[: match.start()]
        if is_prose and (WORD.match(before[-1:]) or VERSION.search(before)):
            continue
        yield number_of(match), before.count("\n")


def number_of(match):
    power = int((match["power"] or match["raised"] or "0").translate(RAISED).replace("−", "-"))
    digits = Decimal(match["digits"])
    half_unit = Decimal(5).scaleb(digits.as_tuple().exponent - 1)
    return Number(
        match["digits"],
        digits.scaleb(power),
        half_unit.scaleb(power),
        is_percent=bool(match["percent"]),
    )


def numbers_in(text):
    """Return every number in code or output, whole numbers too."""
    return [Decimal(match[0]) for match in ANY_NUMBER.finditer(text.replace("_", ""))]
