"""Why some mutants may live: `survivors.toml`, a reason for each that no test can notice.

With ``now = "*"`` a reason holds for whatever becomes of a statement.
"""

import json
import tomllib
from pathlib import Path

from tests.mutation.mutants import Key, Mutant

ANYTHING = "*"


def read(path: Path) -> dict[Key, str]:
    """Return the reasons, by what names the mutants."""
    reasons = {}
    for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("survivor", []):
        key = entry["place"], entry["was"], entry["now"], entry.get("nth", 1)
        if not entry.get("reason") or key in reasons:
            raise SystemExit(f"{path.name}: give one reason why this may live:\n{described(key)}")
        reasons[key] = entry["reason"]
    return reasons


def entry_for(key: Key, reasons: dict[Key, str]) -> Key | None:
    """Return what names the reason for a mutant, if there is one."""
    place, was, _, _ = key
    return next((entry for entry in (key, (place, was, ANYTHING, 1)) if entry in reasons), None)


def module_of(key: Key) -> str:
    return key[0].split(".")[0]


def described(key: Key) -> str:
    """Return a mutant in the form of a difference."""
    place, was, now, nth = key
    return "\n".join([place if nth == 1 else f"{place}, number {nth}", f"- {was}", f"+ {now}"])


def as_entry(mutant: Mutant) -> str:
    """Return a mutant as it is written in the file, without a reason."""
    values = {"place": mutant.place, "was": mutant.was, "now": mutant.now}
    if mutant.nth > 1:
        values["nth"] = mutant.nth
    values["reason"] = ""
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
    return "\n".join(["[[survivor]]", *lines])
