"""Find the numbers in sentences, formulas, code and output, and say which of them agree.

A number that a page shows may be a rounding: `Shown` keeps the place of its last digit.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from tests.tools.number_words import CARDINAL, value_of_cardinal

SEPARATOR = r"(?:\\,|\{,\}|[ \u2009\u202f\u00a0_,])"
THOUSANDS = rf"\d{{1,3}}(?:{SEPARATOR}\d{{3}})+(?!\d)"
DIGITS = rf"(?:(?:{THOUSANDS}|\d+)(?:\.\d+|\.(?=[eE]))?|\.\d+)(?:[eE][+-]?\d+)?"
RAISED = r"(?:\^\{?\s*(?P<power>[-−+]?\d+)\}?|(?P<raised>[⁻⁰¹²³⁴-⁹]+))"
TIMES_TEN = rf"(?:\s*[×·]\s*10{RAISED})"
PERCENT = r"(?:(?:\s|\\,|~)*(?P<percent>\\?%|per ?cent))"
# An index or an exponent is no number of its own, nor are the digits of a name such as W1.
NUMERAL = re.compile(
    rf"(?<![\w.^])(?<![_^]\{{)(?<![_^]\{{[-−])(?P<digits>{DIGITS})(?!\w|\.\d)"
    rf"(?:{TIMES_TEN}|{PERCENT})?"
)
POWER_OF_TEN = re.compile(rf"10{RAISED}")
NAME_WITH_HYPHEN = re.compile(r"[A-Za-z]\d?[-−]$")
VERSION = re.compile(r"(?:Python|NumPy|Matplotlib|IPython|[Vv]ersion)\s+$")
OPERAND = re.compile(r"[\w)\]}.]$")
KEYWORD = re.compile(r"\b(?:return|in|and|or|not|if|else|is|yield)$")
TEX_OPERATOR = re.compile(
    r"\\(?:(?P<times>cdot|times)|approx|le|ge|leq|geq|to|rightarrow|quad|qquad)(?![A-Za-z])"
)
# The shape (4, 3), also as the arguments of zeros(4, 3) or as the list [4, 3].
LIST = re.compile(r"[(\[]\s*(\d+(?:\s*,\s*\d+)+|\d+\s*,)\s*,?\s*[)\]]")
PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")
ORDINALS = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
)
OTHER_WORDS = {
    **{word: Decimal(number) for number, word in enumerate(ORDINALS, start=1)},
    "none": Decimal(0),
    "once": Decimal(1),
    "twice": Decimal(2),
    "half": Decimal("0.5"),
    "quarter": Decimal("0.25"),
}
LOOK_BACK = 40  # characters before a number, which hold any word and sign that it goes with
NUMBER_WORD = re.compile(rf"\b(?:{CARDINAL}|{'|'.join(OTHER_WORDS)})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Shown:
    """A number as a page shows it: `half_unit` is half the place of its last digit."""

    text: str
    value: Decimal
    half_unit: Decimal = Decimal(0)
    is_percent: bool = False
    start: int = 0
    end: int = 0

    @property
    def is_decimal(self):
        return bool(self.half_unit) or self.is_percent

    def rounds(self, exact):
        """Say whether this is a rounding of `exact`; percentages may stand for fractions."""
        scales = (1, 100) if self.is_percent else (1,)
        return any(abs(exact * scale - self.value) <= self.half_unit for scale in scales)

    def states(self, exact):
        """Say whether this is what a sentence may say of `exact`, which a percentage divides."""
        exact = exact * 100 if self.is_percent else exact
        is_whole = exact == exact.to_integral_value()
        half_unit = self.half_unit or (0 if is_whole or self.value % 1 else Decimal("0.5"))
        return abs(exact - self.value) <= half_unit


@dataclass(frozen=True)
class ShownList:
    """A shape such as (4, 3), or another list of whole numbers, as a page shows it."""

    text: str
    numbers: tuple[int, ...]
    start: int
    end: int


def numerals_in(text, is_code=False):
    """Yield the numbers that stand in figures; `is_code` for code and formulas."""
    text = TEX_OPERATOR.sub(as_sign, text)
    for match in NUMERAL.finditer(text):
        start = match.start()
        if power := POWER_OF_TEN.match(text, start):
            yield Shown(power[0], Decimal(1).scaleb(power_of(power)), start=start, end=power.end())
        elif is_code or not NAME_WITH_HYPHEN.search(before(text, start)):
            yield numeral(match, sign_before(text, start, is_code))


def stated_numerals_in(text, is_code=False):
    """Yield the numbers of a text that are not the version of a program."""
    for number in numerals_in(text, is_code):
        if is_code or not VERSION.search(before(text, number.start)):
            yield number


def numerals_beside_lists_in(text, is_code=False):
    """Yield the numbers of a text that no shape or list holds."""
    lists = list(lists_in(text))
    for number in stated_numerals_in(text, is_code):
        if not any(found.start < number.start < found.end for found in lists):
            yield number


def before(text, start):
    return text[max(0, start - LOOK_BACK) : start]


def as_sign(match):
    """Return a sign for a TeX operator, as long as its name."""
    return ("·" if match["times"] else "=").rjust(len(match[0]))


def power_of(match):
    return int((match["power"] or match["raised"] or "0").translate(PLAIN))


def numeral(match, sign):
    power = power_of(match)
    digits = Decimal(re.sub(SEPARATOR, "", match["digits"]))
    exponent = digits.as_tuple().exponent
    is_percent, is_whole = bool(match["percent"]), exponent >= 0 and not power
    half_unit = Decimal(0) if is_whole and not is_percent else Decimal(5).scaleb(exponent - 1)
    return Shown(
        sign + match["digits"],
        digits.scaleb(power).copy_sign(-1 if sign else 1),
        half_unit.scaleb(power),
        is_percent,
        match.start() - len(sign),
        match.end(),
    )


def sign_before(text, start, is_code):
    """Return the minus sign of the number at `start`; one that subtracts is none."""
    words = before(text, start)
    if is_code:
        words = words.rstrip(" \n")
    sign, words = words[-1:], words[:-1]
    if sign not in {"-", "−"}:
        return ""
    if is_code:
        words = words.rstrip(" \n&")
    subtracts = OPERAND.search(words) and not KEYWORD.search(words)
    return "" if subtracts else sign


def words_in(text):
    """Yield the numbers that stand in words."""
    for match in NUMBER_WORD.finditer(text):
        word = match[0].lower()
        value = OTHER_WORDS[word] if word in OTHER_WORDS else Decimal(value_of_cardinal(word))
        yield Shown(match[0], value, start=match.start(), end=match.end())


def lists_in(text):
    """Yield the shapes and lists of whole numbers."""
    for match in LIST.finditer(text):
        numbers = tuple(int(number) for number in re.findall(r"\d+", match[1]))
        yield ShownList(match[0], numbers, match.start(), match.end())


def numbers_in(text):
    """Return the values of all numbers in a text, code or output."""
    return [number.value for number in numerals_in(text)]
