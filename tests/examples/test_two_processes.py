"""Training in several processes: the same network as in one, also after one has been killed."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from book.pictures import handwritten_digits
from neuralnet import SGD, Dense, Network, ReLU, cross_entropy, load, save, train

pytest.importorskip("torch")
from examples import two_processes

ROOT = Path(__file__).parents[2]
MODULE = "examples.two_processes"
MOMENTUM = ["--learning-rate", "0.03", "--momentum", "0.9"]


@pytest.fixture
def start(tmp_path):
    path = tmp_path / "start.npz"
    save(small_network(), path)
    return path


def small_network():
    return Network([Dense(64, 16), ReLU(), Dense(16, 10)], rng=0)


def launch(start, end, *options, processes=2):
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
    words = [f"--nproc-per-node={processes}", "-m", MODULE, start, end, *options]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}
    return subprocess.Popen(
        [*torchrun, *map(str, words)],
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def trained(start, end, *options, **others):
    """Run to the end; return the parameters and what was printed."""
    with launch(start, end, *options, **others) as run:
        out, error = run.communicate(timeout=300)
    assert run.returncode == 0, error
    return load(end).parameters, out


def alone(start, rows, rule=None, epochs=5):
    """Return the parameters after neuralnet's own training in one process."""
    net, (X, y) = load(start), handwritten_digits()
    rule = rule or SGD(0.1)
    train(net, X[:rows] / 16, y[:rows], cross_entropy, rule, epochs=epochs, batch_size=32, rng=0)
    return net.parameters


def test_two_processes_with_as_many_rows_each_are_one(start, tmp_path):
    found, out = trained(start, tmp_path / "end.npz", "--rows", "1056")
    np.testing.assert_allclose(found, alone(start, 1056), rtol=0, atol=1e-12)
    assert "epoch 5: loss 0." in out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["end.npz", "start.npz"]


def test_a_plain_mean_over_unequal_shares_is_off(start, tmp_path):
    found, _ = trained(start, tmp_path / "end.npz", "--rows", "1077", "--plain-mean")
    assert np.abs(found - alone(start, 1077)).max() > 1e-4


# 1089 rows leave a last batch of one row, of which all processes but one get nothing.
@pytest.mark.parametrize(("rows", "processes"), [(1077, 2), (1089, 3)])
def test_weighted_shares_are_right(start, tmp_path, rows, processes):
    options = "--rows", str(rows), "--weighted", *MOMENTUM
    found, _ = trained(start, tmp_path / "end.npz", *options, processes=processes)
    expected = alone(start, rows, SGD(0.03, 0.9))
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)


LONG = ["--rows", "1077", "--weighted", "--epochs", "40", *MOMENTUM]


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("uninterrupted")
    save(small_network(), folder / "start.npz")
    return trained(folder / "start.npz", folder / "end.npz", *LONG)[0]


@pytest.mark.parametrize("victim", [0, 1])
def test_a_run_that_was_killed_goes_on_to_the_same_bits(start, tmp_path, uninterrupted, victim):
    end = tmp_path / "end.npz"
    with launch(start, end, *LONG) as run:
        kill(run, victim, after="epoch 3:")
    assert run.returncode != 0
    assert not end.exists()
    resumed, out = trained(start, end, *LONG, "--resume")
    assert int(re.search(r"epochs done: (\d+)", out)[1]) >= 3
    assert resumed.tobytes() == uninterrupted.tobytes()


def kill(run, victim, after):
    """Kill one of the processes as soon as a line begins with `after`."""
    numbers = {}
    for line in run.stdout:
        if found := re.match(r"process (\d+) of \d+, number (\d+)", line):
            numbers[int(found[1])] = int(found[2])
        if line.startswith(after):
            os.kill(numbers[victim], signal.SIGKILL)
            break
    run.communicate(timeout=120)


def refusal(start, end, *options):
    with launch(start, end, *options) as run:
        _, error = run.communicate(timeout=120)
    assert run.returncode != 0
    assert error.count("two_processes: ") == 1  # one process tells it, and there is no traceback
    return re.search("two_processes: .*", error)[0]


def test_what_cannot_be_shared_evenly_is_refused(start, tmp_path):
    said = refusal(start, tmp_path / "end.npz", "--rows", "1077")
    assert "a batch of 21, which 2 processes cannot share evenly: pass --weighted" in said
    assert not (tmp_path / "end.npz").exists()


def reading(start, tmp_path, *options):
    return two_processes.read(
        two_processes.options_from([str(start), str(tmp_path / "end.npz"), *options])
    )


def test_a_network_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"nowhere\.npz"):
        reading(tmp_path / "nowhere.npz", tmp_path)


def test_a_folder_that_is_not_there_is_refused(start, tmp_path):
    with pytest.raises(ValueError, match="no folder .*missing: make it first"):
        reading(start, tmp_path / "missing")


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ({"X": np.ones((4, 64))}, "holds no y: it needs X and y"),
        ({"X": np.ones((4, 63)), "y": np.zeros(4, int)}, "64"),
        ({"X": np.ones((4, 64)), "y": np.full(4, 10)}, "10"),
        ({"X": np.ones((4, 64)), "y": np.zeros(3, int)}, "4"),
    ],
)
def test_data_that_do_not_fit_are_refused(start, tmp_path, arrays, said):
    np.savez(tmp_path / "data.npz", **arrays)
    with pytest.raises(ValueError, match=said):
        reading(start, tmp_path, "--data", str(tmp_path / "data.npz"))


@pytest.mark.parametrize(
    "options",
    [["--epochs", "0"], ["--batch-size", "-1"], ["--learning-rate", "0"], ["--momentum", "1"]],
)
def test_numbers_that_make_no_sense_are_refused(start, tmp_path, options):
    with pytest.raises(ValueError, match=options[0][2:].partition("-")[0]):
        reading(start, tmp_path, *options)


def test_a_process_without_a_row_has_no_mean(start, tmp_path, monkeypatch):
    monkeypatch.setattr(two_processes.dist, "get_world_size", lambda: 2)
    words = [str(start), str(tmp_path / "end.npz"), "--plain-mean"]
    with pytest.raises(ValueError, match="a batch of 1 leaves one of 2 processes without a row"):
        two_processes.check_shares(33, two_processes.options_from(words))


def test_a_checkpoint_is_read_only_if_it_shall_be(start, tmp_path):
    words = [str(start), str(tmp_path / "end.npz")]
    anew, resuming = (two_processes.options_from([*words, *more]) for more in ([], ["--resume"]))
    assert two_processes.checkpoint(anew) is two_processes.checkpoint(resuming) is None
    path = tmp_path / "end.npz.checkpoint"
    path.write_bytes(two_processes.packed({"done": 3}))
    assert two_processes.checkpoint(resuming) == {"done": 3}
    with pytest.raises(ValueError, match="unfinished run: pass --resume, or delete it"):
        two_processes.checkpoint(anew)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(ValueError, match="cannot be read .*delete it"):
        two_processes.checkpoint(resuming)


@pytest.fixture
def only_process(monkeypatch):
    """A group of processes with this one alone."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    where = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port, "RANK": 0, "WORLD_SIZE": 1}
    for name, value in where.items():
        monkeypatch.setenv(name, str(value))
    two_processes.dist.init_process_group("gloo")
    yield
    two_processes.dist.destroy_process_group()


@pytest.mark.usefixtures("only_process")
def test_a_run_goes_on_only_with_the_same_options_and_data(start, tmp_path):
    def run(*options):
        chosen = two_processes.options_from([str(start), str(tmp_path / "end.npz"), *options])
        return two_processes.Run(*two_processes.read(chosen), chosen)

    kept = run("--momentum", "0.9").state()
    run("--momentum", "0.9", "--weighted", "--epochs", "9").restore(kept)
    for options in (["--momentum", "0.8"], ["--momentum", "0.9", "--rows", "99"]):
        with pytest.raises(ValueError, match="pass the same options and files"):
            run(*options).restore(kept)


def test_a_file_is_replaced_only_when_the_new_one_is_whole(tmp_path, monkeypatch):
    path = tmp_path / "file"
    two_processes.replace(path, b"old")

    def die(number):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", die)
    with pytest.raises(KeyboardInterrupt):
        two_processes.replace(path, b"new")
    assert path.read_bytes() == b"old"
    monkeypatch.undo()
    two_processes.replace(path, b"new")
    assert path.read_bytes() == b"new"
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def said_by(*words):
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False
    ).stderr


def test_without_torchrun_the_command_is_told(monkeypatch):
    monkeypatch.delenv("RANK", raising=False)
    assert "torchrun --standalone --nproc-per-node 2" in said_by("-m", MODULE, "a.npz", "b.npz")


def test_without_torch_it_is_asked_for():
    code = f"import runpy, sys; sys.modules['torch'] = None; runpy.run_module({MODULE!r})"
    assert "needs PyTorch" in said_by("-c", code)
