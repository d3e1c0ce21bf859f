"""The same numbers give the same answers, however they lie in memory and whoever came before."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from neuralnet import SGD, Adam, train
from tests.package.drawing import cases

RULES = {
    "descent": lambda: SGD(0.1),
    "momentum": lambda: SGD(0.1, momentum=0.9),
    "adam": lambda: Adam(0.1),
}


def every_other(array):
    """Return a view with gaps."""
    gaps = np.full(tuple(2 * n for n in array.shape), np.nan if array.dtype.kind == "f" else -1)
    view = gaps.astype(array.dtype)[tuple(slice(1, None, 2) for _ in array.shape)]
    view[...] = array
    return view


def swapped(array):
    """Return the numbers with their bytes in the other order."""
    return array.astype(array.dtype.newbyteorder())


LAYOUTS = {
    "columns first": np.asfortranarray,
    "backward": lambda array: array[::-1].copy()[::-1],
    "gaps": every_other,
    "bytes swapped": swapped,
    "one row again and again": lambda array: np.broadcast_to(array[:1], array.shape),
}
LISTS = {"list": np.ndarray.tolist, "objects": lambda array: array.astype(object)}


def found(case, X, y):
    """Return all that is computed from rows and targets, as one array."""
    net = case.network()
    answers = net.predict(X)
    value, gradient = net.loss_and_gradient(X, y, case.loss, case.l2)
    losses = train(net, X, y, case.loss, SGD(0.01), epochs=2, batch_size=2, rng=0).loss
    return np.concatenate([answers.ravel(), [value], gradient, losses, net.parameters])


def distance(one, other):
    return np.abs(one - other).max() / max(1, np.abs(other).max())


@given(cases(), st.sampled_from(sorted(LAYOUTS)))
def test_layout_in_memory(case, name):
    X, y = LAYOUTS[name](case.X), LAYOUTS[name](case.y)
    plain = np.array(X.tolist()), np.array(y.tolist())
    assert distance(found(case, X, y), found(case, *plain)) < 1e-14


@given(cases(), st.sampled_from(sorted(LISTS)))
def test_lists(case, name):
    y = case.y if case.y.dtype.kind == "i" and name == "objects" else LISTS[name](case.y)
    in_form = found(case, LISTS[name](case.X), y)
    assert in_form.tobytes() == found(case, case.X, case.y).tobytes()


@given(cases(), st.sampled_from([int, np.int8, np.uint8, bool, np.float32, np.float16]))
def test_kinds_of_numbers(case, kind):
    signed = np.dtype(kind).kind in "if"
    X = np.round(3 * case.X)
    X = (X if signed else np.abs(X)).astype(kind)
    labels = case.y.dtype.kind == "i"
    y = case.y if labels else np.abs(np.round(case.y)).astype(kind)
    plain = y if labels else y.astype(float)
    assert found(case, X, y).tobytes() == found(case, X.astype(float), plain).tobytes()


@given(cases())
def test_column_of_targets_may_lie_flat(case):
    if case.net.outputs == 1:
        flat, column = found(case, case.X, case.y[:, 0]), found(case, case.X, case.y)
        assert flat.tobytes() == column.tobytes()


# One rule, two networks


@given(cases(), st.sampled_from(sorted(RULES)))
def test_rule_starts_anew_for_another_network(case, rule):
    def run(net, rule):
        options = {"epochs": 2, "batch_size": 2, "rng": 0}
        return train(net, case.X, case.y, case.loss, rule, **options).loss, net.parameters.copy()

    shared = RULES[rule]()
    one, other = case.network(), case.network()
    first = run(one, shared)
    second = run(other, shared)
    assert first[0] == second[0]
    assert first[1].tobytes() == second[1].tobytes()
    fresh = case.network()
    fresh.parameters = one.parameters
    assert run(one, shared)[1].tobytes() == run(fresh, RULES[rule]())[1].tobytes()
