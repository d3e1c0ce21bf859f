"""Evaluate what a page claims, in the namespace of its cells at that place."""

import contextlib
import io
from decimal import Decimal

import numpy as np

import neuralnet
from tests.tools.numbers import Shown, stated_numerals_in, words_in


def close(a, b, tolerance=1e-8):
    """Say whether two numbers or arrays are equal but for rounding."""
    return np.shape(a) == np.shape(b) and np.allclose(a, b, rtol=tolerance, atol=tolerance)


def slope(function, x, step=1e-6):
    """Return the central difference of a function: its derivative at `x`, nearly."""
    x = np.asarray(x)
    return (function(x + step) - function(x - step)) / (2 * step)


ALWAYS_KNOWN = {"np": np, "neuralnet": neuralnet, "close": close, "slope": slope}


def value_of(claim, namespace):
    """Return what the claim's expression gives, or its error; the namespace stays as it is."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            return eval(claim.expression, {**ALWAYS_KNOWN, **namespace})
    except Exception as error:
        return error


def complaint_about(claim, value):
    """Say why a claim does not follow from the value of its expression; None if it does."""
    if claim.is_number and not claim.expression:
        return f"write {{num}}`{claim.words} = expression`, with the code that gives the number"
    if isinstance(value, Exception):
        return f"`{claim.expression}` fails: {type(value).__name__}: {value}"
    return (about_number if claim.is_number else about_words)(claim, value)


def about_number(claim, value):
    try:
        exact = [Decimal(str(number)) for number in np.ravel(value).tolist()]
    except ArithmeticError:
        return f"`{claim.expression}` is {value!r:.80}, which is no number"
    shown = numbers_of(claim.words)
    if len(shown) == len(exact) and all(map(Shown.states, shown, exact)):
        return None
    return f"the text says {claim.words}, but `{claim.expression}` is {value!r:.80}"


def about_words(claim, value):
    if isinstance(value, bool | np.bool_):
        return None if value else f'"{claim.words}" does not hold: `{claim.expression}` is false'
    return f"`{claim.expression}` is {value!r:.80}; a claim must be True or False"


def numbers_of(text):
    """Return the numbers that a piece of text states, in figures or words, in order."""
    found = [*stated_numerals_in(text), *words_in(text)]
    return sorted(found, key=lambda number: number.start)
