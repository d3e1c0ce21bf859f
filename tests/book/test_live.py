"""What pages that run in the browser are made of."""

import hashlib
import json
import zipfile
from pathlib import Path
from types import SimpleNamespace

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


@pytest.fixture
def own_root(tmp_path, monkeypatch):
    """A book of one line of the package, and of pictures in a folder and beside it."""
    texts = {
        SOURCE: "answer = 42\n",
        live.COMPARISON: "",
        f"{live.PICTURES}/__init__.py": "",
        f"{live.PICTURES}/digits.npz": "",
        f"{live.PICTURES}/shells/sea.gz": "sea",
    }
    for name, text in texts.items():
        Path(tmp_path, name).parent.mkdir(parents=True, exist_ok=True)
        Path(tmp_path, name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(live, "ROOT", tmp_path)
    return tmp_path


def test_a_changed_line_of_the_package_is_the_line_that_runs(own_root):
    live.write_archive(own_root / "sources.zip", live.sources())
    with zipfile.ZipFile(own_root / "sources.zip") as archive:
        assert archive.read(SOURCE) == b"answer = 42\n"


def test_a_folder_of_pictures_travels_with_the_pages_that_name_it(own_root):
    names = {path.relative_to(own_root).as_posix() for path in live.sources()}
    assert f"{live.PICTURES}/digits.npz" in names
    assert f"{live.PICTURES}/shells/sea.gz" not in names
    cells = [SimpleNamespace(source="print(1)"), SimpleNamespace(source="shells()")]
    (folder,) = live.data_of(cells)
    assert (folder.name, live.size_of(folder)) == ("shells", 3)
    assert live.data_of(cells[:1]) == []


def test_the_archive_is_the_same_each_time(tmp_path):
    first, second = tmp_path / "a.zip", tmp_path / "b.zip"
    live.write_archive(first, live.sources())
    live.write_archive(second, live.sources())
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
