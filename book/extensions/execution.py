"""Run the cells of stale pages, several pages at a time, on this checkout of the package.

MyST-NB runs one page after another, and its cache looks at nothing but the cells: after a change in
the package it would show the new source beside the old output.  So the cache lives in a folder
named after all that decides an output, and stale pages are run into it before MyST-NB reads them.
"""

import logging
import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from myst_nb.core.read import create_nb_reader
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode
from sphinx.errors import SphinxError
from sphinx.util.display import status_iterator

from book.extensions.fingerprint import ROOT, files_under, fingerprint, installed
from book.extensions.kernel_environment import (
    BUILD,
    PROFILE,
    SETTINGS,
    kernel_environment,
    write_profile,
)
from book.extensions.shown import TERMINAL_COLOURS

CACHES = BUILD / ".jupyter_cache"
KEPT_CACHES = 5
MOST_KERNELS = 8
# What lies in book/ and no cell can see: everything else counts.
SEEN_PACKAGES = ("neuralnet", "benchmarks", "examples")
UNSEEN_SUFFIXES = {".md", ".bib", ".css", ".js", ".html", ".svg", ".woff2"}
UNSEEN_PLACES = {ROOT / "book" / name for name in ("build.py", "extensions", "live")}


class CellError(SphinxError):
    """Cells that raised an error, ran too long or could not be read."""

    category = "Cells failed"


@dataclass
class Page:
    """A page whose cells are to be run."""

    name: str
    path: Path
    notebook: NotebookNode
    cell: int = 0

    def place(self):
        """Say where the running cell stands, in a form that editors can follow."""
        line = self.notebook.metadata["source_map"][self.cell]
        return f"{self.path.relative_to(ROOT).as_posix()}:{line}"

    def run(self, timeout):
        """Execute the cells in place and return the seconds they took."""
        started = time.perf_counter()
        # Starting a kernel for nothing would take a second.
        if any(cell.cell_type == "code" for cell in self.notebook.cells):
            self._client(timeout).execute(env=kernel_environment())
        for cell in self.notebook.cells:
            if "outputs" in cell:
                cell.outputs = joined(cell.outputs)
        return time.perf_counter() - started

    def _client(self, timeout):
        return NotebookClient(
            self.notebook,
            timeout=timeout,
            record_timing=False,
            resources={"metadata": {"path": str(self.path.parent)}},
            on_cell_execute=self._remember_cell,
        )

    def _remember_cell(self, cell, cell_index):
        self.cell = cell_index


def joined(outputs):
    """Join neighbouring pieces of a stream, which the kernel cuts by its timing."""
    whole = []
    for output in outputs:
        last = whole[-1] if whole else {}
        if output.output_type == "stream" and output.name == last.get("name"):
            last.text += output.text
        else:
            whole.append(output)
    return whole


def seen_by_cells():
    """Return the files of the checkout that can change what a cell prints or draws."""
    code = [path for place in SEEN_PACKAGES for path in files_under(ROOT / place)]
    return code + [
        path
        for path in files_under(ROOT / "book")
        if path.suffix not in UNSEEN_SUFFIXES and UNSEEN_PLACES.isdisjoint([path, *path.parents])
    ]


def choose_cache(app, config):
    """Use the cache of this state of the package, and drop those long unused."""
    cache = CACHES / fingerprint(seen_by_cells(), f"{installed()}\n{PROFILE}{SETTINGS}")
    cache.mkdir(parents=True, exist_ok=True)
    os.utime(cache)
    config.nb_execution_cache_path = str(cache)
    folders = sorted(CACHES.iterdir(), key=lambda folder: folder.stat().st_mtime, reverse=True)
    for folder in folders[KEPT_CACHES:]:
        shutil.rmtree(folder, ignore_errors=True)


def leave_out_settings():
    """Keep the user's own kernels out of the build, and another year than that of the book."""
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    for name in ("JUPYTER_PATH", "SOURCE_DATE_EPOCH"):
        os.environ.pop(name, None)
    logging.getLogger("traitlets").setLevel(logging.WARNING)


def read_page(env, name):
    """Read a page as MyST-NB will; None for one that holds no cells by its front matter."""
    path = Path(env.doc2path(name))
    text = path.read_text(encoding="utf-8")
    reader = create_nb_reader(str(path), env.myst_config, env.mystnb_config, text)
    if reader is None:
        return None
    try:
        return Page(name, path, reader.read(text))
    except Exception as error:
        raise CellError(f"{path.relative_to(ROOT).as_posix()}: {error}") from error


@lru_cache(maxsize=1)
def executed_page(env, name):
    """Return a page that was run as a notebook with its outputs; None for one without cells.

    A page is asked for by several extensions while it is written, one after another.
    """
    page = read_page(env, name)
    if page is None or not any(cell.cell_type == "code" for cell in page.notebook.cells):
        return None
    cache = get_cache(env.mystnb_config.execution_cache_path)
    _, executed = cache.merge_match_into_notebook(page.notebook)
    return executed


def is_stale(page, cache):
    """Say whether the cache lacks the page's outputs."""
    try:
        # Unlike a mere match, this finds out about a run that was recorded but never written.
        cache.merge_match_into_notebook(page.notebook)
    except KeyError:
        return True
    return False


def describe(page, error, timeout):
    """Name the page and the line, and show the cell and what went wrong."""
    cell = page.notebook.cells[page.cell]
    shown = "\n".join(f"    {line}".rstrip() for line in cell.source.splitlines())
    if isinstance(error, CellTimeoutError):
        reason = f"It ran longer than {timeout} s (execute: timeout in _config.yml)."
    elif isinstance(error, CellExecutionError):
        lines = [line for output in cell.outputs for line in output.get("traceback", [])]
        reason = TERMINAL_COLOURS.sub("", "\n".join(lines))
    else:
        reason = f"{type(error).__name__}: {error}"
    return f"{page.place()}: this cell failed\n\n{shown}\n\n{reason}\n"


def run_stale_pages(app, env, names):
    """Execute the stale ones of the pages that are about to be read."""
    cache = get_cache(env.mystnb_config.execution_cache_path)
    timeout = env.mystnb_config.execution_timeout
    pages = [page for name in names if (page := read_page(env, name)) and is_stale(page, cache)]
    if not pages:
        return
    failures = []
    pool = ThreadPoolExecutor(min(os.cpu_count() or 1, MOST_KERNELS))
    try:
        running = {pool.submit(page.run, timeout): page for page in pages}
        finished = status_iterator(
            as_completed(running),
            "executing cells... ",
            "purple",
            len(pages),
            app.verbosity,
            stringify_func=lambda run: running[run].name,
        )
        for run in finished:
            page = running[run]
            if error := run.exception():
                failures.append(describe(page, error, timeout))
                continue
            bundle = CacheBundleIn(
                page.notebook, str(page.path), data={"execution_seconds": run.result()}
            )
            cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    if failures:
        raise CellError("\n".join(sorted(failures)))


def setup(app):
    """Connect the cache and the run to the build."""
    leave_out_settings()
    write_profile()
    app.connect("config-inited", choose_cache)
    app.connect("env-before-read-docs", run_stale_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
