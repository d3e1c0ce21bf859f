"""Networks as estimators of scikit-learn, for its pipelines, searches and comparisons.

This is the one module that needs scikit-learn; the rest of the package does without.
"""

# scikit-learn has no type hints.
# mypy: allow-subclassing-any, disable-error-code="import-untyped"

from collections.abc import Callable, Sequence
from copy import copy
from itertools import pairwise
from numbers import Integral
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neuralnet.activations import softmax
from neuralnet.checks import (
    Array,
    check_array,
    check_plain,
    fraction,
    non_negative,
    positive,
    positive_int,
    shown,
)
from neuralnet.layers import Dense, Layer, Standardize, Tanh
from neuralnet.losses import LossFunction, cross_entropy, mean_squared_error
from neuralnet.network import Network
from neuralnet.optimizers import Adam, Optimizer
from neuralnet.training import Data, train

try:
    from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin, is_classifier
    from sklearn.model_selection import train_test_split
    from sklearn.utils.multiclass import check_classification_targets
    from sklearn.utils.validation import check_is_fitted, validate_data
except ImportError as error:
    raise ImportError(
        "neuralnet.estimators needs scikit-learn 1.6 or newer: in the book's folder, run "
        'python -m pip install ".[estimators]"'
    ) from error

Seed = int | np.random.Generator | np.random.RandomState | None


class NetworkEstimator(BaseEstimator):
    """What the two estimators have in common: the parameters, and a network that learns.

    Parameters
    ----------
    hidden_layer_sizes : int or sequence of int
        The number of neurons in each hidden layer; a single number for one layer, ``()`` for
        none.
    activation : callable
        The activation after each hidden layer: a class of layers, such as ``Tanh`` or ``ReLU``.
    optimizer : callable
        What makes the rule of the steps from the learning rate: a class, such as ``Adam`` or
        ``SGD``, or ``functools.partial(SGD, momentum=0.9)``.
    learning_rate : float
        The learning rate; above zero.
    epochs : int
        How often to go through all rows.
    batch_size : int, optional
        How many rows to look at for one step; None for all of them.
    l2 : float
        The penalty on each squared weight, added to the loss; zero or above.
    patience : int, optional
        Stop when the loss on held-out rows has not improved for so many epochs.  However the
        training ends, the network then has the parameters of its best epoch.  Without patience
        no row is held out.
    validation_fraction : float
        The fraction of the rows that is held out for `patience`, above 0 and below 1, never a
        number of rows.  It is checked without patience, too.
    random_state : int, numpy.random.Generator or numpy.random.RandomState, optional
        Where start values, shuffles and held-out rows come from; a whole number, zero or above,
        makes them the same each time.

    Attributes
    ----------
    network_ : Network
        The network that has learned.
    history_ : History
        What :func:`neuralnet.training.train` returned.
    n_iter_ : int
        The number of epochs that were run.
    n_features_in_ : int
        The number of columns of the training rows.
    feature_names_in_ : numpy.ndarray
        Their names, if the rows came as a table with names.

    Raises
    ------
    ValueError
        By ``fit``, if a parameter will not do; nothing is checked before.

    Notes
    -----
    A ``fit`` that ends with an error leaves the estimator as it was, with what it had learned
    before; only a generator that is its `random_state` may have moved on.  There is no
    ``sample_weight`` in ``fit``: every row counts alike.
    """

    def __init__(
        self,
        hidden_layer_sizes: int | Sequence[int] = (100,),
        *,
        activation: Callable[[], Layer] = Tanh,
        optimizer: Callable[[float], Optimizer] = Adam,
        learning_rate: float = 0.001,
        epochs: int = 100,
        batch_size: int | None = 32,
        l2: float = 0.0,
        patience: int | None = None,
        validation_fraction: float = 0.1,
        random_state: Seed = None,
    ) -> None:
        self.hidden_layer_sizes = hidden_layer_sizes
        self.activation = activation
        self.optimizer = optimizer
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.batch_size = batch_size
        self.l2 = l2
        self.patience = patience
        self.validation_fraction = validation_fraction
        self.random_state = random_state

    def _validate(self, *data: ArrayLike, **options: object) -> Any:
        """Return rows, or rows and targets, as arrays; remember or compare the columns."""
        for name, values in zip("Xy", data, strict=False):
            check_plain(name, values)
        return validate_data(self, *data, dtype=np.float64, **options)

    def _check_settings(self) -> None:
        """Refuse numbers that will not do, before any random number is drawn."""
        positive("learning_rate", self.learning_rate)
        positive_int("epochs", self.epochs)
        non_negative("l2", self.l2)
        positive("validation_fraction", fraction("validation_fraction", self.validation_fraction))
        if self.batch_size is not None:
            positive_int("batch_size", self.batch_size)
        if self.patience is not None:
            positive_int("patience", self.patience)

    def _sizes(self) -> list[int]:
        """Return how many neurons each hidden layer has."""
        sizes = np.array(self.hidden_layer_sizes, dtype=object, ndmin=1).tolist()
        return [positive_int("hidden_layer_sizes", size) for size in sizes]

    def _layers(self, inputs: int, outputs: int) -> list[Layer]:
        """Return new layers, of which each but the last has an activation."""
        layers: list[Layer] = []
        for widths in pairwise([inputs, *self._sizes(), outputs]):
            layers += [Dense(*widths), _made(Layer, "activation", self.activation)]
        return layers[:-1]

    def _learn(self, X: Array, y: NDArray[np.generic], outputs: int, loss: LossFunction) -> None:
        """Train a new network on rows (rows, inputs) and what the loss takes as targets."""
        self._check_settings()
        layers = self._layers(X.shape[1], outputs)
        optimizer = _made(Optimizer, "optimizer", self.optimizer, self.learning_rate)
        rng = _generator(self.random_state)
        net = Network(layers, rng=rng)
        training, validation = self._parted(X, y, rng)
        self.history_ = train(
            net,
            *training,
            loss,
            optimizer,
            epochs=self.epochs,
            batch_size=self.batch_size,
            l2=self.l2,
            validation=validation,
            patience=self.patience,
            rng=rng,
        )
        self.network_, self.n_iter_ = net, len(self.history_.epochs)

    def _parted(
        self, X: Array, y: NDArray[np.generic], rng: np.random.Generator
    ) -> tuple[Data, Data | None]:
        """Return the rows to learn from and, with patience, those to hold out of each class."""
        if self.patience is None:
            return (X, y), None
        part, classes = float(self.validation_fraction), y if is_classifier(self) else None
        try:
            training, held_out = train_test_split(
                np.arange(len(X)),
                test_size=part,
                stratify=classes,
                random_state=rng.integers(2**32),
            )
        except ValueError as error:
            raise ValueError(
                f"validation_fraction={part} does not part {len(X)} rows ({error}): choose "
                "another fraction, or train without patience"
            ) from error
        return (X[training], y[training]), (X[held_out], y[held_out])

    def _answers(self, X: ArrayLike) -> Array:
        """Return what the network gives for rows like those it has learned from."""
        check_is_fitted(self, "network_")
        return self.network_.predict(self._validate(X, reset=False))


class NetworkRegressor(RegressorMixin, NetworkEstimator):
    """A network that predicts numbers.

    Its parameters and attributes are those of :class:`NetworkEstimator`.

    Notes
    -----
    It learns from standardised targets, and the losses of its history are mean squared errors
    of these.  The last layer of ``network_`` turns the answers back into the unit of the
    targets.  The inputs are taken as they are: put a ``StandardScaler`` before it in a pipeline.

    Examples
    --------
    >>> model = NetworkRegressor((8,), learning_rate=0.1, random_state=0)
    >>> model = model.fit([[-1.0], [0.0], [1.0]], [400.0, 300.0, 400.0])
    >>> print(model.predict([[0.0], [1.0]]).round())
    [300. 400.]
    """

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Train a new network.

        Parameters
        ----------
        X : array_like
            The training rows, of shape (rows, features).
        y : array_like
            Their targets, of shape (rows,) or (rows, outputs), in any unit.

        Returns
        -------
        NetworkRegressor
            The estimator itself.

        Raises
        ------
        ValueError
            If the rows, the targets or a parameter of the estimator will not do.
        TrainingDiverged
            If a loss or a parameter becomes infinite or NaN.
        """
        new = copy(self)  # after an error, this estimator is as it was
        rows, y = new._validate(X, y, multi_output=True)
        targets = check_array("y", y).astype(np.float64).reshape(len(rows), -1)
        scale = _scale_of(targets)
        new._learn(rows, scale.forward(targets), targets.shape[1], mean_squared_error)
        new.network_ = Network([*new.network_.layers, scale.inverse()])
        self.__dict__ = new.__dict__
        return self

    def predict(self, X: ArrayLike) -> Array:
        """Predict the targets.

        Parameters
        ----------
        X : array_like
            Rows of shape (rows, features).

        Returns
        -------
        numpy.ndarray
            Of shape (rows,), or (rows, outputs) for several outputs; in the unit of the targets.

        Raises
        ------
        ValueError
            If the rows are not like those of the training, or there was no training.
        """
        answers = self._answers(X)
        return answers[:, 0] if self.network_.outputs == 1 else answers


class NetworkClassifier(ClassifierMixin, NetworkEstimator):
    """A network that predicts classes, with one output for each.

    Its parameters and attributes are those of :class:`NetworkEstimator`, and one attribute more.

    Attributes
    ----------
    classes_ : numpy.ndarray
        The names of the classes, sorted, in the order of the outputs.

    Notes
    -----
    The losses of its history are cross-entropies.  The inputs are taken as they are: put a
    ``StandardScaler`` before it in a pipeline.

    Examples
    --------
    >>> model = NetworkClassifier((8,), learning_rate=0.01, random_state=0)
    >>> rows = [[0, 0], [0, 1], [1, 0], [1, 1]]
    >>> model = model.fit(rows, ["same", "other", "other", "same"])
    >>> print(model.predict([[1, 1], [0, 1]]))
    ['same' 'other']
    """

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Train a new network.

        Parameters
        ----------
        X : array_like
            The training rows, of shape (rows, features).
        y : array_like
            Their classes, of shape (rows,): numbers, strings, or anything else that can be sorted.

        Returns
        -------
        NetworkClassifier
            The estimator itself.

        Raises
        ------
        ValueError
            If the rows, the classes or a parameter of the estimator will not do.
        TrainingDiverged
            If a loss or a parameter becomes infinite or NaN.
        """
        new = copy(self)  # after an error, this estimator is as it was
        rows, y = new._validate(X, y)
        check_classification_targets(y)
        new.classes_, labels = np.unique(y, return_inverse=True)
        if len(new.classes_) == 1:
            raise ValueError(
                f"y holds 1 class, {shown(new.classes_.tolist())}: there is nothing to tell apart, "
                "so pass rows of at least two"
            )
        new._learn(rows, labels, len(new.classes_), cross_entropy)
        self.__dict__ = new.__dict__
        return self

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """Predict the most probable class of each row.

        Parameters
        ----------
        X : array_like
            Rows of shape (rows, features).

        Returns
        -------
        numpy.ndarray
            Their classes, of shape (rows,).

        Raises
        ------
        ValueError
            If the rows are not like those of the training, or there was no training.
        """
        columns = self._answers(X).argmax(axis=1)
        classes: NDArray[Any] = self.classes_[columns]
        return classes

    def predict_proba(self, X: ArrayLike) -> Array:
        """Predict how probable each class is.

        Parameters
        ----------
        X : array_like
            Rows of shape (rows, features).

        Returns
        -------
        numpy.ndarray
            Probabilities of shape (rows, classes), in the order of ``classes_``.

        Raises
        ------
        ValueError
            If the rows are not like those of the training, or there was no training.
        """
        return softmax(self._answers(X))


def _made(kind: type, name: str, make: Callable[..., object], *arguments: object) -> Any:
    """Return what `make` makes, a `kind`; refuse what makes none, such as a name in quotes."""
    try:
        made = make(*arguments)
        if not isinstance(made, kind):
            raise TypeError(f"it makes a {type(made).__name__}")
    except TypeError as error:
        raise ValueError(
            f"{name} is {shown(make)}, which makes no {kind.__name__} ({error}): pass the class "
            "itself, as in activation=Tanh or optimizer=SGD"
        ) from error
    return made


def _generator(random_state: Seed) -> np.random.Generator:
    """Return a generator of the newer kind, seeded by the older one if it is given."""
    if isinstance(random_state, np.random.RandomState):
        random_state = int(random_state.randint(2**31))
    seed = random_state
    is_whole = isinstance(seed, Integral) and not isinstance(seed, bool) and seed >= 0
    if not (is_whole or isinstance(seed, np.random.Generator | None)):
        raise ValueError(
            f"random_state is {shown(seed)}, but it must be a whole number, zero or above, or a "
            "generator, such as numpy.random.default_rng(0)"
        )
    return np.random.default_rng(seed)


def _scale_of(targets: Array) -> Standardize:
    """Return the layer that standardises each column; one that never changes is only shifted."""
    spread = np.where(np.ptp(targets, axis=0) > 0, targets.std(axis=0), 1.0)
    return Standardize(targets.mean(axis=0), spread)
