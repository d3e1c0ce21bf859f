"""Training in several processes: the same network as in one, also after one has been killed."""

import os
import re
import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from neuralnet import SGD, Dense, Dropout, Network, ReLU, save

pytest.importorskip("torch")
from examples import two_processes
from examples.runs_in_two_processes import HERE, alone, kill, launch, trained, write_digits

MODULE = "examples.two_processes"
MOMENTUM = ["--learning-rate", "0.03", "--momentum", "0.9"]


@pytest.fixture
def start(tmp_path):
    path = tmp_path / "start.npz"
    save(Network([Dense(64, 16), ReLU(), Dense(16, 10)], rng=0), path)
    return path


def test_two_processes_with_as_many_rows_each_are_one(start, tmp_path):
    data = tmp_path / "digits.npz"
    write_digits(data)
    found = trained(start, tmp_path / "end.npz", "--data", data, "--rows", 1056)
    np.testing.assert_allclose(found, alone(start, data, 1056, SGD(0.1)), rtol=0, atol=1e-12)
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == ["digits.npz", "end.npz", "start.npz"]


# 33 rows leave a last batch of one row, of which two processes get nothing.
@pytest.mark.parametrize(("rows", "processes"), [(1077, 2), (33, 3)])
def test_weighted_shares_are_right(start, tmp_path, rows, processes):
    data = tmp_path / "digits.npz"
    write_digits(data)
    options = "--data", data, "--rows", rows, "--weighted", *MOMENTUM
    found = trained(start, tmp_path / "end.npz", *options, processes=processes)
    expected = alone(start, data, rows, SGD(0.03, 0.9))
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)


def test_runs_that_were_killed_end_at_the_same_bits(tmp_path):
    start = tmp_path / "start.npz"
    save(Network([Dense(64, 16), ReLU(), Dropout(0.2), Dense(16, 10)], rng=0), start)
    options = ["--rows", "1077", "--weighted", "--epochs", "40", *MOMENTUM]
    trained(start, tmp_path / "whole.npz", *options)
    end = tmp_path / "end.npz"
    with launch(start, end, *options, restarts=0) as run:
        kill(run, process=0, after="epoch 3:")
        run.communicate()
    assert run.returncode != 0
    assert not end.exists()
    # This time torchrun starts the processes again by itself.
    with launch(start, end, *options, "--resume") as run:
        kill(run, process=1, after="epoch 9:")
        out, complaints = run.communicate()
    assert run.returncode == 0, complaints
    assert int(re.search(r"epochs done: (\d+)", out)[1]) >= 9
    assert end.read_bytes() == (tmp_path / "whole.npz").read_bytes()


def alone_of_two(store, rank, starts):
    """Return what a process says whose other one never comes, when torchrun began that often."""
    told = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(store.port), "WORLD_SIZE": "2"}
    told |= {"RANK": str(rank), "TORCHELASTIC_RESTART_COUNT": str(starts)}
    told |= {"TORCHELASTIC_USE_AGENT_STORE": "True"}
    return said_by("-m", MODULE, "a.npz", "b.npz", "--patience", "1", **told)


def test_who_waits_for_ever_gives_up_and_nobody_believes_what_it_has_left():
    store = two_processes.dist.TCPStore("127.0.0.1", 0, is_master=True, wait_for_workers=False)
    for starts, rank in enumerate((0, 1)):
        said = alone_of_two(store, rank, starts)
        assert f"two_processes: process {rank} found no others: wait timeout after 1000ms" in said


def test_a_line_is_told_in_one_piece(monkeypatch):
    pieces = []
    monkeypatch.setattr("sys.stdout", SimpleNamespace(write=pieces.append, flush=lambda: None))
    two_processes.tell("process 0 of 2")
    assert [piece for piece in pieces if piece] == ["process 0 of 2\n"]


def test_a_run_that_takes_too_long_is_ended(start, tmp_path):
    with pytest.raises(RuntimeError, match="torchrun ended with"):
        trained(start, tmp_path / "end.npz", "--weighted", limit=1)


def test_what_cannot_be_shared_evenly_is_refused_once(start, tmp_path):
    with launch(start, tmp_path / "end.npz", "--rows", "1077", restarts=0) as run:
        _, complaints = run.communicate()
    assert run.returncode != 0
    (said,) = re.findall("two_processes: (.*)", complaints)
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
    with pytest.raises(ValueError, match=r"no folder .*missing: make it first"):
        reading(start, tmp_path / "missing")


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ({"X": np.ones((4, 64))}, "holds no X and y .*y is not a file"),
        ({"X": np.ones((4, 63)), "y": np.zeros(4, int)}, "64"),
        ({"X": np.ones((4, 64)), "y": np.full(4, 10)}, "10"),
        ({"X": np.ones((4, 64)), "y": np.zeros(3, int)}, "4"),
    ],
)
def test_data_that_do_not_fit_are_refused(start, tmp_path, arrays, said):
    np.savez(tmp_path / "data.npz", **arrays)
    with pytest.raises(ValueError, match=said):
        reading(start, tmp_path, "--data", str(tmp_path / "data.npz"))


@pytest.mark.parametrize("content", [b"", b"no numbers", b"PK\3\4 half of an archive"])
def test_a_file_without_data_is_refused(start, tmp_path, content):
    path = tmp_path / "data.npz"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"write it with numpy\.savez"):
        reading(start, tmp_path, "--data", str(path))


@pytest.mark.parametrize(
    "options",
    [
        ["--epochs", "0"],
        ["--batch-size", "-1"],
        ["--learning-rate", "0"],
        ["--momentum", "1"],
        ["--rows", "0"],
    ],
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
    with pytest.raises(ValueError, match=r"cannot be read .*delete it"):
        two_processes.checkpoint(resuming)


@pytest.fixture
def only_process():
    """A group of processes with this one alone."""
    store = two_processes.dist.HashStore()
    two_processes.dist.init_process_group("gloo", store=store, rank=0, world_size=1)
    yield
    two_processes.dist.destroy_process_group()


@pytest.mark.usefixtures("only_process")
@pytest.mark.filterwarnings("ignore:.*overflow:RuntimeWarning")
def test_a_run_that_diverges_says_so_and_writes_nothing(start, tmp_path):
    words = [str(start), str(tmp_path / "end.npz"), "--learning-rate", "1e200"]
    with pytest.raises(ValueError, match=r"the loss is (nan|inf): begin anew with a lower"):
        two_processes.train_and_save(two_processes.options_from(words))
    assert [path.name for path in tmp_path.iterdir()] == ["start.npz"]


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


def said_by(*words, **told):
    return subprocess.run(
        [sys.executable, *words],
        cwd=HERE,
        env=os.environ | told,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    ).stderr


def test_without_torchrun_the_command_is_told(monkeypatch):
    monkeypatch.delenv("RANK", raising=False)
    assert "torchrun --standalone --nproc-per-node 2" in said_by("-m", MODULE, "a.npz", "b.npz")


def test_without_torch_it_is_asked_for():
    code = f"import runpy, sys; sys.modules['torch'] = None; runpy.run_module({MODULE!r})"
    assert "needs PyTorch" in said_by("-c", code)
