"""Numbers as sentences write them: numerals with their signs, number words, simple fractions."""

import re
from dataclasses import dataclass
from decimal import Decimal

UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
PARTS = {
    "half": 0.5,
    "third": 1 / 3,
    "quarter": 0.25,
    "tenth": 0.1,
    "hundredth": 0.01,
    "thousandth": 0.001,
}
SMALL = {word: value for value, word in enumerate(UNITS)}
SMALL |= {word: 10 * value for value, word in enumerate(TENS, 2)}

CARDINAL = rf"(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(UNITS[1:10])}))?|(?:{'|'.join(UNITS)})(?!\w)"
WRITTEN = re.compile(
    r"(?<![\w.])(?:"
    rf"(?:an?|(?P<times>{CARDINAL})) (?P<part>{'|'.join(PARTS)})s?"
    rf"|(?P<fraction>[{''.join(SIGNS)}])"
    r"|ten to the (?P<down>minus )?(?P<power>\d+)"
    r"|(?P<sign>[−-]|minus )?(?:"
    r"(?P<numeral>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"
    rf"|(?P<word>{CARDINAL})(?P<scales>(?: (?:{'|'.join(SCALES)}))*)))(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Written:
    """A number in a text, its place, and between which numbers one is that it rounds."""

    text: str
    start: int
    end: int
    low: float
    high: float

    def rounds(self, exact):
        return self.low <= exact <= self.high


def written_numbers(text):
    """Return the numbers of a text, in order; `one` is among them, though often a pronoun."""
    return [Written(m[0], *m.span(), *bounds_of(m)) for m in WRITTEN.finditer(text)]


def bounds_of(match):
    """Return the least and the greatest number of which a written one is a rounding."""
    if match["power"]:
        power = int(match["power"]) * (-1 if match["down"] else 1)
        return 10 ** (power - 0.5), 10 ** (power + 0.5)
    if match["fraction"]:
        value = slack = SIGNS[match["fraction"]]
        slack /= 20
    elif match["part"]:
        part = PARTS[match["part"].lower()]
        value, slack = (
            part * value_of_cardinal(match["times"] or "one"),
            part / (2 if part < 0.2 else 20),
        )
    elif match["numeral"]:
        number = Decimal(match["numeral"])
        value, exponent = float(number), number.as_tuple().exponent
        slack = 0.5 * 10.0**exponent if exponent < 0 else slack_of_whole(value)
    else:
        value = value_of_cardinal(match["word"])
        for scale in match["scales"].split():
            value *= SCALES[scale.lower()]
        slack = slack_of_whole(value)
    value = -value if match["sign"] else value
    # A number may lie on the edge, where the last bit of its binary form must not decide.
    slack *= 1 + 1e-9
    return value - slack, value + slack


def slack_of_whole(value):
    """Return what the rounding to a whole number may leave out: of small ones, less than half."""
    return min(0.5, max(value, 1) / 20)


def value_of_cardinal(words):
    return sum(SMALL[word.lower()] for word in re.split("[- ]", words))
