"""What the examples gave: kept in files, shown by the pages, compared with what they give now."""

import ast
import hashlib
import importlib
import importlib.metadata
import json
import math
import platform
import re
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LIBRARIES = ("numpy", "torch", "keras", "safetensors")
RECORDER = Path(__file__).stem
# Differences below this one are of rounding: they hang on the processor.
ROUNDING = 1e-11
# Another processor adds up in another order.
RELATIVE = 1e-6
# A list of plain values takes one line.
LIST = re.compile(r"\[[^\[\]{}]*\]")


def names() -> list[str]:
    """Return the names of the modules that have a function `results`."""
    return sorted(path.stem for path in HERE.glob("*.py") if "results" in functions_of(path))


def functions_of(path: Path) -> set[str]:
    """Return the names of the functions of a module, without importing it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def path_of(name: str) -> Path:
    """Return the file that keeps the results of a module."""
    return HERE / "recorded" / f"{name}.json"


def sources_of(name: str) -> list[Path]:
    """Return the file of a module and of all other examples that it imports."""
    found: list[Path] = []
    waiting = [HERE / f"{name}.py"]
    while waiting:
        path = waiting.pop()
        if path.is_file() and path not in found and path.stem != RECORDER:
            found.append(path)
            waiting += [HERE / f"{other}.py" for other in imported_by(path)]
    return sorted(found)


def imported_by(path: Path) -> list[str]:
    """Return the names that a file imports from this package."""
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("examples"):
            names += [(node.module or "").partition(".")[2], *(name.name for name in node.names)]
        if isinstance(node, ast.Import):
            names += [name.name.partition(".")[2] for name in node.names]
    return names


def fingerprint(name: str) -> str:
    """Return a short hash of the code from which the results of a module come."""
    digest = hashlib.sha256()
    for path in sources_of(name):
        # Whoever checks out with other ends of lines has the same code.
        digest.update(path.read_text(encoding="utf-8").encode())
    return digest.hexdigest()[:16]


def versions() -> dict[str, str]:
    """Return the versions of Python and of the libraries that are installed."""
    found = {"python": platform.python_version()}
    for library in LIBRARIES:
        try:
            found[library] = importlib.metadata.version(library)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def recorded(name: str) -> dict[str, Any]:
    """Return what a module gave when it was recorded, by the names of its results."""
    return read(name)["results"]


def read(name: str) -> dict[str, Any]:
    """Return the whole record of a module: the hash of its code, versions, results."""
    return json.loads(path_of(name).read_text(encoding="utf-8"))


def run(name: str) -> dict[str, Any]:
    """Run a module, and return its results as a file would give them back."""
    return json.loads(json.dumps(importlib.import_module(f"examples.{name}").results()))


def write(name: str) -> None:
    """Run a module and record what it gives."""
    results = run(name)
    record = {"code": fingerprint(name), "versions": versions(), "results": results}
    text = json.dumps(record, indent=1, ensure_ascii=False)
    text = LIST.sub(lambda found: " ".join(found[0].split()), text)
    path_of(name).parent.mkdir(exist_ok=True)
    path_of(name).write_text(text + "\n", encoding="utf-8")


def differences(name: str) -> list[str]:
    """Run a module, and say which of its results are others than those recorded.

    A module that has results which no two processors share says in `COMPARED`, by their names,
    which function of the recorded and the new one tells whether both bear out the page.
    """
    rules = getattr(importlib.import_module(f"examples.{name}"), "COMPARED", {})
    before, now = recorded(name), run(name)
    if before.keys() != now.keys():
        return [f"{name} records {sorted(before)} and gives {sorted(now)}"]
    return [
        f"{name}: {key} was {before[key]} and is {now[key]}"
        for key in before
        if not rules.get(key, agree)(before[key], now[key])
    ]


def agree(before: Any, now: Any) -> bool:
    """Return whether two results are the same, but for what rounding does to their numbers."""
    if isinstance(before, dict) and isinstance(now, dict):
        return before.keys() == now.keys() and all(agree(before[key], now[key]) for key in before)
    if isinstance(before, list) and isinstance(now, list):
        return len(before) == len(now) and all(map(agree, before, now))
    if isinstance(before, float) and isinstance(now, float):
        return math.isclose(before, now, rel_tol=RELATIVE, abs_tol=ROUNDING)
    return type(before) is type(now) and bool(before == now)
