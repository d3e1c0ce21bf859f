"""Compare what a cell shows with what its page records, in the tests as in the build.

Lines are compared one by one.  Within a line, runs of spaces may differ in length, as in arrays,
and a decimal number is compared to the digits that are recorded.
"""

import difflib
import re
from decimal import Decimal

TOKEN = re.compile(r"(?:\d+\.\d+|\.\d+|\d+\.(?!\.)|\d+)(?:[eE][+-]?\d+)?|\s+|.")
LAST_BITS = Decimal("1e-12")  # how far machines differ, relative to the number
FULL_PRECISION = 13  # a number with so many digits was not rounded for the reader


def fault(recorded, shown):
    """Say what is wrong with the text a cell shows; nothing is recorded as None."""
    if recorded is None and not shown.strip():
        return ""
    if recorded is None:
        why = "the cell shows text that is not recorded.  It shows (+):"
    elif not shown.strip():
        why = "the cell shows no text, but the page records (-):"
    elif same_text(recorded, shown):
        return ""
    else:
        why = "the cell shows (+) something else than the page records (-):"
    return f"{why}\n\n{indented(difference(recorded or '', shown))}"


def same_text(recorded, shown):
    """Say whether `shown` is what the page records."""
    want, got = lines_of(recorded), lines_of(shown)
    return len(want) == len(got) and all(map(same_line, want, got))


def lines_of(text):
    """Return the lines from the first to the last that hold anything."""
    text = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
    return text.split("\n") if text else []


def same_line(recorded, shown):
    want, got = TOKEN.findall(recorded), TOKEN.findall(shown)
    return len(want) == len(got) and all(map(same_token, want, got))


def same_token(recorded, shown):
    if recorded == shown or (recorded.isspace() and shown.isspace()):
        return True
    return is_decimal(recorded) and is_decimal(shown) and same_number(recorded, shown)


def is_decimal(token):
    return token[0] in ".0123456789" and not token.isdigit() and token != "."


def same_number(recorded, shown):
    """Say whether `shown` rounds to `recorded`; what is shown in full is recorded in full."""
    want, got = Decimal(recorded), Decimal(shown)
    digits = max(len(number.as_tuple().digits) for number in (want, got))
    if recorded.endswith(".") or digits >= FULL_PRECISION:
        return abs(got - want) <= LAST_BITS * abs(want)
    return abs(got - want) <= Decimal(5).scaleb(want.as_tuple().exponent - 1)


def difference(recorded, shown):
    """Return a line-by-line difference for a person to read."""
    lines = difflib.ndiff(lines_of(recorded), lines_of(shown))
    return "\n".join(line.rstrip() for line in lines if not line.startswith("?"))


def indented(text):
    return "\n".join("    " + line if line else "" for line in text.splitlines())
