"""A run that was cut in two arrives at the same bits as one that was not."""

import pickle
from copy import deepcopy

import numpy as np
import pytest

from neuralnet import (
    SGD,
    Adam,
    Dense,
    Dropout,
    Network,
    Scheduled,
    WarmUp,
    cosine,
    load,
    mean_squared_error,
    save,
    train,
)
from tests.package.tools import X, Y, network

OPTIMIZERS = {
    "plain": lambda: SGD(0.1),
    "momentum": lambda: SGD(0.1, momentum=0.9),
    "Adam": lambda: Adam(0.01),
    "scheduled": lambda: Scheduled(Adam(0.03), WarmUp(cosine, 0.3), 7 * 4),
}


def run(net, optimizer, rng, epochs):
    return train(
        net, X, Y, mean_squared_error, optimizer, epochs=epochs, batch_size=3, rng=rng
    ).loss


def whole(make):
    """Return what a run of seven epochs at a stretch leaves behind."""
    net, optimizer, rng = network(), make(), np.random.default_rng(0)
    losses = run(net, optimizer, rng, 7)
    return losses, net.parameters.tobytes()


@pytest.mark.parametrize("make", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_one_pickle_holds_all_that_a_run_needs(make, tmp_path):
    net, optimizer, rng = network(), make(), np.random.default_rng(0)
    losses = run(net, optimizer, rng, 3)
    (tmp_path / "run.pickle").write_bytes(pickle.dumps((net, optimizer, rng)))
    net, optimizer, rng = pickle.loads((tmp_path / "run.pickle").read_bytes())
    losses += run(net, optimizer, rng, 4)
    assert (losses, net.parameters.tobytes()) == whole(make)


@pytest.mark.parametrize("make", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_network_and_the_rest_may_be_kept_apart(make, tmp_path):
    net, optimizer, rng = network(), make(), np.random.default_rng(0)
    losses = run(net, optimizer, rng, 3)
    save(net, tmp_path / "net.npz")
    rest = pickle.dumps((optimizer, rng))
    net, (optimizer, rng) = load(tmp_path / "net.npz"), pickle.loads(rest)
    losses += run(net, optimizer, rng, 4)
    assert (losses, net.parameters.tobytes()) == whole(make)


@pytest.mark.parametrize("make", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_copies_go_on_like_the_original(make):
    net, optimizer, rng = network(), make(), np.random.default_rng(0)
    losses = run(net, optimizer, rng, 3)
    copies = deepcopy((net, optimizer, rng))
    expected = losses + run(net, optimizer, rng, 4)
    assert losses + run(*copies, 4) == expected == whole(make)[0]


@pytest.mark.parametrize("copied", [deepcopy, lambda run: pickle.loads(pickle.dumps(run))])
def test_what_is_dropped_goes_on_too(copied):
    def begun():
        layers = [Dense(2, 3), Dropout(0.5), Dense(3, 1)]
        return Network(layers, rng=0), Adam(0.01), np.random.default_rng(0)

    net, twin = begun(), begun()
    losses = run(*net, 3)
    net = copied(net)
    losses += run(*net, 4)
    assert losses == run(*twin, 7)
    assert net[0].parameters.tobytes() == twin[0].parameters.tobytes()


def test_optimizer_in_a_file_does_not_hold_the_network():
    net, optimizer = network(), Adam()
    run(net, optimizer, None, 1)
    for array in vars(pickle.loads(pickle.dumps(optimizer))).values():
        assert not np.array_equal(array, net.parameters)


def test_optimizer_starts_anew_for_another_network():
    optimizer = Adam(0.01)
    run(network(), optimizer, 0, 3)
    net, fresh = network(), network()
    assert run(net, optimizer, 0, 3) == run(fresh, Adam(0.01), 0, 3)
    assert optimizer.steps == 3 * 4


def test_optimizer_from_a_file_starts_anew_for_a_network_of_another_size():
    optimizer = Adam(0.01)
    run(network(), optimizer, 0, 3)
    optimizer = pickle.loads(pickle.dumps(optimizer))
    optimizer.step(np.zeros(2), np.ones(2))
    assert optimizer.steps == 1


def test_optimizer_from_a_file_belongs_to_the_first_network_it_steps():
    optimizer = Adam(0.01)
    run(network(), optimizer, 0, 3)
    optimizer = pickle.loads(pickle.dumps(optimizer))
    run(network(), optimizer, 0, 1)
    assert optimizer.steps == 4 * 4
    run(network(), optimizer, 0, 1)
    assert optimizer.steps == 4


def test_learning_rate_changed_by_a_callback_is_in_force_and_is_checked():
    net, twin, optimizer = network(), network(), SGD(0.1)

    def shrink(history):
        optimizer.learning_rate = 0.1 / (2 + history.epochs[-1])

    train(net, X, Y, mean_squared_error, optimizer, epochs=3, callback=shrink)
    for rate in (0.1, 0.1 / 2, 0.1 / 3):
        twin.parameters -= rate * twin.loss_and_gradient(X, Y, mean_squared_error)[1]
    np.testing.assert_allclose(net.parameters, twin.parameters, rtol=1e-13)
    with pytest.raises(ValueError, match="learning_rate is 0, but it must be a number above zero"):
        optimizer.learning_rate = 0
    assert optimizer.learning_rate == 0.1 / 4
