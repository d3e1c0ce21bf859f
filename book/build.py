"""Build the book: run stale pages, write the site, replace the last one only if all is well.

    python book/build.py

The build works in _build/work.  The site in _build/html is replaced after a build without errors
or warnings; until then the last good one stays.
"""

import argparse
import contextlib
import io
import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "_build" / "html"
OLD_SITE = SITE.with_name("html.old")
WORK = ROOT / "_build" / "work"
NEW_SITE = WORK / "_build" / "html"
READ_PAGES = WORK / "_build" / ".doctrees"
UNFINISHED = WORK / "unfinished"


class Echo(io.TextIOBase):
    """A stream that passes text on and keeps the warnings in it."""

    def __init__(self, stream):
        self.stream = stream
        self.warnings = []

    def write(self, text):
        self.warnings += [line for line in text.splitlines() if "WARNING: " in line]
        return self.stream.write(text)

    def flush(self):
        self.stream.flush()

    def isatty(self):
        return self.stream.isatty()


def run_jupyter_book():
    """Build into the work folder; return what is wrong in a few lines, or nothing."""
    # A script's first search path is its own folder; the book's modules are found from the root.
    sys.path[0] = str(ROOT)
    from jupyter_book.cli.main import main as jupyter_book
    from sphinx.util.console import color_terminal, nocolor, strip_colors

    from book.extensions.execution import CellError

    if not color_terminal():
        nocolor()
    arguments = ["build", str(ROOT), "-W", "-n", "--keep-going", "--path-output", str(WORK)]
    with contextlib.redirect_stderr(Echo(sys.stderr)) as errors:
        try:
            jupyter_book(arguments, standalone_mode=False)
        except SystemExit as stop:
            if stop.code:
                return "\n".join(strip_colors(line) for line in errors.warnings)
        except Exception as error:
            cause = error.__cause__ or error
            if isinstance(cause, CellError):
                # Nothing was read, so nothing can be forgotten.
                UNFINISHED.unlink()
            return str(cause) or type(cause).__name__
    return ""


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
    if trouble := run_jupyter_book():
        kept = "_build/html still holds the last good one" if SITE.exists() else "there is none yet"
        sys.exit(f"\n{trouble}\n\nThe book was not built; {kept}.")
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
