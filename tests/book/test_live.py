"""What pages that run in the browser are made of."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from book.extensions import live
from book.live import lock

SOURCE = "neuralnet/network.py"


def test_every_file_of_the_runtime_is_as_locked():
    locked = json.loads(live.LOCK.read_text(encoding="utf-8"))["files"]
    found = {path.name: path.read_bytes() for path in live.RUNTIME.iterdir() if path.is_file()}
    assert {
        name: {"size": len(found[name]), "sha256": hashlib.sha256(found[name]).hexdigest()}
        for name in locked
    } == {name: {key: entry[key] for key in ("size", "sha256")} for name, entry in locked.items()}


def test_no_file_of_the_runtime_is_without_a_lock():
    texts = {"LICENSES.txt", "licenses", "runtime.lock"}
    locked = json.loads(live.LOCK.read_text(encoding="utf-8"))["files"]
    assert {path.name for path in live.RUNTIME.iterdir()} - texts == set(locked)


def test_the_packages_of_pyodide_are_in_the_runtime():
    packages = json.loads((live.RUNTIME / "pyodide-lock.json").read_text("utf-8"))["packages"]
    locked = json.loads(live.LOCK.read_text(encoding="utf-8"))["files"]
    for package in packages.values():
        assert locked[package["file_name"]]["sha256"] == package["sha256"]


def test_a_changed_line_of_the_package_is_the_line_that_runs(tmp_path, monkeypatch):
    sources = tmp_path / "neuralnet"
    sources.mkdir()
    (sources / "network.py").write_text("answer = 42\n", encoding="utf-8")
    comparison = tmp_path / live.COMPARISON
    comparison.parent.mkdir(parents=True)
    comparison.write_text("", encoding="utf-8")
    monkeypatch.setattr(live, "ROOT", tmp_path)
    live.write_sources(tmp_path / "sources.zip")
    with zipfile.ZipFile(tmp_path / "sources.zip") as archive:
        assert archive.read(SOURCE) == b"answer = 42\n"


def test_the_archive_is_the_same_each_time(tmp_path):
    first, second = tmp_path / "a.zip", tmp_path / "b.zip"
    live.write_sources(first)
    live.write_sources(second)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert archive.read(SOURCE) == Path(live.ROOT, SOURCE).read_bytes()


def test_without_its_files_no_page_is_offered(tmp_path, monkeypatch):
    monkeypatch.setattr(live, "LOCK", tmp_path / "runtime.lock")
    assert live.locked_files() == []
    (tmp_path / "runtime.lock").write_text('{"files": {"missing.whl": {}}}', encoding="utf-8")
    assert live.locked_files() == []


@pytest.fixture
def release(tmp_path, monkeypatch):
    """A release of one needed and one needless package, and an empty runtime."""
    folder, runtime = tmp_path / "release", tmp_path / "runtime"
    folder.mkdir()
    runtime.mkdir()
    monkeypatch.setattr(lock, "RUNTIME", runtime)
    monkeypatch.setattr(lock, "WANTED", ["numpy"])
    for name in [*lock.CORE, "numpy.whl", "six.whl"]:
        (folder / name).write_text(name, encoding="utf-8")
    packages = {
        name: {
            "file_name": f"{name}.whl",
            "sha256": hashlib.sha256(f"{name}.whl".encode()).hexdigest(),
            "depends": [],
        }
        for name in ("numpy", "six")
    }
    text = json.dumps({"info": {"version": "1.0"}, "packages": packages})
    (folder / lock.PACKAGES).write_text(text, encoding="utf-8")
    return folder


def test_a_release_is_locked_with_what_it_needs(release):
    lock.lock(release)
    files = json.loads((lock.RUNTIME / "runtime.lock").read_text("utf-8"))["files"]
    assert set(files) == {*lock.CORE, lock.PACKAGES, "numpy.whl"}
    assert {path.name for path in lock.RUNTIME.iterdir()} == {*files, "runtime.lock"}


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda path: path.unlink(), "lacks numpy.whl: put it there"),
        (lambda path: path.write_text("other"), "numpy.whl is not the file of the release"),
    ],
)
def test_a_broken_release_changes_nothing(release, spoil, complaint):
    spoil(release / "numpy.whl")
    with pytest.raises(SystemExit, match=complaint):
        lock.lock(release)
    assert list(lock.RUNTIME.iterdir()) == []
