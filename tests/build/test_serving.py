"""`make serve` asks for a book first, and installs nothing for it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


@pytest.fixture
def make(tmp_path):
    """Return a function that runs make in a fresh clone of the files that it reads."""
    for name in ("Makefile", "requirements.txt"):
        shutil.copy(CHECKOUT / name, tmp_path)

    # Under `make test` the inner make would take itself for a part of the outer one.
    environment = {name: value for name, value in os.environ.items() if "MAKE" not in name}

    def run(*arguments):
        command = ["make", *arguments, f"PYTHON={sys.executable}", "VENV=.venv"]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60
        )

    return run


def test_without_a_book_it_says_so_and_installs_nothing(make, tmp_path):
    served = make("serve")
    assert served.returncode != 0
    assert served.stdout == "There is no book yet: run make book first.\n"
    assert not (tmp_path / ".venv").exists()


def test_book_is_served_without_installing_anything(make, tmp_path):
    (tmp_path / "_build" / "html").mkdir(parents=True)
    (tmp_path / "_build" / "html" / "index.html").touch()
    commands = make("--dry-run", "serve").stdout
    assert "-m http.server --bind 127.0.0.1 --directory _build/html" in commands
    assert sys.executable in commands
    assert "pip" not in commands
