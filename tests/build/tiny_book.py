"""A book of three pages and a package of one function, built by the real scripts and settings."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PAGES_AND_FIGURES = shutil.ignore_patterns("*.md", "figures", "__pycache__")
FILES = {
    "_toc.yml": """\
format: jb-book
root: book/index
chapters:
  - file: book/answer
  - file: book/last
""",
    "neuralnet/__init__.py": '"""A package with one function."""\n',
    "neuralnet/answer.py": '''\
def answer():
    """Return the answer."""
    return 41
''',
    "book/index.md": """\
# A tiny book

Its first page has no cells.

```{errata} T1
```
""",
    "book/last.md": """\
# The last page

It has no cells either.

```{erratum} E-T1-01
:claim: It has many.

See for yourself.
```
""",
    "book/answer.md": """\
---
file_format: mystnb
kernelspec:
  name: python3
---

# The answer

```{code-cell} python
:tags: [remove-cell]

hidden = "set up unseen"
```

Here it is.

```{code-cell} python
from neuralnet.answer import answer

print("the answer is", answer())
```
```{output}
the answer is 41
```

```{listing} neuralnet.answer.answer
```

Nobody asks for less than nothing:

```{code-cell} python
:tags: [raises-exception]

raise ValueError("less than nothing")
```
```{output}
ValueError: less than nothing
```
""",
}


class TinyBook:
    """The book in a folder of its own."""

    def __init__(self, root):
        self.root = root
        self.page = root / "book" / "answer.md"
        self.module = root / "neuralnet" / "answer.py"
        self.site = root / "_build" / "html"
        self.work = root / "_build" / "work" / "html"
        self.caches = root / "_build" / ".jupyter_cache"

    def write(self):
        """Write the sources and copy the scripts."""
        for name, text in FILES.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        shutil.copyfile(CHECKOUT / "_config.yml", self.root / "_config.yml")
        shutil.copytree(
            CHECKOUT / "book", self.root / "book", ignore=PAGES_AND_FIGURES, dirs_exist_ok=True
        )
        return self

    def run(self, *command, **settings):
        """Run a Python command in the book's folder, with more settings in the environment."""
        return subprocess.run(
            [sys.executable, *command],
            cwd=self.root,
            env=os.environ | settings,
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            timeout=120,
        )

    def build(self, **settings):
        """Build the book as a reader would."""
        return Build(self.run("book/build.py", **settings))

    def start(self):
        """Start a build; the caller waits for its end."""
        return subprocess.Popen(
            [sys.executable, "book/build.py"],
            cwd=self.root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def edit(self, path, old, new):
        """Replace a text that stands once in a file."""
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")

    def files(self):
        """Return the contents of all published files by their names."""
        paths = [path for path in self.site.rglob("*") if path.is_file()]
        return {path.relative_to(self.site).as_posix(): path.read_bytes() for path in paths}

    def text(self, page="answer"):
        """Return the words of a published page, without tags."""
        html = (self.site / "book" / f"{page}.html").read_text(encoding="utf-8")
        return re.sub(r"<[^>]*>", "", html)


class Build:
    """What a build said."""

    def __init__(self, finished):
        self.code = finished.returncode
        self.out = finished.stdout
        self.err = finished.stderr

    @property
    def executed(self):
        """The pages whose cells were run."""
        return re.findall(r"executing cells\.\.\. .*?\] (\S+)", self.out)

    @property
    def read(self):
        """The pages that were read."""
        return re.findall(r"reading sources\.\.\. .*?\] (\S+)", self.out)
