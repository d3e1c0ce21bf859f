"""What the package refuses, and what it says then.

Each check takes the name of an argument and its value, and then what the value must fit.  It
returns the value, ready to be used, or raises an error that says how to mend it.
"""

from collections.abc import Callable, Sequence
from numbers import Real
from reprlib import Repr
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.floating]
Kind = TypeVar("Kind")


def shown(value: object) -> str:
    """Return a text of `value` that is a short line, however large it is."""
    short = Repr()
    short.maxother = short.maxstring = 80
    return " ".join(short.repr(value).split())


def name_of(function: object) -> str:
    """Return the name of a function, or a short text of an object that is called like one."""
    return getattr(function, "__name__", None) or shown(function)


# Arrays


def as_float_array(name: str, values: ArrayLike) -> Array:
    """Return `values` as an array of floats; refuse what would lose its meaning as one."""
    return as_array(name, values, _floats)


def _floats(values: ArrayLike) -> Array:
    array = np.asarray(values)
    # A float is also made of text, where an array holds objects.
    is_text = array.dtype.kind == "O" and any(isinstance(v, str | bytes) for v in array.flat)
    if is_text or array.dtype.kind not in "fbiuO":
        raise TypeError(array.dtype.name)
    return array if array.dtype.kind == "f" else array.astype(float)


def as_array(
    name: str, values: ArrayLike, convert: Callable[[ArrayLike], NDArray[Any]] = np.asarray
) -> NDArray[Any]:
    """Return `values` as an array of any kind, or of the one that `convert` makes."""
    if values is None:
        raise ValueError(f"{name} is None: pass an array of numbers")
    check_plain(name, values)
    try:
        return convert(values)
    except (OverflowError, TypeError, ValueError) as error:
        raise ValueError(
            f"{name} is no array of numbers ({str(error)[:200]}): "
            "convert it to plain numbers, in rows of one length, before you hand it over"
        ) from error


def check_plain(name: str, values: object) -> None:
    """Refuse arrays of which NumPy would take the numbers without their meaning."""
    rows = values if isinstance(values, list | tuple) else [values]
    if any(isinstance(row, np.ma.MaskedArray) and np.ma.is_masked(row) for row in rows):
        raise ValueError(
            f"{name} has masked entries: fill them, {name}.filled(...), or drop their rows"
        )
    if hasattr(values, "toarray"):
        raise ValueError(f"{name} is sparse: pass {name}.toarray()")


def check_array(name: str, values: ArrayLike) -> Array:
    """Return `values` as an array of floats without NaN and infinity."""
    array = as_float_array(name, values)
    # A sum needs no second array, and is finite only if every entry is; it may overflow, though.
    with np.errstate(over="ignore", invalid="ignore"):
        all_finite = np.isfinite(array.sum()) or np.isfinite(array).all()
    if not all_finite:
        bad = np.argwhere(~np.isfinite(array))[0].tolist()
        where = f" at index {bad}" if bad else ""
        raise ValueError(
            f"{name} holds {array[tuple(bad)]}{where}: "
            "drop or fill missing values before you hand them over"
        )
    return array


def check_numbers(name: str, values: ArrayLike) -> NDArray[Any]:
    """Return `values` as an array of finite floats, or of whole numbers, which stay small."""
    array = as_array(name, values)
    return array if array.dtype.kind in "iu" else check_array(name, array)


def check_rows(name: str, values: ArrayLike, features: int) -> NDArray[Any]:
    """Return `values` as one row of `features` numbers, or as many such rows."""
    array = check_numbers(name, values)
    if array.ndim not in (1, 2) or array.shape[-1] != features:
        raise ValueError(
            f"{name} has shape {array.shape}, but there is one weight for each of {features} "
            f"features: pass one row of shape ({features},) or many of shape (rows, {features})"
        )
    return array


def check_table(name: str, values: ArrayLike, features: int) -> NDArray[Any]:
    """Return `values` as a table of at least one row of `features` numbers."""
    array = check_rows(name, values, features)
    if array.ndim == 1 or len(array) == 0:
        raise ValueError(
            f"{name} has shape {array.shape}, but a table of at least one row is needed: "
            f"pass shape (rows, {features})"
        )
    return array


# Targets and predictions


def check_answers(name: str, values: ArrayLike, x: NDArray[Any]) -> Array:
    """Return `values` as one number from 0 to 1 for each row of `x`."""
    array = check_binary(name, values)
    if array.shape != x.shape[:-1]:
        wanted = "a single number" if x.ndim == 1 else f"shape {x.shape[:-1]}"
        raise ValueError(
            f"{name} has shape {array.shape}, but inputs of shape {x.shape} need one target a "
            f"row: pass {wanted}"
        )
    return array


def check_binary(name: str, values: ArrayLike) -> Array:
    """Return `values` as an array of numbers from 0 to 1."""
    array = check_array(name, values)
    if array.size and not (array.min() >= 0 and array.max() <= 1):
        raise ValueError(
            f"{name} holds numbers from {array.min()} to {array.max()}: write 0 for no and 1 for "
            "yes"
        )
    return array


def check_same_shape(predictions: ArrayLike, targets: ArrayLike) -> tuple[Array, Array]:
    """Return both as arrays; refuse shapes that NumPy would stretch to fit."""
    predictions = as_float_array("predictions", predictions)
    targets = as_float_array("targets", targets)
    if predictions.shape != targets.shape:
        raise ValueError(
            f"targets has shape {targets.shape}, but predictions has shape {predictions.shape}: "
            "reshape the targets so that the two are alike"
        )
    if predictions.size == 0:
        raise ValueError("there are no predictions: pass those of at least one row")
    return predictions, targets


def check_shape(name: str, array: NDArray[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    """Return an array of this shape; refuse one of another."""
    if np.shape(array) != shape:
        raise ValueError(f"{name} has shape {np.shape(array)}: make it of shape {shape}")
    return array


def check_loss_and_gradient(answer: Any, predictions: Array) -> tuple[float, Array]:
    """Return what a loss has returned for `predictions`: a number, and a gradient of their kind."""
    if not isinstance(answer, tuple) or len(answer) != 2:
        raise TypeError(
            f"the loss returned {shown(answer)}: let it return two things, its value and the "
            "gradient of that with respect to the predictions"
        )
    value = as_float_array("the value of the loss", answer[0])
    check_shape("the value of the loss", value, ())
    gradient = as_float_array("the gradient of the loss", answer[1])
    check_shape("the gradient of the loss", gradient, predictions.shape)
    return float(value), gradient.astype(predictions.dtype, copy=False)


def check_labels(name: str, labels: ArrayLike, outputs: tuple[int, ...]) -> NDArray[np.integer]:
    """Return `labels` as one class number for each row of `outputs`, a shape (rows, classes)."""
    array = as_array(name, labels)
    rows, classes = outputs if len(outputs) == 2 else (0, 0)
    if array.shape == outputs and classes > 1:
        raise ValueError(f"{name} has a column for each class: pass {name}.argmax(axis=1)")
    if rows * classes == 0 or array.shape != (rows,):
        raise ValueError(
            f"{name} has shape {array.shape} and the outputs {outputs}: pass outputs of shape "
            "(rows, classes), at least one row, and one class number for each row"
        )
    is_whole = array.dtype.kind in "iu"
    if not (is_whole and 0 <= array.min() <= array.max() < classes):
        first = array[:1].tolist()
        found = f"from {array.min()} to {array.max()}" if is_whole else f"such as {shown(*first)}"
        raise ValueError(
            f"{name} must be whole numbers from 0 to {classes - 1}, one for each class: these are "
            f"{array.dtype} {found}: number them, classes, {name} = np.unique({name}, "
            "return_inverse=True)"
        )
    return array


def check_classes(name: str, labels: ArrayLike, outputs: tuple[int, ...]) -> NDArray[np.integer]:
    """Return `labels` as whole numbers; with a single column of `outputs`, as zeros and ones."""
    if outputs[1] > 1:
        return check_labels(name, labels, outputs)
    array = as_array(name, labels)
    array = array[:, 0] if array.shape == outputs else array
    if array.dtype.kind in "bf" and np.isin(array, (0, 1)).all():
        array = array.astype(int)
    return check_labels(name, array, (outputs[0], 2))


def check_targets(name: str, values: ArrayLike, outputs: int) -> NDArray[Any]:
    """Return `values` as finite numbers; where there is one output, (rows,) becomes (rows, 1)."""
    array = check_numbers(name, values)
    return array[:, None] if array.ndim == 1 and outputs == 1 else array


def check_consistent_length(X: NDArray[Any], y: NDArray[Any]) -> None:
    """Refuse targets that are not one for each row."""
    if X.shape[:1] != y.shape[:1]:
        raise ValueError(
            f"X has shape {X.shape} and y has shape {y.shape}: there must be one target for each "
            "row, so pass as many of the one as of the other"
        )


# Plain numbers


def _number(name: str, value: Kind, fits: Callable[[Any], bool], wanted: str) -> Kind:
    if isinstance(value, bool) or not (isinstance(value, Real) and fits(value)):
        raise ValueError(f"{name} is {shown(value)}, but it must be {wanted}")
    return value


def number(name: str, value: float) -> float:
    """Return `value` as a float if it is a finite number."""
    return float(_number(name, value, lambda v: -np.inf < v < np.inf, "a number"))


def positive(name: str, value: float) -> float:
    """Return `value` as a float if it is a finite number above zero."""
    return float(_number(name, value, lambda v: 0 < v < np.inf, "a number above zero, as 0.1 is"))


def non_negative(name: str, value: float) -> float:
    """Return `value` as a float if it is a finite number, zero or above."""
    return float(_number(name, value, lambda v: 0 <= v < np.inf, "zero or a number above it"))


def fraction(name: str, value: float) -> float:
    """Return `value` as a float if it is a number from 0 to less than 1."""
    return float(_number(name, value, lambda v: 0 <= v < 1, "a number from 0 to less than 1"))


def positive_int(name: str, value: int) -> int:
    """Return `value` if it is a whole number above zero."""
    wanted = "a whole number above zero"
    return int(_number(name, value, lambda v: v >= 1 and v % 1 == 0, wanted))


def non_negative_int(name: str, value: int) -> int:
    """Return `value` if it is a whole number, zero or above."""
    wanted = "zero or a whole number above it"
    return int(_number(name, value, lambda v: v >= 0 and v % 1 == 0, wanted))


def picture_shape(name: str, value: Sequence[int]) -> tuple[int, int, int]:
    """Return `value` as height, width and channels of a picture, if it can be that."""
    numbers = list(value) if isinstance(value, Sequence) or np.ndim(value) == 1 else []
    if len(numbers) != 3:
        raise ValueError(
            f"{name} is {shown(value)}, but it must be (height, width, channels): pass three "
            "whole numbers above zero, such as (28, 28, 1) for pictures in shades of grey"
        )
    height, width, channels = (positive_int(f"a number of {name}", v) for v in numbers)
    return height, width, channels


def boolean(name: str, value: bool) -> bool:
    """Return `value` if it is True or False."""
    if not isinstance(value, bool | np.bool):
        raise ValueError(f"{name} is {shown(value)}, but it must be True or False")
    return bool(value)


# Kinds of objects


def instance(name: str, value: object, kind: type[Kind], example: str) -> Kind:
    """Return `value` if it is a `kind`."""
    if not isinstance(value, kind):
        raise TypeError(
            f"{name} is {shown(value)}, but it must be of type {kind.__name__}: pass one, such "
            f"as {example}"
        )
    return value


def check_callable(name: str, value: object) -> None:
    """Refuse what cannot be called."""
    if not callable(value):
        raise TypeError(f"{name} is {shown(value)}, but it must be a function")
