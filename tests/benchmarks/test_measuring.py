"""The measuring: what is run, how ratios come out, what is refused."""

from statistics import median

import numpy as np
import pytest
from sklearn.datasets import load_digits

from benchmarks import report
from benchmarks.__main__ import chosen_peers, chosen_workloads, main
from benchmarks.measuring import Worker, compare, imports
from benchmarks.peers import OURS, PEERS
from benchmarks.results import COMMITTED, Results
from benchmarks.scoring import score
from benchmarks.targets import TIMES, verdicts
from benchmarks.workloads import SEED, WORKLOADS, digits, truth_table
from neuralnet import Dense, Network, Sigmoid, evaluate, sum_squared_error


def measured(seconds, score=0.97, added=5.0):
    return {"seconds": seconds, "peak_mb": 40.0, "added_mb": added, "score": score}


def test_one_round_of_everything(tmp_path, capsys):
    file = tmp_path / "results.json"
    main(["--only", "W2", "--peers", "neuralnet,tutorial", "--rounds", "2", "--save", str(file)])
    results = Results.load(file)
    assert list(results.workloads) == ["W2"]
    for found in results.workloads["W2"].values():
        assert len(found["seconds"]) == 2
        assert min(found["seconds"]) > 0
        assert found["score"] == pytest.approx(results.workloads["W2"][OURS]["score"])
    printed = capsys.readouterr().out
    assert "tutorial" in printed
    assert "W2: time of tutorial / neuralnet" in printed


def test_a_peer_that_cannot_get_ready_is_named_and_left_out(capfd):
    assert list(compare("W2", ["no such peer", "floor"], 1, str)) == ["floor"]
    said = capfd.readouterr().err
    assert "KeyError" in said
    assert "no such peer ended early" in said


def test_a_peer_that_dies_on_the_way_ends_the_measuring():
    with Worker("floor", "W2") as worker:
        assert worker.is_ready()
        worker.process.kill()
        worker.process.wait()
        with pytest.raises(ValueError, match="floor ended early"):
            worker.ask("run")


def test_names_that_nobody_has_are_refused():
    with pytest.raises(ValueError, match="no workload is called 'W9'"):
        chosen_workloads("W9")
    with pytest.raises(ValueError, match="no peer is called 'abacus'"):
        chosen_peers("neuralnet,abacus")


def test_choosing():
    assert chosen_workloads("W1,W4") == ["W1", "W4 SGD", "W4 Adam"]
    assert chosen_workloads(None) == list(WORKLOADS)
    assert chosen_peers("floor") == ["floor"]
    assert {OURS, "Neuron", "tutorial", "floor", "scikit-learn"} <= set(chosen_peers(None))


def test_imports_are_measured():
    seconds = imports(("json", "numpy"), 1)
    assert {module: len(found) for module, found in seconds.items()} == {"json": 1, "numpy": 1}
    assert min(seconds["numpy"]) > 0


def test_a_ratio_is_the_median_of_ratios_side_by_side():
    ours, theirs = [1.0, 10.0, 2.0], [3.0, 20.0, 2.0]
    results = Results({}, {"W2": {OURS: measured(ours), "tutorial": measured(theirs)}}, {}, {})
    assert results.ratio("W2", "tutorial", OURS) == 2.0 != median(theirs) / median(ours)


def test_table_has_a_row_for_each_of_our_ways():
    works = {
        "W1": {OURS: measured([2.0]), "Neuron": measured([0.5]), "tutorial": measured([1.0])},
        "W2": {OURS: measured([2.0]), "floor": measured([1.0])},
    }
    assert Results({}, works, {}, {}).table() == {
        "W1 Neuron": {"tutorial": 2.0},
        "W1 Network": {"tutorial": 0.5},
        "W2": {"floor": 0.5},
    }


def test_verdicts():
    works = {
        "W2": {OURS: measured([1.0]), "tutorial": measured([1.2]), "torch": measured([12.0])},
        "W4 SGD": {OURS: measured([3.8], score=0.95), "floor": measured([1.0])},
        "W5 f32": {OURS: measured([1.25], added=13.0), "floor": measured([1.0])},
    }
    results = Results({}, works, {"numpy": [1.0], "neuralnet": [1.1]}, {})
    found = {what: (round(value, 9), met) for what, _, value, met in verdicts(results)}
    assert found == {
        "W2: time of tutorial / neuralnet": (1.2, False),
        "W2: time of torch / neuralnet": (12.0, True),
        "W4 SGD: time of neuralnet / floor": (3.8, False),
        "W4 SGD: accuracy": (0.95, False),
        "W5 f32: time of neuralnet / floor": (1.25, True),
        "W5 f32: MB added to the data": (13.0, False),
        "import: time of neuralnet / numpy": (1.1, True),
    }


def test_targets_name_what_exists():
    for target in TIMES:
        assert target.work in WORKLOADS
        for peer in (target.peer, target.other):
            assert PEERS[peer].can(target.work)


def test_table_shows_what_was_not_measured_as_a_dash():
    alone = Results({}, {"W2": {"floor": measured([1.0], score=None, added=None)}}, {}, {})
    *_, line = report.table(alone, "W2").splitlines()
    assert line.split() == ["floor", "666.67", "40", "-", "-"]


def test_digits_are_those_of_scikit_learn():
    X, y, *test = digits("float64")
    bundled = load_digits()
    order = np.random.default_rng(SEED).permutation(len(bundled.target))
    np.testing.assert_array_equal(np.concatenate([X, test[0]]), bundled.data[order] / 16)
    np.testing.assert_array_equal(np.concatenate([y, test[1]]), bundled.target[order])
    assert len(X) == WORKLOADS["W4 SGD"].rows


SMALL = [name for name, work in WORKLOADS.items() if work.rows * work.widths[0] < 1e6]


@pytest.mark.parametrize("name", SMALL)
def test_descriptions_agree_with_the_data(name):
    work = WORKLOADS[name]
    data = work.data(work.dtype)
    assert data.X.shape == (work.rows, work.widths[0])
    assert data.X.dtype == work.dtype
    assert len(data.y) == work.rows
    assert len(work.activations) == len(work.shapes())
    assert sum(w.size + b.size for w, b in work.split(work.start())) == work.start().size


def test_score_is_the_loss_or_the_accuracy():
    net = Network([Dense(3, 4, bias=False), Sigmoid(), Dense(4, 1, bias=False), Sigmoid()], rng=0)
    data = truth_table("float64")
    expected = evaluate(net, *data[:2], sum_squared_error)
    assert score(WORKLOADS["W2"], data, net.parameters) == pytest.approx(expected)


def test_committed_results_cover_all_workloads():
    results = Results.load(COMMITTED)
    assert list(results.workloads) == list(WORKLOADS)
    for name, found in results.workloads.items():
        assert list(found) == [peer for peer in PEERS if PEERS[peer].can(name)]
        assert len({len(peer["seconds"]) for peer in found.values()}) == 1
        assert all(seconds > 0 for peer in found.values() for seconds in peer["seconds"])
