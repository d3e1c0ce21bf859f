"""The estimators keep scikit-learn's conventions, and are networks trained by `train`."""

import pickle
import subprocess
import sys
from fractions import Fraction
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.datasets import load_diabetes, load_iris, load_wine
from sklearn.ensemble import AdaBoostClassifier
from sklearn.exceptions import FitFailedWarning
from sklearn.model_selection import GridSearchCV, cross_val_score, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks
from sklearn.utils.validation import has_fit_parameter

import neuralnet
from neuralnet import (
    SGD,
    Adam,
    Dense,
    Network,
    ReLU,
    Sigmoid,
    Standardize,
    Tanh,
    cross_entropy,
    mean_squared_error,
    softmax,
    train,
)
from neuralnet.estimators import NetworkClassifier, NetworkRegressor
from tests.package.tools import X, Y

MODULE = NetworkClassifier.__module__
CLASSES = np.where(Y < -0.5, "low", np.where(Y < 0.5, "middle", "high"))
SMALL = {"hidden_layer_sizes": (3,), "epochs": 5, "batch_size": 4, "random_state": 7}
DEFAULTS = {
    "hidden_layer_sizes": (100,),
    "activation": Tanh,
    "optimizer": Adam,
    "learning_rate": 0.001,
    "epochs": 100,
    "batch_size": 32,
    "l2": 0.0,
    "patience": None,
    "validation_fraction": 0.1,
    "random_state": None,
}


def fitted(**options):
    return NetworkRegressor(**SMALL | options).fit(X, Y)


@pytest.mark.parametrize("kind", [NetworkRegressor, NetworkClassifier])
def test_parameters_have_these_defaults(kind):
    assert kind().get_params() == DEFAULTS


@parametrize_with_checks([NetworkRegressor(), NetworkClassifier()])
def test_default_estimator_keeps_the_conventions(estimator, check):
    check(estimator)


def by_hand(outputs, targets, loss, validation=None, rows=X, rng=7, **options):
    """Train the network of the small estimators without scikit-learn."""
    rng = np.random.default_rng(rng)
    net = Network([Dense(2, 3), Tanh(), Dense(3, outputs)], rng=rng)
    history = train(
        net, rows, targets, loss, Adam(0.001), epochs=5, batch_size=4, rng=rng, **options
    )
    return net, history


def test_regressor_is_a_network_trained_by_hand():
    scale = Standardize.fit(Y)
    net, history = by_hand(1, scale.forward(Y[:, None]), mean_squared_error, l2=0.01)
    model = fitted(l2=0.01)
    np.testing.assert_array_equal(model.network_.parameters, net.parameters)
    np.testing.assert_array_equal(model.predict(X), scale.inverse().forward(net.predict(X))[:, 0])
    assert model.history_ == history


def test_classifier_is_a_network_trained_by_hand():
    names, labels = np.unique(CLASSES, return_inverse=True)
    net, history = by_hand(3, labels, cross_entropy)
    model = NetworkClassifier(**SMALL).fit(X, CLASSES)
    np.testing.assert_array_equal(model.network_.parameters, net.parameters)
    np.testing.assert_array_equal(model.predict_proba(X), softmax(net.predict(X)))
    np.testing.assert_array_equal(model.predict(X), names[net.predict(X).argmax(axis=1)])
    assert model.history_ == history


def test_what_was_learned_ends_with_an_underscore():
    learned = {"history_", "n_features_in_", "n_iter_", "network_"}
    classifier = NetworkClassifier(**SMALL).fit(X, CLASSES)
    assert vars(fitted()).keys() - fitted().get_params().keys() == learned
    assert vars(classifier).keys() - classifier.get_params().keys() == learned | {"classes_"}
    assert (classifier.n_iter_, classifier.n_features_in_) == (5, 2)


def test_patience_holds_out_rows_of_every_class():
    table, classes = load_iris(return_X_y=True)
    model = NetworkClassifier((), epochs=5, patience=5, validation_fraction=0.2, random_state=7)
    model.fit(table, classes)
    rng = np.random.default_rng(7)
    net = Network([Dense(4, 3)], rng=rng)
    rows, held_rows, y, held_y = train_test_split(
        table, classes, test_size=0.2, stratify=classes, random_state=int(rng.integers(2**32))
    )
    history = train(
        net,
        rows,
        y,
        cross_entropy,
        Adam(0.001),
        epochs=5,
        batch_size=32,
        validation=(held_rows, held_y),
        patience=5,
        rng=rng,
    )
    assert np.bincount(held_y).tolist() == [10, 10, 10]
    assert model.history_ == history
    np.testing.assert_array_equal(model.network_.parameters, net.parameters)


def test_patience_ends_the_training():
    table, targets = load_diabetes(return_X_y=True)
    model = NetworkRegressor((20,), learning_rate=0.05, patience=3, random_state=0)
    model.fit(table, targets)
    assert model.history_.stopped == "no improvement"
    assert model.n_iter_ == len(model.history_.loss) == model.history_.best_epoch + 4
    assert model.n_iter_ < model.epochs


def test_layers_follow_the_parameters():
    model = fitted(hidden_layer_sizes=[4, 5], activation=ReLU)
    kinds = [type(layer) for layer in model.network_.layers]
    assert kinds == [Dense, ReLU, Dense, ReLU, Dense, Standardize]
    assert [layer.outputs for layer in model.network_.layers[:5:2]] == [4, 5, 1]
    straight = NetworkClassifier((), activation=Sigmoid, epochs=1).fit(X, CLASSES)
    assert [type(layer) for layer in straight.network_.layers] == [Dense]


@pytest.mark.parametrize("sizes", [3, [3], np.array(3), np.array([3]), (np.int64(3),)])
def test_one_hidden_layer_is_written_in_many_ways(sizes):
    model = fitted(hidden_layer_sizes=sizes)
    np.testing.assert_array_equal(model.network_.parameters, fitted().network_.parameters)


@pytest.mark.parametrize(
    "options",
    [
        {"epochs": np.int64(5)},
        {"batch_size": np.uint8(4)},
        {"l2": np.int8(0)},
        {"learning_rate": Fraction(1, 1000)},
        {"random_state": np.int16(7)},
    ],
)
def test_numbers_of_any_kind_are_the_same_numbers(options):
    np.testing.assert_array_equal(fitted(**options).predict(X), fitted().predict(X))


def test_fraction_of_any_kind_is_the_same_fraction():
    options = {"patience": np.int64(5), "validation_fraction": Fraction(1, 4)}
    model = fitted(patience=5, validation_fraction=0.25)
    np.testing.assert_array_equal(fitted(**options).predict(X), model.predict(X))


def test_optimizer_may_be_any_rule_of_the_package():
    rate, rule = 0.05, partial(SGD, momentum=0.5)
    model = fitted(optimizer=rule, learning_rate=rate, batch_size=None)
    scale = Standardize.fit(Y)
    net = Network([Dense(2, 3), Tanh(), Dense(3, 1)], rng=7)
    train(net, X, scale.forward(Y[:, None]), mean_squared_error, rule(rate), epochs=5)
    np.testing.assert_array_equal(model.network_.parameters, net.parameters)


class Interrupted(SGD):
    """Ctrl-C at a certain step."""

    def __init__(self, learning_rate, last):
        super().__init__(learning_rate)
        self.last = last

    def step(self, parameters, gradients):
        self.last -= 1
        if self.last == 0:
            raise KeyboardInterrupt
        super().step(parameters, gradients)


@pytest.mark.parametrize(
    ("stopped", "options"),
    [
        ("no improvement", {"patience": 5}),
        ("finished", {"patience": 1000}),
        ("interrupted", {"patience": 1000, "optimizer": partial(Interrupted, last=50)}),
    ],
)
def test_patience_ends_with_the_best_parameters(stopped, options):
    bumpy = {"learning_rate": 0.3, "epochs": 60, "batch_size": None, "validation_fraction": 0.4}
    bumpy |= {"optimizer": SGD, "patience": 1000}
    model = fitted(**bumpy | options)
    best = model.history_.best_epoch
    assert model.history_.stopped == stopped
    assert best < model.n_iter_ - 1
    shorter = fitted(**bumpy | {"epochs": best + 1})
    np.testing.assert_array_equal(model.network_.parameters, shorter.network_.parameters)
    np.testing.assert_array_equal(model.predict(X), shorter.predict(X))


def test_interrupted_training_keeps_what_it_has_learned():
    model = fitted().set_params(optimizer=partial(Interrupted, last=7))
    before = model.network_
    assert model.fit(X[:, :1], Y) is model
    assert model.history_.stopped == "interrupted"
    assert (model.n_iter_, model.n_features_in_) == (2, 1)
    assert model.network_ is not before
    assert np.isfinite(model.predict(X[:, :1])).all()


@pytest.mark.parametrize("unit", [1e-6, 1.0, 1e6])
def test_unit_of_the_targets_does_not_matter(unit):
    model = fitted()
    other = NetworkRegressor(**SMALL).fit(X, unit * Y)
    np.testing.assert_allclose(other.predict(X), unit * model.predict(X), rtol=1e-9)
    assert other.score(X, unit * Y) == pytest.approx(model.score(X, Y))


def test_regressor_learns_several_outputs_one_of_them_constant():
    targets = np.column_stack([Y, np.full(len(Y), 5.0), 100 * X[:, 0]])
    model = NetworkRegressor((8,), learning_rate=0.02, epochs=300, random_state=0).fit(X, targets)
    answers = model.predict(X)
    assert answers.shape == targets.shape
    np.testing.assert_allclose(answers, targets, atol=0.05 * targets.std(axis=0).max())
    np.testing.assert_allclose(answers[:, 1], 5.0, atol=0.05)
    spread = np.where([True, False, True], targets.std(axis=0), 1.0)
    scale = Standardize(targets.mean(axis=0), spread)
    assert repr(model.network_.layers[-1]) == repr(scale.inverse())


@pytest.mark.parametrize("shape", [(10,), (10, 1)])
def test_one_output_is_a_number_a_row(shape):
    assert NetworkRegressor(**SMALL).fit(X, Y.reshape(shape)).predict(X).shape == (10,)


@pytest.mark.parametrize(("kind", "y"), [(NetworkRegressor, Y), (NetworkClassifier, CLASSES)])
def test_rows_of_text_are_read_as_numbers(kind, y):
    model, text = kind(**SMALL), X.astype(str)
    answers = model.fit(X, y).predict(X)
    np.testing.assert_array_equal(model.predict(text), answers)
    np.testing.assert_array_equal(model.fit(text, y).predict(X), answers)


@pytest.mark.parametrize(
    "names", [["no", "yes"], [-1, 1], [False, True], ["a", "b", "c"], [2.0, 10.0, 4.0]]
)
def test_classes_keep_their_names(names):
    y = np.array(names)[np.arange(30) % len(names)]
    rows = np.column_stack([y == name for name in names]).astype(float)
    model = NetworkClassifier((), learning_rate=0.1, random_state=0).fit(rows, y)
    assert model.classes_.tolist() == sorted(names)
    assert model.classes_.dtype == model.predict(rows).dtype == y.dtype
    assert model.predict(rows).tolist() == y.tolist()
    chances = model.predict_proba(rows)
    assert chances.shape == (30, len(names))
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    assert model.classes_[chances.argmax(axis=1)].tolist() == y.tolist()


@pytest.mark.parametrize("make", [lambda: 3, lambda: np.random.RandomState(3)])
def test_random_state_makes_a_run_repeatable(make):
    first, second = (fitted(random_state=make()).network_.parameters for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert np.any(first != fitted(random_state=4).network_.parameters)


@pytest.mark.parametrize(("state", "seed"), [(0, 209652396), (4, 2005877882)])
def test_old_random_state_draws_the_seed(state, seed):
    first, second = fitted(random_state=np.random.RandomState(state)), fitted(random_state=seed)
    np.testing.assert_array_equal(first.network_.parameters, second.network_.parameters)


def test_random_state_goes_on_where_it_was():
    for source in (np.random.default_rng(3), np.random.RandomState(3)):
        model = NetworkRegressor(**SMALL | {"random_state": source})
        first, second = (model.fit(X, Y).network_.parameters for _ in range(2))
        assert np.any(first != second)


def test_clone_takes_the_parameters_and_leaves_the_network():
    model = fitted(activation=ReLU, optimizer=partial(SGD, momentum=0.5), l2=0.1)
    copy = clone(model)
    before, after = model.get_params(), copy.get_params()
    rule = after.pop("optimizer")
    assert (rule.func, rule.keywords) == (SGD, before.pop("optimizer").keywords)
    assert after == before
    assert not hasattr(copy, "network_")


@pytest.mark.parametrize("model", [NetworkRegressor(**SMALL), NetworkClassifier(**SMALL)])
def test_pickle_keeps_all(model):
    model.fit(X, CLASSES if isinstance(model, NetworkClassifier) else Y)
    back = pickle.loads(pickle.dumps(model))
    np.testing.assert_array_equal(back.predict(X), model.predict(X))
    assert back.history_ == model.history_
    assert back.get_params() == model.get_params()


def test_grid_search_over_a_pipeline():
    table, classes = load_iris(return_X_y=True)
    pipeline = make_pipeline(StandardScaler(), NetworkClassifier((4,), epochs=20, random_state=0))
    grid = {
        "networkclassifier__activation": [Tanh, ReLU],
        "networkclassifier__optimizer": [Adam, SGD],
        "networkclassifier__learning_rate": [1e-5, 0.05],
    }
    search = GridSearchCV(pipeline, grid, cv=3).fit(table, classes)
    assert search.best_params_["networkclassifier__learning_rate"] == 0.05
    assert search.best_estimator_.score(table, classes) > 0.9


@pytest.mark.parametrize(
    ("load", "model", "least"),
    [
        (load_wine, NetworkClassifier((8,), learning_rate=0.01, epochs=30, random_state=0), 0.95),
        (load_diabetes, NetworkRegressor((4,), learning_rate=0.01, epochs=30, random_state=0), 0.4),
    ],
)
def test_cross_validated_scores_on_real_tables(load, model, least):
    table, targets = load(return_X_y=True)
    scores = cross_val_score(make_pipeline(StandardScaler(), model), table, targets, cv=5)
    assert scores.mean() > least


def test_there_are_no_weights_of_rows():
    weights, classifier = np.ones(len(X)), NetworkClassifier(**SMALL)
    with pytest.raises(TypeError, match=r"fit\(\) got an unexpected .* 'sample_weight'"):
        classifier.fit(X, CLASSES, sample_weight=weights)
    with pytest.raises(TypeError, match=r"fit\(\) got an unexpected .* 'sample_weight'"):
        make_pipeline(classifier).fit(X, CLASSES, networkclassifier__sample_weight=weights)
    with pytest.raises(ValueError, match="NetworkClassifier doesn't support sample_weight"):
        AdaBoostClassifier(classifier).fit(X, CLASSES)
    assert not has_fit_parameter(classifier, "sample_weight")


def test_a_search_goes_on_after_a_fit_that_diverged():
    grid = {"learning_rate": [0.01, 1e9]}
    search = GridSearchCV(NetworkRegressor(optimizer=SGD, random_state=0), grid, cv=2)
    with (
        pytest.warns(FitFailedWarning, match="TrainingDiverged"),
        pytest.warns(UserWarning, match="non-finite"),
    ):
        search.fit(X, Y)
    assert np.isnan(search.cv_results_["mean_test_score"]).tolist() == [False, True]


@pytest.mark.parametrize("blocked", ["sklearn", "sklearn.utils.validation"])
def test_without_scikit_learn_the_error_names_the_remedy(blocked):
    result = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.modules[{blocked!r}] = None\nimport {MODULE}"],
        cwd=Path(neuralnet.__file__).parents[1],
        capture_output=True,
        text=True,
    )
    last = result.stderr.splitlines()[-1]
    assert last.startswith(f"ImportError: {MODULE} needs scikit-learn 1.6 or newer")
    assert last.endswith('run python -m pip install ".[estimators]"')


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_targets_are_scaled_in_double_precision(dtype):
    targets = (1000 * np.arange(10)).astype(dtype)
    model = NetworkRegressor((), learning_rate=0.1, epochs=200, random_state=0)
    model.fit(np.arange(10.0)[:, None] / 10, targets)
    assert model.network_.layers[-1].std == pytest.approx(1 / np.std(1000.0 * np.arange(10)))
