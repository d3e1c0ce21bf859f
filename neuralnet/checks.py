"""What the package asks of its arguments.

Every check either returns the argument, ready to be used, or says how to mend it.
"""

from numbers import Real

import numpy as np
from numpy.typing import ArrayLike, NDArray


def floats(name: str, values: ArrayLike) -> NDArray[np.floating]:
    """Return `values` as an array of floats; refuse text, dates, complex numbers, ragged rows."""
    try:
        array = np.asarray(values)
        if array.dtype.kind == "f":
            return array
        if array.dtype.kind in "biuO":
            return array.astype(float)
        found = array.dtype.name
    except (OverflowError, TypeError, ValueError) as error:
        found = str(error)
    raise ValueError(
        f"{name} is no array of numbers ({found}): "
        "convert it to plain numbers, in rows of one length, before you hand it over"
    )


def finite(name: str, values: ArrayLike) -> NDArray[np.floating]:
    """Return `values` as an array of floats without NaN and infinity."""
    array = floats(name, values)
    # A sum needs no second table, and is finite only if every entry is; it may overflow, though.
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


def rows_of(name: str, values: ArrayLike, features: int) -> NDArray[np.floating]:
    """Return `values` as one row of `features` numbers, or as many such rows."""
    array = finite(name, values)
    if array.ndim not in (1, 2) or array.shape[-1] != features:
        raise ValueError(
            f"{name} has shape {array.shape}, but there is one weight for each of {features} "
            f"features: pass one row of shape ({features},) or many of shape (rows, {features})"
        )
    return array


def table_of(name: str, values: ArrayLike, features: int) -> NDArray[np.floating]:
    """Return `values` as a table of at least one row of `features` numbers."""
    array = rows_of(name, values, features)
    if array.ndim == 1 or len(array) == 0:
        raise ValueError(
            f"{name} has shape {array.shape}, but a table of at least one row is needed: "
            f"pass shape (rows, {features})"
        )
    return array


def answers_for(x: NDArray[np.floating], name: str, values: ArrayLike) -> NDArray[np.floating]:
    """Return `values` as one right answer for each row of `x`."""
    array = finite(name, values)
    if array.shape != x.shape[:-1]:
        wanted = "a single number" if x.ndim == 1 else f"shape {x.shape[:-1]}"
        raise ValueError(
            f"{name} has shape {array.shape}, but inputs of shape {x.shape} need one answer a "
            f"row: pass {wanted}"
        )
    return array


def same_shape(
    prediction: ArrayLike, target: ArrayLike
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Return both as arrays; refuse shapes that NumPy would stretch to fit."""
    prediction = floats("the prediction", prediction)
    target = floats("the target", target)
    if prediction.shape != target.shape:
        raise ValueError(
            f"the target has shape {target.shape}, but the prediction has shape "
            f"{prediction.shape}: reshape the target so that the two are alike"
        )
    if prediction.size == 0:
        raise ValueError("there are no predictions: pass those of at least one row")
    return prediction, target


def targets_for(outputs: int, values: ArrayLike) -> NDArray[np.generic]:
    """Return `values` as finite numbers; where there is one output, (rows,) becomes (rows, 1)."""
    array = np.asarray(values)
    if array.dtype.kind not in "iu":
        array = finite("y", array)
    return array[:, None] if array.ndim == 1 and outputs == 1 else array


def as_many_rows(X: NDArray[np.floating], y: NDArray[np.generic]) -> None:
    """Refuse targets that are not one for each row."""
    if X.shape[:1] != y.shape[:1]:
        raise ValueError(
            f"X has shape {X.shape} and y has shape {y.shape}: there must be one target for each "
            "row, so pass as many of the one as of the other"
        )


def one_hot(z: ArrayLike, labels: ArrayLike) -> tuple[NDArray[np.floating], NDArray[np.bool]]:
    """Return raw outputs, and a table that is true in the column of each row's class."""
    z, labels = floats("z", z), np.asarray(labels)
    if z.ndim != 2 or z.size == 0 or labels.shape != z.shape[:1]:
        raise ValueError(
            f"the labels have shape {labels.shape} and the raw outputs {z.shape}: pass outputs of "
            "shape (rows, classes), at least one row, and one class number for each row"
        )
    classes, are_whole = z.shape[1], labels.dtype.kind in "iu"
    if not (are_whole and 0 <= labels.min() <= labels.max() < classes):
        found = (
            f"from {labels.min()} to {labels.max()}"
            if are_whole
            else f"such as {labels.tolist()[0]!r}"
        )
        raise ValueError(
            f"the labels must be whole numbers from 0 to {classes - 1}, one for each class: "
            f"these are {labels.dtype} {found}"
        )
    return z, labels[:, None] == np.arange(classes)


def yes_or_no(z: ArrayLike, target: ArrayLike) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Return raw outputs and targets of one shape; refuse targets outside of 0 to 1."""
    z, target = same_shape(z, target)
    if not (target.min() >= 0 and target.max() <= 1):
        raise ValueError(
            f"the target holds numbers from {target.min()} to {target.max()}: write 0 for no and "
            "1 for yes"
        )
    return z, target


def positive(name: str, value: float) -> float:
    """Return `value` as a float if it is a finite number above zero."""
    if not (isinstance(value, Real) and 0 < value < np.inf):
        raise ValueError(f"{name} is {value!r}, but it must be a number above zero, such as 0.1")
    return float(value)


def not_negative(name: str, value: float) -> float:
    """Return `value` as a float if it is a finite number, zero or above."""
    if not (isinstance(value, Real) and 0 <= value < np.inf):
        raise ValueError(f"{name} is {value!r}, but it must be zero or a number above it")
    return float(value)


def share(name: str, value: float) -> float:
    """Return `value` as a float if it is a number from 0 to less than 1."""
    if not (isinstance(value, Real) and 0 <= value < 1):
        raise ValueError(f"{name} is {value!r}, but it must be a number from 0 to less than 1")
    return float(value)


def whole(name: str, value: int) -> int:
    """Return `value` if it is a whole number above zero."""
    if not (isinstance(value, Real) and value >= 1 and value % 1 == 0):
        raise ValueError(f"{name} is {value!r}, but it must be a whole number above zero")
    return int(value)
