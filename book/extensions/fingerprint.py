"""One short hash for the files and versions that decide a result."""

import hashlib
import importlib.metadata
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def files_under(folder):
    """Return the files below a folder, without Python's own caches."""
    return [
        path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    ]


def installed():
    """Return Python's version and that of every installed package, one a line."""
    packages = {f"{found.name}=={found.version}" for found in importlib.metadata.distributions()}
    return "\n".join([sys.version, *sorted(packages)])


def fingerprint(files, versions=""):
    """Hash the names and contents of files inside the checkout, and a text of versions."""
    digest = hashlib.sha256(versions.encode())
    for path in sorted(files):
        digest.update(f"\0{path.relative_to(ROOT).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
