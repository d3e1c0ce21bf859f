"""Compare what a cell shows with what the page records.

Text is compared as doctest compares it with ELLIPSIS and NORMALIZE_WHITESPACE; a decimal number is
compared to the digits that the page shows.
"""

import difflib
import re
from decimal import Decimal

TOKEN = re.compile(
    r"(?P<ellipsis>\.\.\.)"
    r"|(?P<number>(?:\d+\.\d+|\.\d+|\d+\.(?!\.)|\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<space>\s+)"
    r"|(?P<character>.)",
    re.DOTALL,
)
LAST_BITS = Decimal("1e-12")  # how far machines differ, relative to the number
FULL_PRECISION = 13  # a number with so many digits was not rounded for the reader


def same_text(recorded, shown):
    """Say whether `shown` is what the page records."""
    chunks = split_at_ellipses(tokens(recorded.strip(), ellipses=True))
    found = tokens(shown.strip())
    if len(chunks) == 1:
        return len(found) == len(chunks[0]) and match_at(chunks[0], found, 0)
    first, *middle, last = chunks
    end = len(found) - len(last)
    if end < len(first) or not match_at(first, found, 0) or not match_at(last, found, end):
        return False
    place = len(first)
    for chunk in middle:
        starts = range(place, end - len(chunk) + 1)
        place = next((start for start in starts if match_at(chunk, found, start)), None)
        if place is None:
            return False
        place += len(chunk)
    return True


def tokens(text, ellipses=False):
    """Split `text` into numbers, spaces, single characters and, on request, ellipses."""
    return [
        token
        for match in TOKEN.finditer(text)
        for token in (list("...") if match["ellipsis"] and not ellipses else [match[0]])
    ]


def split_at_ellipses(items):
    """Return the tokens between ellipses; a number that an ellipsis cuts off keeps it."""
    chunks = [[]]
    for item in items:
        if item == "...":
            if chunks[-1] and chunks[-1][-1][-1].isdigit():
                chunks[-1][-1] += "..."
            chunks.append([])
        else:
            chunks[-1].append(item)
    return chunks


def match_at(chunk, found, start):
    return all(map(same_token, chunk, found[start : start + len(chunk)]))


def same_token(recorded, shown):
    if recorded == shown or (recorded.isspace() and shown.isspace()):
        return True
    if recorded.endswith("..."):
        return shown.startswith(recorded.removesuffix("..."))
    return is_decimal(recorded) and is_decimal(shown) and same_number(recorded, shown)


def is_decimal(token):
    return token[0] in ".0123456789" and not token.isdigit() and token != "."


def same_number(recorded, shown):
    """Say whether `shown` rounds to `recorded`; a last digit that differs is a difference."""
    want, got = Decimal(recorded), Decimal(shown)
    digits = want.as_tuple()
    if recorded.endswith(".") or len(digits.digits) >= FULL_PRECISION:
        return abs(got - want) <= LAST_BITS * abs(want)
    return abs(got - want) <= Decimal(5).scaleb(digits.exponent - 1)


def difference(recorded, shown):
    """Return a line-by-line difference for a person to read."""
    lines = difflib.ndiff(recorded.strip().splitlines(), shown.strip().splitlines())
    return "\n".join(line.rstrip() for line in lines if not line.startswith("?"))
