"""The book is the same in every build, whatever folder it is in and whatever the reader has set."""

import json
import shutil
import sys

import pytest

from tests.build.tiny_book import TinyBook

PAGE = """---
file_format: mystnb
kernelspec:
  name: python3
---

# What a page can see

Halves are $1/2$.

```{code-cell} python
import sys
import time

import matplotlib
import matplotlib.pyplot as plt
import numpy as np

print(np.array([1 / 3]), time.tzname, matplotlib.rcParams["lines.marker"])
print(sys.flags.hash_randomization, sys.flags.optimize, sys.flags.utf8_mode, sys.warnoptions)
```
```{output}
[0.33333333] ('UTC', 'UTC') None
0 0 1 []
```

```{code-cell} python
for number in range(3):
    print(number, end=" ", flush=True)
    time.sleep(0.3)
print("done", flush=True)
time.sleep(0.3)
print("and gone")
```
```{output}
0 1 2 done
and gone
```

```{code-cell} python
---
mystnb:
  image:
    alt: A line that rises from the left to the right.
  figure:
    name: fig-line
    caption: A line.
---
plt.plot([1, 2]);
```
"""
STARTUP = "import numpy\nnumpy.set_printoptions(precision=2)\n"


def of_a_reader(folder):
    """Return an environment full of a reader's own settings, kept in a folder."""
    matplotlib, ipython, kernel = folder / "mpl", folder / "ipython", folder / "kernels/python3"
    startup = ipython / "profile_default" / "startup" / "first.py"
    files = {
        matplotlib / "matplotlibrc": "lines.marker: o\n",
        startup: STARTUP,
        kernel / "kernel.json": json.dumps(
            {"argv": [sys.executable, "-c", "pass"], "language": "python", "display_name": "Mine"}
        ),
    }
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return {
        "MATPLOTLIBRC": str(matplotlib),
        "MPLCONFIGDIR": str(matplotlib),
        "MPLBACKEND": "svg",
        "IPYTHONDIR": str(ipython),
        "JUPYTER_PATH": str(folder),
        "PYTHONSTARTUP": str(startup),
        "PYTHONWARNINGS": "ignore",
        "PYTHONHASHSEED": "7",
        "PYTHONOPTIMIZE": "1",
        "PYTHONUTF8": "0",
        "LC_ALL": "C",
        "TZ": "Asia/Kolkata",
        "SOURCE_DATE_EPOCH": "0",
        "COLUMNS": "40",
        "FORCE_COLOR": "1",
    }


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A book that was built once."""
    return built(tmp_path_factory.mktemp("first"))


def built(root, **settings):
    book = TinyBook(root).write()
    book.page.write_text(PAGE, encoding="utf-8")
    build = book.build(**settings)
    assert build.code == 0, build.out + build.err
    return book


def differing(files, others):
    return {name for name in files | others if files.get(name) != others.get(name)}


def test_a_reader_with_settings_gets_the_same_book(book, tmp_path):
    other = built(tmp_path / "a place with a longer name", **of_a_reader(tmp_path))
    assert differing(book.files(), other.files()) == set()


def test_a_page_written_again_is_the_same(book, tmp_path):
    shutil.copytree(book.root, tmp_path / "book")
    other = TinyBook(tmp_path / "book")
    assert other.build().read == ["book/answer", "book/index", "book/last"]
    assert differing(book.files(), other.files()) == set()


def test_what_a_cell_prints_in_pieces_is_one_piece(book):
    notebook = json.loads(book.files()["_downloads/notebooks/answer.ipynb"])
    (output,) = next(cell for cell in notebook["cells"] if "sleep" in "".join(cell["source"]))[
        "outputs"
    ]
    assert "".join(output["text"]) == "0 1 2 done\nand gone\n"
    assert "0 1 2 done\nand gone\n" in book.text()
