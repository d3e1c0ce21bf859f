"""What the estimators refuse, and that they are then as they were."""

import re
from functools import partial

import numpy as np
import pytest
from scipy.sparse import csr_array
from sklearn.exceptions import NotFittedError

from neuralnet import SGD, Dense, Standardize, Tanh, TrainingDiverged
from neuralnet.estimators import NetworkClassifier, NetworkRegressor
from tests.package.tools import X, Y, refusal

SMALL = {"hidden_layer_sizes": (3,), "epochs": 5, "batch_size": 4, "random_state": 7}
TARGETS = {NetworkRegressor: Y, NetworkClassifier: np.where(Y < 0, "low", "high")}
KINDS = pytest.mark.parametrize("kind", TARGETS)


def with_last(values, last):
    """Return the values with another one at the end."""
    values = np.array(values)
    values.flat[-1] = last
    return values


def masked(values):
    return np.ma.array(values, mask=with_last(np.zeros(np.shape(values)), 1))


# Rows of one column and targets of other names: what a later fit is given.
ROWS = X[:, :1]
OTHER = {
    NetworkRegressor: Y - 100,
    NetworkClassifier: np.array(["cold", "mild", "warm"] * 3 + [""]),
}


def interrupt(learning_rate):
    raise KeyboardInterrupt


BAD_FITS = {
    "missing number": ({"X": with_last(ROWS, np.nan)}, ValueError),
    "sparse rows": ({"X": csr_array(ROWS)}, ValueError),
    "masked rows": ({"X": masked(ROWS)}, ValueError),
    "no targets": ({"y": None}, ValueError),
    "too few targets": ({"y": Y[:9]}, ValueError),
    "neither numbers nor classes": ({"y": np.array([{}] * 10)}, ValueError),
    "masked targets": ({"y": masked(np.arange(10))}, ValueError),
    "hidden layer": ({"hidden_layer_sizes": (3, 0)}, ValueError),
    "activation": ({"activation": "tanh"}, ValueError),
    "optimizer": ({"optimizer": "sgd"}, ValueError),
    "learning rate": ({"learning_rate": 0}, ValueError),
    "epochs": ({"epochs": 0}, ValueError),
    "batch size": ({"batch_size": 0}, ValueError),
    "l2": ({"l2": -1}, ValueError),
    "patience": ({"patience": 0}, ValueError),
    "fraction": ({"validation_fraction": 1}, ValueError),
    "random state": ({"random_state": "dice"}, ValueError),
    "split": ({"patience": 3, "validation_fraction": 0.99}, ValueError),
    "Ctrl-C before the training": ({"optimizer": interrupt}, KeyboardInterrupt),
    "divergence": ({"optimizer": SGD, "learning_rate": 1e300, "l2": 1e10}, TrainingDiverged),
}


def refit(model, error, X=ROWS, y=(), **options):
    """Let a fit with other rows, targets and settings fail, and bring the settings back."""
    settings = model.get_params()
    with pytest.raises(error):
        model.set_params(**options).fit(X, OTHER[type(model)] if y == () else y)
    model.set_params(**settings)


@KINDS
@pytest.mark.parametrize(("bad", "error"), BAD_FITS.values(), ids=BAD_FITS)
def test_failed_fit_leaves_what_was_learned(kind, bad, error):
    model = kind(**SMALL).fit(X, TARGETS[kind])
    before, answers, score = dict(vars(model)), model.predict(X), model.score(X, TARGETS[kind])
    parameters, history = model.network_.parameters.tolist(), repr(model.history_)
    refit(model, error, **bad)
    assert vars(model).keys() == before.keys()
    assert all(value is before[name] for name, value in vars(model).items())
    assert model.network_.parameters.tolist() == parameters
    assert repr(model.history_) == history
    np.testing.assert_array_equal(model.predict(X), answers)
    assert model.score(X, TARGETS[kind]) == score


@KINDS
@pytest.mark.parametrize(("bad", "error"), BAD_FITS.values(), ids=BAD_FITS)
def test_failed_first_fit_leaves_nothing(kind, bad, error):
    model = kind(**SMALL)
    refit(model, error, **bad)
    assert vars(model).keys() == model.get_params().keys()
    with pytest.raises(NotFittedError):
        model.predict(ROWS)


@KINDS
def test_names_of_columns_are_those_of_the_last_fit_that_succeeded(kind):
    model = kind(**SMALL).fit(X, TARGETS[kind])
    # As a table with names would set it; NumPy has none.
    model.feature_names_in_ = np.array(["width", "height"], dtype=object)
    refit(model, ValueError, epochs=0)
    assert model.feature_names_in_.tolist() == ["width", "height"]
    assert not hasattr(model.fit(X, TARGETS[kind]), "feature_names_in_")


NOT_DRAWN = [name for name in BAD_FITS if name not in ("split", "divergence", "random state")]


@pytest.mark.parametrize("make", [np.random.default_rng, np.random.RandomState])
@pytest.mark.parametrize("name", NOT_DRAWN)
def test_nothing_is_drawn_before_everything_is_checked(name, make):
    bad, error = BAD_FITS[name]
    source, twin = make(3), make(3)
    refit(NetworkRegressor(**SMALL | {"random_state": source}), error, **bad)
    assert source.random() == twin.random()


SHARE = "must be a number from 0 to less than 1"
SEED = "but it must be a whole number, zero or above, or a generator"


@KINDS
@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"activation": "tanh"}, "activation is 'tanh', which makes no Layer ('str' object is"),
        ({"activation": Tanh()}, "activation is Tanh()"),
        ({"activation": np.tanh}, "activation is <ufunc 'tanh'>"),
        ({"activation": None}, "activation is None"),
        ({"activation": Dense}, "layers.Dense'>, which makes no Layer (Dense.__init__() missing"),
        ({"activation": Standardize}, "Standardize'>, which makes no Layer ("),
        ({"activation": list}, "activation is <class 'list'>, which makes no Layer (it makes a l"),
        ({"activation": "tanh", "hidden_layer_sizes": ()}, "activation is 'tanh'"),
        ({"optimizer": "sgd"}, "optimizer is 'sgd', which makes no Optimizer ('str' object is"),
        ({"optimizer": SGD(0.1)}, "makes no Optimizer ('SGD' object is not callable)"),
        ({"optimizer": float}, "optimizer is <class 'float'>, which makes no Optimizer (it makes"),
        ({"optimizer": lambda rate: SGD}, "which makes no Optimizer (it makes a type): pass"),
        ({"optimizer": partial(SGD, momentum=2)}, "momentum is 2"),
        ({"hidden_layer_sizes": (3, 0)}, "hidden_layer_sizes is 0"),
        ({"hidden_layer_sizes": 0}, "hidden_layer_sizes is 0"),
        ({"hidden_layer_sizes": True}, "hidden_layer_sizes is True"),
        ({"hidden_layer_sizes": (3, True)}, "hidden_layer_sizes is True"),
        ({"hidden_layer_sizes": np.array([True])}, "hidden_layer_sizes is True"),
        ({"hidden_layer_sizes": (3.5,)}, "hidden_layer_sizes is 3.5"),
        ({"hidden_layer_sizes": "three"}, "hidden_layer_sizes is 'three'"),
        ({"hidden_layer_sizes": None}, "hidden_layer_sizes is None"),
        ({"hidden_layer_sizes": {3, 4}}, "hidden_layer_sizes is {3, 4}"),
        ({"hidden_layer_sizes": ((3, 4), (5, 6))}, "hidden_layer_sizes is [3, 4]"),
        ({"hidden_layer_sizes": ((3,), (5, 6))}, "hidden_layer_sizes is (3,)"),
        ({"hidden_layer_sizes": np.ones((2, 2), int)}, "hidden_layer_sizes is [1, 1]"),
        ({"learning_rate": 0}, "learning_rate is 0"),
        ({"learning_rate": True}, "learning_rate is True"),
        ({"learning_rate": "fast"}, "learning_rate is 'fast'"),
        ({"learning_rate": None}, "learning_rate is None"),
        ({"learning_rate": 0, "optimizer": lambda rate: SGD(0.1)}, "learning_rate is 0"),
        ({"epochs": 0}, "epochs is 0"),
        ({"epochs": True}, "epochs is True"),
        ({"epochs": 2.5}, "epochs is 2.5"),
        ({"epochs": None}, "epochs is None"),
        ({"batch_size": "auto"}, "batch_size is 'auto'"),
        ({"batch_size": 0}, "batch_size is 0"),
        ({"batch_size": True}, "batch_size is True"),
        ({"l2": -1}, "l2 is -1"),
        ({"l2": True}, "l2 is True"),
        ({"l2": False}, "l2 is False"),
        ({"l2": None}, "l2 is None"),
        ({"patience": 0}, "patience is 0"),
        ({"patience": True}, "patience is True"),
        ({"patience": 2.5}, "patience is 2.5"),
        ({"validation_fraction": 1}, f"validation_fraction is 1, but it {SHARE}"),
        ({"validation_fraction": 2}, f"validation_fraction is 2, but it {SHARE}"),
        ({"validation_fraction": 1.0}, f"validation_fraction is 1.0, but it {SHARE}"),
        ({"validation_fraction": True}, f"validation_fraction is True, but it {SHARE}"),
        ({"validation_fraction": False}, f"validation_fraction is False, but it {SHARE}"),
        ({"validation_fraction": np.nan}, f"validation_fraction is nan, but it {SHARE}"),
        ({"validation_fraction": None}, f"validation_fraction is None, but it {SHARE}"),
        ({"validation_fraction": "0.1"}, f"validation_fraction is '0.1', but it {SHARE}"),
        ({"validation_fraction": 0}, "validation_fraction is 0.0, but it must be a number above"),
        ({"validation_fraction": -0.1}, f"validation_fraction is -0.1, but it {SHARE}"),
        ({"random_state": True}, f"random_state is True, {SEED}"),
        ({"random_state": -1}, f"random_state is -1, {SEED}"),
        ({"random_state": 3.0}, f"random_state is 3.0, {SEED}"),
        ({"random_state": "dice"}, f"random_state is 'dice', {SEED}"),
        ({"random_state": [1, 2]}, f"random_state is [1, 2], {SEED}"),
        ({"random_state": np.random}, "random_state is <module 'num"),
        ({"random_state": np.random.PCG64(1)}, "random_state is <numpy.random"),
    ],
)
def test_parameter_that_will_not_do_is_named(kind, options, found):
    message = refusal(kind(**SMALL | options).fit, X, TARGETS[kind])
    assert found in message
    if "validation_fraction" in options:
        patient = kind(**SMALL | options, patience=3)
        assert refusal(patient.fit, X, TARGETS[kind]) == message


@pytest.mark.parametrize("fraction", [0.99, 1e-9])
def test_fraction_that_leaves_too_few_rows_is_refused(fraction):
    model = NetworkClassifier(patience=3, validation_fraction=fraction)
    message = refusal(model.fit, X, TARGETS[NetworkClassifier])
    assert f"fraction={fraction} does not part 10 rows (" in message
    assert "choose another fraction" in message


@pytest.mark.parametrize(
    ("options", "cause"),
    [
        ({"activation": "tanh"}, TypeError),
        ({"patience": 3, "validation_fraction": 0.99}, ValueError),
    ],
)
def test_cause_of_a_refusal_is_kept(options, cause):
    with pytest.raises(ValueError, match=": ") as caught:
        NetworkRegressor(**options).fit(X, Y)
    assert isinstance(caught.value.__cause__, cause)


def test_refusals_stay_short():
    rows = np.array(["word " * 1000] * 10)
    for options in ({"activation": "tanh" * 1000}, {"random_state": list(range(1000))}):
        assert len(refusal(NetworkClassifier(**options).fit, X, TARGETS[NetworkClassifier])) < 250
    assert len(refusal(NetworkClassifier().fit, X, rows)) < 250


@pytest.mark.parametrize("name", ["a", 1.0, True])
def test_one_class_is_refused(name):
    assert f"y holds 1 class, [{name!r}]: " in refusal(NetworkClassifier().fit, X, [name] * 10)


WORDS = TARGETS[NetworkClassifier]
BOTH = {
    "sparse X": ({"X": csr_array(X)}, "X is sparse: pass X.toarray()"),
    "sparse y": ({"y": csr_array(Y[:, None])}, "y is sparse: pass y.toarray()"),
    "masked X": (
        {"X": masked(X)},
        "X has masked entries: fill them, X.filled(...), or drop their rows",
    ),
    "masked y": (
        {"y": masked(np.arange(10))},
        "y has masked entries: fill them, y.filled(...), or drop their rows",
    ),
    "words as X": ({"X": np.array([["a", "b"]] * 10)}, "could not convert string to float"),
    "complex X": ({"X": X + 1j}, "Complex data not supported"),
    "infinite X": ({"X": with_last(X, np.inf)}, "Input X contains infinity"),
    "one column": ({"X": X[:, 0]}, "Expected 2D array, got 1D array instead"),
    "no y": ({"y": None}, "requires y to be passed, but the target y is None"),
    "short y": ({"y": WORDS[:9]}, "inconsistent numbers of samples: [10, 9]"),
}
NO_NUMBERS = {
    "words": ({"y": WORDS}, "y is no array of numbers (str"),
    "objects": ({"y": WORDS.astype(object)}, "y is no array of numbers (object"),
    "numbers in quotes": ({"y": Y.astype(str)}, "y is no array of numbers (str"),
    "bytes": ({"y": WORDS.astype(bytes)}, "y is no array of numbers (bytes"),
    "dates": ({"y": np.arange(10).astype("datetime64[D]")}, "y is no array of numbers (datetime"),
    "complex": ({"y": Y + 1j}, "Complex data not supported"),
    "NaN": ({"y": with_last(Y, np.nan)}, "Input y contains NaN"),
    "table of tables": ({"y": np.ones((10, 2, 2))}, "Found array with dim 3"),
    "no column": ({"y": np.ones((10, 0))}, "Found array with 0 feature(s)"),
}
NO_CLASSES = {
    "prices": ({"y": Y}, "Unknown label type: continuous"),
    "objects": ({"y": np.array([1, "a"] * 5, dtype=object)}, "Unknown label type"),
    "two columns": ({"y": np.ones((10, 2))}, "y should be a 1d array, got an array of shape"),
    "NaN": ({"y": with_last(np.arange(10.0), np.nan)}, "Input y contains NaN"),
}


@pytest.mark.parametrize(
    ("kind", "data", "found"),
    [
        pytest.param(kind, *case, id=f"{kind.__name__}, {name}")
        for kind, cases in [
            (NetworkRegressor, BOTH | NO_NUMBERS),
            (NetworkClassifier, BOTH | NO_CLASSES),
        ]
        for name, case in cases.items()
    ],
)
def test_rows_and_targets_that_will_not_do_are_named(kind, data, found):
    with pytest.raises(ValueError, match=re.escape(found)):
        kind(**SMALL).fit(**{"X": X, "y": TARGETS[kind]} | data)


@KINDS
def test_rows_to_answer_are_refused_like_those_to_learn(kind):
    model = kind(**SMALL).fit(X, TARGETS[kind])
    for name, wanted in [("sparse X", "X is sparse"), ("masked X", "X has masked entries")]:
        assert wanted in refusal(model.predict, BOTH[name][0]["X"])
    with pytest.raises(ValueError, match=r"X has 1 features, but Network.* expecting 2 features"):
        model.predict(ROWS)


@KINDS
def test_masked_arrays_without_masked_entries_are_arrays(kind):
    plain = kind(**SMALL).fit(X, TARGETS[kind])
    model = kind(**SMALL).fit(np.ma.array(X), np.ma.array(TARGETS[kind]))
    np.testing.assert_array_equal(model.predict(np.ma.array(X)), plain.predict(X))
