"""Take the files of a release of Pyodide into the book, and lock them.

    python book/live/lock.py FOLDER

FOLDER holds the core of the release (as the npm package `pyodide` ships it) with its
pyodide-lock.json, and the wheels of NumPy, Matplotlib and what they need.  A file that is missing
or not as the release names it ends this before anything is changed.
"""

import argparse
import hashlib
import json
import shutil
import sys
from pathlib import Path

RUNTIME = Path(__file__).with_name("runtime")
CORE = ["pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip"]
WANTED = ["numpy", "matplotlib"]
# Fonts, time zones and a window: Matplotlib draws SVG without them.
NOT_NEEDED = {"fonttools", "matplotlib-pyodide", "pytz"}
PACKAGES = "pyodide-lock.json"


def needed(packages, wanted):
    """Return the packages that are wanted and those that they need, by name."""
    found, open_ = {}, list(wanted)
    while open_:
        name = open_.pop()
        if name in found or name in NOT_NEEDED:
            continue
        package = packages[name]
        depends = [other for other in package["depends"] if other not in NOT_NEEDED]
        found[name] = package | {"depends": depends}
        open_ += depends
    return dict(sorted(found.items()))


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def check(folder, packages):
    """End with the first file that is missing or is not the one of the release."""
    for name in [*CORE, *(package["file_name"] for package in packages.values())]:
        if not (folder / name).is_file():
            sys.exit(f"{folder} lacks {name}: put it there and try again.")
    for package in packages.values():
        if sha256(folder / package["file_name"]) != package["sha256"]:
            sys.exit(f"{package['file_name']} is not the file of the release: fetch it again.")


def lock(folder):
    release = json.loads((folder / PACKAGES).read_text(encoding="utf-8"))
    packages = needed(release["packages"], WANTED)
    check(folder, packages)
    for old in RUNTIME.glob("*.whl"):
        old.unlink()
    names = [*CORE, *(package["file_name"] for package in packages.values())]
    for name in names:
        shutil.copyfile(folder / name, RUNTIME / name)
    (RUNTIME / PACKAGES).write_text(
        json.dumps({"info": release["info"], "packages": packages}), encoding="utf-8"
    )
    files = {
        name: {"size": (RUNTIME / name).stat().st_size, "sha256": sha256(RUNTIME / name)}
        for name in sorted([*names, PACKAGES])
    }
    text = json.dumps({"pyodide": release["info"]["version"], "files": files}, indent=1)
    (RUNTIME / "runtime.lock").write_text(text + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="the unpacked release")
    lock(parser.parse_args().folder)


if __name__ == "__main__":
    main()
