"""Compare what the package computes with numbers that somebody printed, to the last digit."""

from decimal import Decimal

import numpy as np


def check(printed, ours, **conventions):
    """Demand that each number of ours rounds to the printed one at its last digit.

    Parameters
    ----------
    printed : str
        Numbers as they stand in the source, with white space between them.
    ours : array_like
        As many numbers, in the same order.
    **conventions
        What `agrees` takes.
    """
    texts, values = printed.split(), np.ravel(ours).tolist()
    assert len(texts) == len(values), f"{len(texts)} numbers are printed, we have {len(values)}"
    wrong = [
        f"printed {text}, ours {value!r}"
        for text, value in zip(texts, values, strict=True)
        if not agrees(text, value, **conventions)
    ]
    assert not wrong, "; ".join(wrong)


def agrees(text, value, *, cut=False, precision=np.float64, summands=0.0):
    """Say whether a printed number is a rounding of a value.

    Parameters
    ----------
    text : str
        The number as it stands in the source.
    value : float
        Ours.
    cut : bool
        Whether the source drops the digits that follow instead of rounding.
    precision : data type
        In which the source computed; its last bits change with the order of a sum.
    summands : float
        The size of what was summed up, where it is larger than the number itself.
    """
    theirs, value = Decimal(text), Decimal(value)
    unit = Decimal(1).scaleb(theirs.as_tuple().exponent)
    size = max(abs(theirs), Decimal(summands))
    last_bits = 4 * Decimal(float(np.finfo(precision).eps)) * size
    if cut:
        return value * theirs >= 0 and 0 <= abs(value) - abs(theirs) <= unit
    return abs(value - theirs) <= unit / 2 + last_bits
