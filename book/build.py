"""Build the book: run stale pages, write the site, replace the last one only if all is well.

    python book/build.py

The build works in _build/work.  The site in _build/html is replaced after a build without errors
or warnings; until then the last good one stays.
"""

import argparse
import contextlib
import io
import os
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "_build" / "html"
OLD_SITE = SITE.with_name("html.old")
WORK = ROOT / "_build" / "work"
NEW_SITE = WORK / "html"
READ_PAGES = WORK / ".doctrees"
UNFINISHED = WORK / "unfinished"
COMPLAINT = re.compile(r"\b(WARNING|ERROR|CRITICAL): ")


class Echo(io.TextIOBase):
    """A stream that passes text on and keeps the complaints in it."""

    def __init__(self, stream):
        self.stream = stream
        self.complaints = []

    def write(self, text):
        self.complaints += [line for line in text.splitlines() if COMPLAINT.search(line)]
        return self.stream.write(text)

    def flush(self):
        self.stream.flush()

    def isatty(self):
        return self.stream.isatty()


def run_jupyter_book():
    """Build into the work folder and say whether all is well; end with what is wrong."""
    # A script's first search path is its own folder; the book's modules are found from the root.
    sys.path[0] = str(ROOT)
    from jupyter_book.sphinx import build_sphinx
    from sphinx.util.console import color_terminal, nocolor

    from book.extensions.execution import CellError

    if not color_terminal():
        nocolor()
    # As `jupyter-book build . -W -n --keep-going` does, which would end by naming the work folder.
    settings = {"external_toc_path": str(ROOT / "_toc.yml"), "nitpicky": True}
    with contextlib.redirect_stderr(Echo(sys.stderr)) as errors:
        result = build_sphinx(
            ROOT,
            NEW_SITE,
            noconfig=True,
            path_config=ROOT / "_config.yml",
            confoverrides=settings | {"latex_individualpages": False},
            warningiserror=True,
            keep_going=True,
        )
    if isinstance(result, CellError):
        # Nothing was read, so nothing can be forgotten.
        UNFINISHED.unlink()
    elif result:
        # An error ends the build and stands last already; warnings lie far above.
        print("", *errors.complaints, sep="\n", file=sys.stderr)
    return not result


def forget_unfinished_build():
    """Read all pages again after a failure: Sphinx repeats no warning about a page it has read."""
    if UNFINISHED.exists():
        shutil.rmtree(READ_PAGES, ignore_errors=True)
    WORK.mkdir(parents=True, exist_ok=True)
    UNFINISHED.touch()


def publish():
    """Put the new site in the place of the old one."""
    copy = SITE.with_name("html.new")
    for leftover in (copy, OLD_SITE):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(NEW_SITE, copy)
    if SITE.exists():
        SITE.rename(OLD_SITE)
    copy.rename(SITE)
    shutil.rmtree(OLD_SITE, ignore_errors=True)


def main():
    """Build, publish, and say where the book is or what is wrong."""
    argparse.ArgumentParser(description=__doc__, usage="python book/build.py").parse_args()
    # The settings name the extensions' folder as the current one.
    os.chdir(ROOT)
    if OLD_SITE.exists() and not SITE.exists():
        OLD_SITE.rename(SITE)
    forget_unfinished_build()
    if not run_jupyter_book():
        kept = "_build/html still holds the last good one" if SITE.exists() else "there is none yet"
        sys.exit(f"\nThe book was not built; {kept}.")
    UNFINISHED.unlink()
    try:
        publish()
    except PermissionError as error:
        sys.exit(
            f"\n{error}\n\nClose what uses _build/html (such as `make serve`), then try again."
        )
    print("\nThe book is built.  Open _build/html/index.html, or run `make serve`.")


if __name__ == "__main__":
    main()
