"""Saves that fail or are interrupted: the old file stays, or the new one is whole."""

import errno
import os
import stat
import subprocess
import sys
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from neuralnet import Dense, Network, files, load, save
from tests.package.tools import network

OLD, NEW = network(), Network([Dense(100, 100)], rng=0)
NOBODY = 65534
posix = pytest.mark.skipif(os.name != "posix", reason="as POSIX systems do it")


def holds(path, net):
    """Return whether the file holds the network, and its folder nothing but the file."""
    back = load(path)
    alone = [file.name for file in path.parent.iterdir()] == [path.name]
    return alone and back.parameters.tobytes() == net.parameters.tobytes()


@pytest.fixture
def path(tmp_path):
    """Return the name of a file that holds the old network."""
    (tmp_path / "folder").mkdir()
    save(OLD, tmp_path / "folder" / "net")
    return tmp_path / "folder" / "net"


@contextmanager
def interruption(moment):
    """Press Ctrl-C, so to speak, before the instruction of this number that touches the disk."""
    passed = count()

    def trace(frame, event, _):
        if frame.f_code not in {f.__code__ for f in (files._replace, files._write, files._settle)}:
            return None
        frame.f_trace_opcodes = True
        if event == "opcode" and next(passed) == moment:
            raise KeyboardInterrupt
        return trace

    before = sys.gettrace()
    # Python 3.12 counts instructions only if a frame has asked for it by now.
    sys._getframe().f_trace_opcodes = True
    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(before)


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_interruption_at_any_instruction_leaves_one_whole_file(path):
    found = []
    for moment in count():
        save(OLD, path)
        try:
            with interruption(moment):
                save(NEW, path)
        except KeyboardInterrupt:
            found.append(holds(path, NEW))
            assert found[-1] or holds(path, OLD)
        else:
            break
    # First the old file, and from one instruction on the new one.
    assert found == sorted(found)
    assert 0 < sum(found) < len(found)


def fail(*_, **__):
    raise OSError(errno.EIO, "the disk is broken")


STAGES = {
    "opening": (Path, "open"),
    "keeping the permissions": (Path, "chmod"),
    "waiting for the disk": (os, "fsync"),
    "taking the place": (Path, "replace"),
}


@pytest.mark.parametrize(("owner", "call"), STAGES.values(), ids=STAGES)
def test_failure_at_any_stage_leaves_the_old_file(path, monkeypatch, owner, call):
    with monkeypatch.context() as patch:
        patch.setattr(owner, call, fail)
        with pytest.raises(OSError, match="the disk is broken"):
            save(NEW, path)
    assert holds(path, OLD)


def refuse(*_, **__):
    raise PermissionError(errno.EPERM, "nothing may be removed")


def test_draft_that_cannot_be_removed_hides_no_failure(path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        patch.setattr(Path, "unlink", refuse)
        with pytest.raises(OSError, match="the disk is broken"):
            save(NEW, path)
    assert load(path).parameters.tobytes() == OLD.parameters.tobytes()


def test_folder_that_cannot_be_waited_for_is_no_failure(path, monkeypatch):
    monkeypatch.setattr(files, "_settle", fail)
    save(NEW, path)
    assert holds(path, NEW)


def test_draft_and_folder_are_on_the_disk_before_and_after_the_replacement(path, monkeypatch):
    happened = []
    for owner, call in [(os, "fsync"), (Path, "replace")]:
        done = getattr(owner, call)
        patched = lambda *given, call=call, done=done: (happened.append(call), done(*given))  # noqa: E731
        monkeypatch.setattr(owner, call, patched)
    save(NEW, path)
    assert happened == ["fsync", "replace", "fsync"][: 3 if os.name == "posix" else 2]


def test_draft_is_named_after_the_file_and_whole_before_the_disk_is_waited_for(path, monkeypatch):
    seen = []

    def look(_):
        seen.append([draft.stat().st_size for draft in path.parent.glob(".net.*.tmp")])

    monkeypatch.setattr(os, "fsync", look)
    save(OLD, path)
    assert seen[0] == [path.stat().st_size]


@posix
def test_nothing_stays_open(path, monkeypatch):
    before = len(list(Path("/dev/fd").iterdir()))
    save(NEW, path)
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="the disk is broken"):
        save(OLD, path)
    with pytest.raises(OSError, match="the disk is broken"):
        files._settle(path.parent)
    assert len(list(Path("/dev/fd").iterdir())) == before


@posix
def test_write_that_breaks_off_leaves_the_old_file(path):
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            save(NEW, path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert holds(path, OLD)


@pytest.fixture
def small_disk(tmp_path):
    """Return a folder on a disk of 64 KiB, where one may be made."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only an administrator of Linux can make a small disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_full_disk_leaves_the_old_file(small_disk):
    path = small_disk / "net"
    save(OLD, path)
    with pytest.raises(OSError, match="No space left"):
        save(NEW, path)
    assert holds(path, OLD)
    save(network(outputs=2), path)
    assert holds(path, network(outputs=2))


def permissions(path):
    return stat.S_IMODE(path.stat().st_mode)


@posix
@pytest.mark.parametrize("umask", [0o022, 0o027, 0o077])
def test_new_file_has_the_permissions_of_any_new_file(tmp_path, umask):
    before = os.umask(umask)
    try:
        save(NEW, tmp_path / "net")
        (tmp_path / "text").write_text("any")
    finally:
        os.umask(before)
    assert permissions(tmp_path / "net") == permissions(tmp_path / "text") == 0o666 & ~umask


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666])
def test_replaced_file_keeps_its_permissions(path, mode):
    path.chmod(mode)
    save(NEW, path)
    assert holds(path, NEW)
    assert permissions(path) == files._mode_of(path) == mode


@posix
def test_file_that_one_may_not_write_is_not_replaced():
    user = os.geteuid()
    with TemporaryDirectory() as folder:
        if user == 0:  # who may write everything
            os.chown(folder, NOBODY, -1)
            os.seteuid(NOBODY)
        try:
            path = Path(folder, "net")
            save(OLD, path)
            path.chmod(0o444)
            with pytest.raises(PermissionError, match="net"):
                save(NEW, path)
            assert holds(path, OLD)
        finally:
            os.seteuid(user)


@posix
@pytest.mark.parametrize("old", [OLD, None], ids=["to a file", "to nothing yet"])
def test_symbolic_link_stays_a_link(tmp_path, old):
    (tmp_path / "links").mkdir()
    link, path = tmp_path / "links" / "link", tmp_path / "folder" / "net"
    path.parent.mkdir()
    link.symlink_to(Path("..", "folder", "net"))
    if old:
        save(old, path)
    save(NEW, link)
    assert holds(path, NEW)
    assert link.is_symlink()
    assert holds(link, NEW)
