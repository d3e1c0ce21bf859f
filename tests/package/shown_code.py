"""Gather the code of the README and of the page on the package, for type checkers.

python -m tests.package.shown_code FOLDER    one module for each of the two, in a folder
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)
PROMPT = re.compile(r"^(?:>>>|\.\.\.) ?(.*)$", re.M)
CELL = re.compile(r"^```\{code-cell\} python\n(.*?)^```$", re.M | re.S)


def shown_code() -> dict[str, str]:
    """Return the code of both by the names of modules."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    page = (ROOT / "book" / "reference" / "api.md").read_text(encoding="utf-8")
    # scikit-learn has no type hints.
    blocks = [block for block in BLOCK.findall(readme) if "sklearn" not in block]
    cells = [cell for cell in CELL.findall(page) if ":tags: [remove-cell]" not in cell]
    code = re.sub(r"^:tags:.*\n", "", "\n".join(cells), flags=re.M)
    return {
        "readme": "\n".join(line for block in blocks for line in [*PROMPT.findall(block), ""]),
        # The page leaves hints to its readers, and looks at the last value of a loop.
        "api": "# pyright: standard, reportPossiblyUnboundVariable=false\n" + code,
    }


def write(folder: Path) -> None:
    """Write one module for each."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, code in shown_code().items():
        (folder / f"shown_in_{name}.py").write_text(code, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
