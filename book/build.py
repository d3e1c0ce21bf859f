"""Build the book: run stale pages, write the site, replace the last one only if all is well.

    python book/build.py

The build works in _build/work, one at a time.  The site in _build/html is replaced after a build
without errors or warnings; until then the last good one stays.
"""

import argparse
import contextlib
import errno
import io
import os
import re
import shutil
import sys
from pathlib import Path

if os.name == "nt":
    import msvcrt
else:
    import fcntl

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "_build" / "html"
OLD_SITE = SITE.with_name("html.old")
LOCK = ROOT / "_build" / "building"
WORK = ROOT / "_build" / "work"
NEW_SITE = WORK / "html"
READ_PAGES = WORK / ".doctrees"
UNFINISHED = WORK / "unfinished"
NO_ROOM = {errno.EDQUOT, errno.EFBIG, errno.ENOSPC}
COMPLAINT = re.compile(r"(WARNING|ERROR|CRITICAL): ")


def only_build():
    """Return a file that is locked until this process ends; end if another build has locked it."""
    LOCK.parent.mkdir(exist_ok=True)
    file = LOCK.open("a+", encoding="ascii")
    try:
        if os.name == "nt":
            # Windows lets nobody read what is locked, so the lock lies far behind the text.
            file.seek(2**30)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        builder = LOCK.read_text(encoding="ascii")
        sys.exit(f"Process {builder} is building this book: wait until it ends, then try again.")
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


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
    """Put the new site in the place of the old one, which an error leaves where it is."""
    copy = SITE.with_name("html.new")
    for leftover in (copy, OLD_SITE):
        shutil.rmtree(leftover, ignore_errors=True)
    try:
        copy_site(copy)
        if SITE.exists():
            SITE.rename(OLD_SITE)
        copy.rename(SITE)
    except OSError:
        restore_site()
        shutil.rmtree(copy, ignore_errors=True)
        raise
    shutil.rmtree(OLD_SITE, ignore_errors=True)


def copy_site(target):
    """Copy the new site; where copytree would try every file, this ends at the first error."""
    target.mkdir()
    for path in NEW_SITE.rglob("*"):
        place = target / path.relative_to(NEW_SITE)
        if path.is_dir():
            place.mkdir()
        else:
            shutil.copy2(path, place)


def restore_site():
    """Put the last site back if it was taken away and none came in its place."""
    if OLD_SITE.exists() and not SITE.exists():
        OLD_SITE.rename(SITE)


def what_is_left():
    """Say which site there is after a build that failed."""
    return "_build/html still holds the last good one" if SITE.exists() else "there is none yet"


def build():
    """Build and publish, or end with what is wrong."""
    restore_site()
    forget_unfinished_build()
    if not run_jupyter_book():
        sys.exit(f"\nThe book was not built; {what_is_left()}.")
    UNFINISHED.unlink()
    publish()
    print("\nThe book is built.  Open _build/html/index.html, or run `make serve`.")


def remedy(error):
    """Say what a reader can do about an error of the disk; raise what no reader can mend."""
    if error.errno in NO_ROOM:
        return "make room on the disk or raise your limit"
    if isinstance(error, PermissionError):
        return "close what uses _build (such as `make serve`) and see that you may write to it"
    raise error


def main():
    """Build, alone, and say where the book is or what is wrong."""
    argparse.ArgumentParser(description=__doc__, usage="python book/build.py").parse_args()
    # The settings name the extensions' folder as the current one.
    os.chdir(ROOT)
    try:
        with only_build():
            build()
    except OSError as error:
        sys.exit(
            f"\nThe book was not published ({error}), {what_is_left()}: {remedy(error)}, "
            "then try again."
        )


if __name__ == "__main__":
    main()
