"""All peers do the same work: from the same start they come to the same parameters."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.peers import OURS, PEERS
from benchmarks.workloads import WORKLOADS, drawn_points, noise

# A few steps of each; the last batch of W4 to W6 is smaller than the others, as in the real work.
FEW = {
    "W1": {"data": drawn_points(20), "rows": 20},
    "W2": {"epochs": 4},
    "W3": {"epochs": 4},
    "W4 SGD": {"epochs": 1},
    "W4 Adam": {"epochs": 1},
    "W5 f32": {"data": noise(300), "rows": 300, "epochs": 2},
    "W5 f64": {"data": noise(300), "rows": 300, "epochs": 2},
    "W6": {"data": noise(300), "rows": 300},
    "W7 f32": {"epochs": 4},
    "W7 f64": {"epochs": 4},
}
SHORT = {name: replace(work, **FEW[name]) for name, work in WORKLOADS.items()}
# The bare products learn nothing, scikit-learn chooses its own start; to compile takes long.
ELSEWHERE = {OURS, "floor", "scikit-learn", "torch.compile"}
PAIRS = [
    (name, peer)
    for name in WORKLOADS
    for peer in PEERS
    if PEERS[peer].can(name) and peer not in ELSEWHERE
]


@pytest.fixture(autouse=True)
def one_thread(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "1")


@pytest.fixture(autouse=True)
def tutorial_draws(monkeypatch):
    """Let the tutorial draw the rows that the others draw."""
    draws = iter(np.random.default_rng(0).integers(8, size=20))
    monkeypatch.setattr(np.random, "randint", lambda below: next(draws))


def trained(peer, work):
    if not PEERS[peer].is_installed():
        pytest.skip(f"{peer} is not installed")
    trainer = PEERS[peer].load()(work, work.data(work.dtype))
    trainer.prepare()
    trainer.train()
    return trainer


@pytest.mark.parametrize(("name", "peer"), PAIRS)
def test_same_start_same_change(name, peer):
    work = SHORT[name]
    theirs = trained(peer, work).parameters() - work.start()
    ours = trained(OURS, work).parameters() - work.start()
    # Parameters in single precision hold some four digits of a small change.
    tolerance = (1e-9 if work.dtype == "float64" else 1e-3) * np.abs(ours).max()
    assert tolerance > 0
    np.testing.assert_allclose(theirs, ours, rtol=0, atol=tolerance)


@pytest.mark.parametrize("peer", [OURS, *dict(reversed(pair) for pair in PAIRS)])
def test_each_run_begins_anew(peer):
    # A workload in which nothing is drawn from a stream that goes on.
    name = next(name for name in ("W3", "W1", "W7 f64") if PEERS[peer].can(name))
    trainer = trained(peer, SHORT[name])
    once = np.copy(trainer.parameters())
    trainer.prepare()
    trainer.train()
    np.testing.assert_array_equal(trainer.parameters(), once)


@pytest.mark.parametrize("name", ["W3", "W4 SGD", "W5 f64"])
def test_scikit_learn_from_its_own_start(name):
    def after(epochs):
        work = replace(SHORT[name], epochs=epochs, shuffle=False)
        return work, trained("scikit-learn", work).parameters()

    work, start = after(1)
    ours = PEERS[OURS].load()(work, work.data(work.dtype))
    ours.prepare()
    ours.net.parameters[...] = start
    ours.train()
    assert after(2)[1] == pytest.approx(ours.parameters(), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("name", ["W1", "W2", "W4 Adam", "W6"])
def test_scikit_learn_takes_as_many_steps(name):
    work = SHORT[name]
    net = trained("scikit-learn", work).net
    assert (net.n_iter_, net.t_) == (work.epochs, work.epochs * work.rows)
    assert [weights.shape for weights in net.coefs_] == work.shapes()


@pytest.mark.parametrize("name", [name for name in SHORT if PEERS["floor"].can(name)])
def test_floor_has_the_products_of_the_training(name):
    work = SHORT[name]
    floor = trained("floor", work)
    first, *others = [inputs * outputs for inputs, outputs in work.shapes()]
    batches = [floor.products] * floor.whole + [floor.rest] * bool(floor.rest)
    multiplied = [
        a.shape[0] * a.shape[1] * b.shape[1] for products in batches for a, b, _ in products
    ]
    # Forward, and slopes over weights and inputs; nobody asks for those over the first inputs.
    assert sum(multiplied) == work.rows * (2 * first + 3 * sum(others))
    assert len(batches) * work.epochs == work.steps
    for products in batches:
        assert all(np.array_equal(np.dot(a, b), out) for a, b, out in products)
