"""Training a network, and measuring what it has learned.

A run goes through all rows again and again, and takes a step after each batch of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neuralnet.checks import not_negative, same_shape, whole
from neuralnet.history import History, TrainingDiverged
from neuralnet.layers import Array
from neuralnet.losses import LossFunction
from neuralnet.network import Backpropagation, Network
from neuralnet.optimizers import Optimizer

Rows = tuple[Array, NDArray[np.generic]]
Way = Callable[[int], Backpropagation]


def train(
    net: Network,
    X: ArrayLike,
    y: ArrayLike,
    loss: LossFunction,
    optimizer: Optimizer,
    *,
    epochs: int,
    batch_size: int | None = None,
    shuffle: bool = True,
    l2: float = 0.0,
    validation: tuple[ArrayLike, ArrayLike] | None = None,
    patience: int | None = None,
    rng: np.random.Generator | int | None = None,
    report: Callable[[int, float], object] | None = None,
) -> History:
    """Let a network learn from rows and targets.

    Parameters
    ----------
    net : Network
        The network; its parameters are changed in place.
    X : array_like
        The training rows, of shape (rows, inputs).
    y : array_like
        Their targets, as :meth:`neuralnet.network.Network.gradient` takes them.
    loss : callable
        One of :mod:`neuralnet.losses`, or a function that is called like them.  It must not
        change its arguments; the predictions are overwritten by the next batch.
    optimizer : SGD or Adam
        Takes the steps.
    epochs : int
        How often to go through all rows.
    batch_size : int, optional
        How many rows to look at for one step; all of them unless given.
    shuffle : bool
        Whether each epoch takes the rows of its batches in a new random order.
    l2 : float
        The price of each squared weight, added to the loss; zero or above.
    validation : pair of array_like, optional
        Rows and targets that are only measured, never learned from.
    patience : int, optional
        Stop when the validation loss has not improved for so many epochs, and go back to
        the parameters of the best one.  If that never happens, the last parameters stay.
    rng : numpy.random.Generator or int, optional
        Who shuffles; a seed makes the run repeatable.
    report : callable, optional
        Called with the epoch and its loss at each record.

    Returns
    -------
    History
        ``loss[e]`` was measured during epoch e, each batch before its step (the mean over the
        batches, weighted by their rows), ``validation_loss[e]`` after it.  Ctrl-C ends the run
        early, keeps the parameters and says ``stopped="interrupted"``.

    Raises
    ------
    ValueError
        If an argument does not fit; the network is then unchanged.
    TrainingDiverged
        If a loss becomes infinite or NaN, or if a parameter is so at the end.
    """
    held_out = _checked_validation(net, validation, loss)
    X, y = _checked_rows(net, X, y, loss)
    loss = getattr(loss, "compute", loss)  # without the checks, which are done
    way = cache(partial(Backpropagation, net, loss=loss, l2=not_negative("l2", l2)))
    batches = _batches(X, y, batch_size, np.random.default_rng(rng) if shuffle else None)
    history, best = History(_rate_of(optimizer)), _best_of(net, patience, held_out)
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            for epoch in range(whole("epochs", epochs)):
                value = _one_epoch(net, batches, way, optimizer) / len(X)
                history.record(epoch, value, held_out and _measured(net, held_out, loss))
                if report is not None:
                    report(epoch, value)
                if best and best.is_long_past(history):
                    break
    except KeyboardInterrupt:
        history.stopped = "interrupted"
    return _ended(net, history, best)


def _rate_of(optimizer: Optimizer) -> float:
    """Return the learning rate of an optimiser; refuse what is none, such as the class itself."""
    if not isinstance(optimizer, Optimizer):
        raise ValueError(f"optimizer is {optimizer!r}, but it must be one: make it, as in SGD(0.1)")
    return optimizer.learning_rate


def _checked_validation(
    net: Network, validation: tuple[ArrayLike, ArrayLike] | None, loss: LossFunction
) -> Rows | None:
    """Return the rows that are only measured as arrays that fit, if there are any."""
    if validation is None:
        return None
    if not isinstance(validation, tuple | list) or len(validation) != 2:
        raise ValueError(
            f"validation is {validation!r}, but it must be rows and targets: pass (X, y)"
        )
    return _checked_rows(net, *validation, loss)


def _checked_rows(net: Network, X: ArrayLike, y: ArrayLike, loss: LossFunction) -> Rows:
    """Return rows and targets as arrays that fit the network and the loss."""
    if not callable(loss):
        raise ValueError(f"loss is {loss!r}, but it must be a function: cross_entropy, for one")
    X, targets = net.checked(X, y)
    if check := getattr(loss, "check", None):
        # There are no answers yet: zeros of their shape, which take no room, stand in for them.
        zeros = np.broadcast_to(np.zeros(1, net.parameters.dtype), (len(X), net.outputs))
        _, targets = check(zeros, targets)
    else:
        loss(net._forward(X), targets)  # refuses, before any step, what it would refuse later
    # Numbers of classes, and what a check makes of them, have no precision to take on.
    if targets.dtype.kind == "f":
        targets = targets.astype(net.parameters.dtype, copy=False)
    return X, targets


def _best_of(net: Network, patience: int | None, held_out: Rows | None) -> _Best | None:
    """Return what remembers the best epoch, if there is a patience."""
    if patience is None:
        return None
    if held_out is None:
        raise ValueError("patience needs validation=(X, y), rows on which to see no progress")
    return _Best(net, whole("patience", patience))


class _Best:
    """The parameters with the least validation loss so far, to go back to."""

    def __init__(self, net: Network, patience: int) -> None:
        self.net, self.patience = net, patience
        self.epoch, self.loss, self.parameters = 0, np.inf, net.parameters

    def is_long_past(self, history: History) -> bool:
        """Look at the last epoch; return whether the best one is too long ago."""
        epoch, loss = history.steps[-1], history.validation_loss[-1]
        if loss < self.loss:
            self.epoch, self.loss, self.parameters = epoch, loss, self.net.parameters.copy()
        elif epoch - self.epoch >= self.patience:
            history.stopped = "no improvement"
        return history.stopped == "no improvement"


def _batches(
    X: Array, y: NDArray[np.generic], batch_size: int | None, rng: np.random.Generator | None
) -> Iterable[Rows]:
    """Return the rows in parts of `batch_size`, in their order or in a new one each time."""
    size = len(X) if batch_size is None else whole("batch_size", batch_size)
    return [(X, y)] if size >= len(X) else _Parts(X, y, size, rng)


@dataclass
class _Parts:
    """Rows in parts of one size, in their order or, with a generator, in a new one each time."""

    X: Array
    y: NDArray[np.generic]
    size: int
    rng: np.random.Generator | None

    def __iter__(self) -> Iterator[Rows]:
        X, y = self.X, self.y
        order = None if self.rng is None else self.rng.permutation(len(X))
        for first in range(0, len(X), self.size):
            part = slice(first, first + self.size)
            if order is None:
                yield X[part], y[part]
            else:
                rows = order[part]
                yield X.take(rows, axis=0), y.take(rows, axis=0)


def _one_epoch(net: Network, batches: Iterable[Rows], way: Way, optimizer: Optimizer) -> float:
    """Take one step for each batch; return their losses, each before its step, times their rows."""
    total = 0.0
    for X, y in batches:
        rows = len(X)
        total += rows * way(rows).gradient(X, y)
        optimizer.step(net.parameters, net.gradients)
    return total


def _ended(net: Network, history: History, best: _Best | None) -> History:
    """Return the history, and go back to the best parameters, of a run that left finite ones."""
    # A sigmoid answers infinite weights with a finite number, so the losses would hide them.
    if not np.isfinite(net.parameters).all():
        raise TrainingDiverged(len(history.loss), history)
    if best and history.stopped == "no improvement":
        net.parameters[...] = best.parameters
    return history


def _measured(net: Network, rows: Rows, loss: LossFunction) -> float:
    """Return the loss over rows that fit."""
    X, y = rows
    return loss(net._forward(X), y)[0]


def measure(net: Network, X: ArrayLike, y: ArrayLike, loss: LossFunction) -> float:
    """Compute the loss of a network over some rows, without learning from them.

    Parameters
    ----------
    net : Network
        The network; it is left as it was.
    X, y, loss : array_like, array_like, callable
        What :meth:`neuralnet.network.Network.gradient` takes.

    Returns
    -------
    float
        The loss, in the unit of `loss`; no price on large weights is added.

    Raises
    ------
    ValueError
        If the arguments do not fit the network or each other.
    """
    return _measured(net, net.checked(X, y), loss)


def gradient_check(
    net: Network, X: ArrayLike, y: ArrayLike, loss: LossFunction, *, l2: float = 0.0
) -> float:
    """Compare the slopes that a network computes with measured ones.

    Parameters
    ----------
    net : Network
        In double precision; its parameters are left as they were.
    X, y, loss, l2 : array_like, array_like, callable, float
        What :meth:`neuralnet.network.Network.gradient` takes.

    Returns
    -------
    float
        The largest difference between a computed slope and its central difference, as a
        part of the largest slope.  Below 1e-6 the computed slopes are right.

    Raises
    ------
    ValueError
        If the arguments do not fit the network or each other, or its precision is too low.
    """
    if net.parameters.dtype.itemsize < 8:
        raise ValueError(
            f"the network computes in {net.parameters.dtype}, too coarse for small differences: "
            "check it with dtype=numpy.float64"
        )
    net.gradient(X, y, loss, l2)
    computed, measured = net.gradients.copy(), np.empty_like(net.gradients)
    for k, start in enumerate(net.parameters.tolist()):
        values = []
        for moved in (start + 1e-6, start - 1e-6):
            net.parameters[k] = moved
            values.append(net.gradient(X, y, loss, l2))
        net.parameters[k] = start
        measured[k] = (values[0] - values[1]) / 2e-6
    net.gradients[...] = computed
    largest = max(np.abs(computed).max(), np.abs(measured).max())
    return float(np.abs(computed - measured).max() / (largest or 1.0))


def accuracy(net: Network, X: ArrayLike, labels: ArrayLike, *, threshold: float = 0.5) -> float:
    """Compute the share of rows that a network puts into the right class.

    Parameters
    ----------
    net : Network
        With one output for two classes, or one output for each class.
    X : array_like
        Rows of shape (rows, inputs).
    labels : array_like
        The number of the right class for each row, of shape (rows,); with one output, 0 or 1.
    threshold : float
        With one output: class 1 is what lies above; 0.5 after a sigmoid, 0 before it.

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    ValueError
        If the arguments do not fit the network or each other.
    """
    X, labels = net.checked(X, labels)
    answers = net._forward(X)
    found = answers > threshold if net.outputs == 1 else answers.argmax(axis=1)
    found, labels = same_shape(found, labels)
    return float(np.mean(found == labels))
