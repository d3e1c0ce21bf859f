"""Training a network, and evaluating what it has learned.

A run goes through all rows again and again, and takes a step after each batch of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neuralnet.checks import (
    Array,
    boolean,
    check_callable,
    check_classes,
    check_loss_and_gradient,
    check_table,
    instance,
    non_negative,
    number,
    positive_int,
    shown,
)
from neuralnet.history import History, TrainingDiverged
from neuralnet.inplace import Training, record_of
from neuralnet.layers import Dense, Layer, Sigmoid
from neuralnet.losses import LossFunction
from neuralnet.network import Network
from neuralnet.optimizers import Optimizer

Data = tuple[NDArray[Any], NDArray[Any]]


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
    callback: Callable[[History], object] | None = None,
) -> History:
    """Let a network learn from rows and targets.

    Parameters
    ----------
    net : Network
        The network; its parameters are changed in place.
    X : array_like
        The training rows, of shape (rows, inputs).
    y : array_like
        Their targets, as :meth:`neuralnet.network.Network.loss_and_gradient` takes them.
    loss : callable
        One of :mod:`neuralnet.losses`, or a function that is called like them.  It must not
        change its arguments; the predictions are overwritten by the next batch.
    optimizer : SGD, Adam or Scheduled
        Takes the steps.
    epochs : int
        How often to go through all rows.
    batch_size : int, optional
        How many rows to look at for one step; all of them unless given.
    shuffle : bool
        Whether each epoch takes the rows of its batches in a new random order.
    l2 : float
        The penalty on each squared weight, added to the loss; zero or above.
    validation : pair of array_like, optional
        Rows and targets on which the network is evaluated, but from which it does not learn.
    patience : int, optional
        Stop when the validation loss has not improved for so many epochs.  However the run
        ends, the network then has the parameters of its best epoch.
    rng : numpy.random.Generator or int, optional
        Who shuffles; a seed makes the run repeatable.
    callback : callable, optional
        Called with the history after each epoch; if it returns True, the run ends.

    Returns
    -------
    History
        ``loss[e]`` was computed during epoch e, each batch before its step: a mean is averaged
        over all rows, a sum is added up.  ``validation_loss[e]`` was computed after it.  Ctrl-C
        ends the run early, keeps the parameters and says ``stopped="interrupted"``.

    Raises
    ------
    ValueError
        If an argument does not fit; the network is then unchanged.
    TypeError
        If `net`, `loss`, `optimizer` or `callback` is of another kind.
    TrainingDiverged
        If a loss becomes infinite or NaN, or if a parameter is so at the end.
    """
    X, y = _checked_data(net, X, y, loss)
    validate = _checked_validation(net, validation, loss, patience)
    if callback is not None:
        check_callable("callback", callback)
    minibatches = Minibatches(len(X), batch_size, shuffle, rng)
    history = History(instance("optimizer", optimizer, Optimizer, "SGD(0.1)").learning_rate)
    early_stopping = None if patience is None else EarlyStopping(net, history, patience)
    epochs, l2 = positive_int("epochs", epochs), non_negative("l2", l2)
    training = Training(net, X, y, loss, optimizer, l2)
    try:
        _run(training, minibatches, epochs, history, validate, early_stopping, callback)
    except KeyboardInterrupt:
        history.interrupt()
    finally:
        if early_stopping is not None:
            early_stopping.restore()
    _check_parameters(net, history, optimizer)
    return history


@np.errstate(over="ignore", invalid="ignore")
def _run(
    training: Training,
    minibatches: Minibatches,
    epochs: int,
    history: History,
    validate: Callable[[], float] | None,
    early_stopping: EarlyStopping | None,
    callback: Callable[[History], object] | None,
) -> None:
    """Go through the epochs and record each, until something ends the run."""
    for epoch in range(epochs):
        value = training.epoch(minibatches)
        validation_loss = None if validate is None else validate()
        if not (math.isfinite(value) and math.isfinite(validation_loss or 0.0)):
            raise TrainingDiverged(history, training.optimizer.learning_rate, epoch)
        if early_stopping is not None and validation_loss is not None:
            early_stopping.keep(epoch, validation_loss)
        history.record_epoch(epoch, value, validation_loss)
        if callback is not None and _is_true(callback(history)):
            history.stopped = "callback"
            break
        if early_stopping is not None and early_stopping.is_over():
            history.stopped = "no improvement"
            break


def _check_parameters(net: Network, history: History, optimizer: Optimizer) -> None:
    """Refuse infinite parameters: a sigmoid hides them from the loss, by a finite answer."""
    if not np.isfinite(net.parameters).all():
        raise TrainingDiverged(history, optimizer.learning_rate, len(history.epochs))


def _is_true(answer: object) -> bool:
    """Return whether a callback answered True, and not with some other thing that is no zero."""
    return isinstance(answer, bool | np.bool) and bool(answer)


def _check_network(net: Network) -> None:
    """Refuse what is no network."""
    instance("net", net, Network, "Network([Dense(2, 1)])")


def _checked_data(net: Network, X: ArrayLike, y: ArrayLike, loss: LossFunction) -> Data:
    """Return rows and targets as arrays that fit the network and the loss."""
    _check_network(net)
    X, y = net.check_data(X, y, loss)
    # Numbers of classes have no precision to take on.
    if y.dtype.kind == "f":
        y = y.astype(net.parameters.dtype, copy=False)
    if record_of(loss) is None:
        # What a loss of another kind would refuse later, it shall refuse before any step.
        with np.errstate(over="ignore", invalid="ignore"):
            _loss_over(net, X, y, loss)
    return X, y


def _loss_over(net: Network, X: NDArray[Any], y: NDArray[Any], loss: LossFunction) -> float:
    """Return the loss over rows and targets that fit."""
    predictions = net.predict_in_blocks(X)
    return check_loss_and_gradient(loss(predictions, y), predictions)[0]


def _checked_validation(
    net: Network,
    validation: tuple[ArrayLike, ArrayLike] | None,
    loss: LossFunction,
    patience: int | None,
) -> Callable[[], float] | None:
    """Return what computes the loss over the rows that are held out, if there are any."""
    if validation is None:
        if patience is not None:
            raise ValueError("patience needs validation=(X, y), rows on which to see no progress")
        return None
    if not isinstance(validation, tuple | list) or len(validation) != 2:
        raise ValueError(
            f"validation is {shown(validation)}, but it must be rows and targets: pass (X, y)"
        )
    return partial(_loss_over, net, *_checked_data(net, *validation, loss), loss)


class Minibatches:
    """The batches of each epoch, each as an array with the numbers of its rows.

    Parameters
    ----------
    rows : int
        How many rows there are.
    batch_size : int or None
        How many of them a batch has; None for all.  The last batch may have fewer.
    shuffle : bool
        Whether their order is a new one each time.
    rng : numpy.random.Generator, int or None
        Who shuffles.
    """

    def __init__(
        self,
        rows: int,
        batch_size: int | None,
        shuffle: bool,
        rng: np.random.Generator | int | None,
    ) -> None:
        wanted = rows if batch_size is None else positive_int("batch_size", batch_size)
        self.rows, self.size = rows, min(rows, wanted)
        self.rng = np.random.default_rng(rng) if boolean("shuffle", shuffle) else None
        self.order = np.arange(rows)

    def __iter__(self) -> Iterator[NDArray[np.integer]]:
        if self.size == self.rows:
            return iter([self.order])
        order = self.order if self.rng is None else self.rng.permutation(self.rows)
        return (order[first : first + self.size] for first in range(0, self.rows, self.size))


class EarlyStopping:
    """The parameters of the epoch with the least validation loss, to go back to.

    Parameters
    ----------
    net, history : Network, History
        What is trained, and what was recorded of it.
    patience : int
        For how many epochs to wait for a better one.
    """

    def __init__(self, net: Network, history: History, patience: int) -> None:
        self.net, self.history = net, history
        self.patience = positive_int("patience", patience)
        # The best epoch that was recorded, and perhaps a better one that is about to be.
        self.kept: list[tuple[int, float, Array]] = []

    def keep(self, epoch: int, loss: float) -> None:
        """Copy the parameters of an epoch that is about to be recorded, if it is the best.

        Parameters
        ----------
        epoch : int
            Its number.
        loss : float
            Its validation loss.
        """
        if not self.kept or loss < self.kept[-1][1]:
            self.kept = [*self.kept[-1:], (epoch, loss, self.net.parameters.copy())]

    def is_over(self) -> bool:
        """Return whether the best epoch is too long ago."""
        return self.history.epochs[-1] - self.kept[-1][0] >= self.patience

    def restore(self) -> None:
        """Give the network the parameters of the best epoch that was recorded, if any was."""
        recorded = [kept for epoch, _, kept in self.kept if epoch in self.history.epochs]
        if recorded:
            self.net.parameters = recorded[-1]


def evaluate(net: Network, X: ArrayLike, y: ArrayLike, loss: LossFunction) -> float:
    """Compute the loss of a network over some rows, without learning from them.

    Parameters
    ----------
    net : Network
        The network; it is left as it was.
    X, y, loss : array_like, array_like, callable
        What :meth:`neuralnet.network.Network.loss_and_gradient` takes.

    Returns
    -------
    float
        The loss, in the unit of `loss`; no penalty is added.

    Raises
    ------
    ValueError
        If the arguments do not fit the network or each other.
    """
    _check_network(net)
    return _loss_over(net, *net.check_data(X, y, loss), loss)


def gradient_check(
    net: Network, X: ArrayLike, y: ArrayLike, loss: LossFunction, l2: float = 0.0
) -> float:
    """Compare the gradient with what small changes of each parameter do to the loss.

    Parameters
    ----------
    net : Network
        In double precision; it is left as it was.
    X, y, loss, l2 : array_like, array_like, callable, float
        What :meth:`neuralnet.network.Network.loss_and_gradient` takes.

    Returns
    -------
    float
        The largest difference between an entry of the gradient and its central difference, as
        a fraction of the largest entry.  Below 1e-6 the gradient is right.

    Raises
    ------
    ValueError
        If the arguments do not fit the network or each other, or its precision is too low.
    """
    _check_precision(net)
    _, computed = deepcopy(net).loss_and_gradient(X, y, loss, l2)
    measured = np.empty_like(computed)
    for k in range(len(computed)):
        values = []
        for change in (1e-6, -1e-6):
            # Every copy draws the same random numbers next, if its layers draw any.
            changed = deepcopy(net)
            changed.parameters[k] += change
            values.append(changed.loss_and_gradient(X, y, loss, l2)[0])
        measured[k] = (values[0] - values[1]) / 2e-6
    largest = max(np.abs(computed).max(), np.abs(measured).max())
    return float(np.abs(computed - measured).max() / (largest or 1.0))


def _check_precision(net: Network) -> None:
    """Refuse a network in single precision, and what is none."""
    _check_network(net)
    if net.parameters.dtype.itemsize < 8:
        raise ValueError(
            f"the network computes in {net.parameters.dtype}, too coarse for small differences: "
            "check it with dtype=numpy.float64"
        )


def accuracy(
    net: Network, X: ArrayLike, labels: ArrayLike, *, threshold: float | None = None
) -> float:
    """Compute the fraction of rows that a network puts into the right class.

    Parameters
    ----------
    net : Network
        With one output for two classes, or one output for each class.
    X : array_like
        Rows of shape (rows, inputs).
    labels : array_like
        The number of the right class for each row, of shape (rows,); with one output, 0 or 1.
    threshold : float, optional
        With one output: class 1 is what lies above.  Unless given, 0.5 if the last layer is
        a `Sigmoid`, and 0 if it is a `Dense`, whose raw outputs become 0.5 there.  A network
        that learned zeros and ones as numbers, without a sigmoid, needs ``threshold=0.5``.

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    ValueError
        If the arguments do not fit the network or each other, or the last layer of a network
        with one output is of another kind and there is no `threshold`.
    """
    _check_network(net)
    X = check_table("X", X, net.inputs)
    labels = check_classes("labels", labels, (len(X), net.outputs))
    predictions = net.predict_in_blocks(X)
    if net.outputs > 1:
        return float(np.mean(predictions.argmax(axis=1) == labels))
    if threshold is None:
        threshold = _threshold_after(net.layers[-1])
    return float(np.mean((predictions[:, 0] > number("threshold", threshold)) == labels))


def _threshold_after(layer: Layer) -> float:
    """Return where class 1 begins in what the last layer gives."""
    if type(layer) not in (Sigmoid, Dense):
        raise ValueError(
            f"nothing says where class 1 begins in the outputs of {layer!r}: pass threshold="
        )
    return 0.5 if type(layer) is Sigmoid else 0.0
