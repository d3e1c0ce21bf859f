"""Let the cells of a page be edited and run in the reader's browser.

The site gets, in `_static/live`, the scripts of `book/live`, the files of its runtime that
`runtime.lock` names, an archive of the very sources of the book that cells import, and for each
page the code of its cells with what the book records of them.  A page whose front matter says
`live: "a reason"` is not run, and says why, as a cell with this option does that shows something
else in a browser; without the files of the runtime no page is run.
"""

import json
import zipfile
from pathlib import Path

from jupyter_cache import get_cache
from sphinx.util import logging

from book.extensions.execution import read_page
from book.extensions.fingerprint import ROOT, files_under
from book.extensions.notebooks import prepares_kernel, tags_of
from book.extensions.shown import text_of_outputs

FOLDER = "_static/live"
SCRIPTS = ROOT / "book" / "live"
RUNTIME = SCRIPTS / "runtime"
LOCK = RUNTIME / "runtime.lock"
SEEN_BY_CELLS = ("neuralnet", "book/figures", "book/pictures", "book/live/kernel.py")
COMPARISON = "book/extensions/comparison.py"
UNSEEN = {"remove-cell", "remove-input"}
LONG_AGO = (1980, 1, 1, 0, 0, 0)

logger = logging.getLogger(__name__)


def offer_to_run(app, name, template, context, doctree):
    """Write the cells of the page that is being written, and give the page their address."""
    if app.builder.format != "html" or name not in app.env.found_docs or not locked_files():
        return
    cells = cells_of(app.env, name)
    if not any(cell["editable"] for cell in cells):
        return
    if reason := app.env.metadata[name].get("live"):
        context["live_reason"] = reason
        return
    address = f"{FOLDER}/cells/{name.removeprefix('book/')}.json"
    target = Path(app.outdir, address)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(cells, ensure_ascii=False), encoding="utf-8")
    context["live_cells_url"] = context["pathto"](address, resource=True)


def cells_of(env, name):
    """Return the code of each cell of a page, with the text that it shows in the book."""
    page = read_page(env, name)
    if page is None:
        return []
    cache = get_cache(env.mystnb_config.execution_cache_path)
    _, executed = cache.merge_match_into_notebook(page.notebook)
    return [
        {
            "source": cell.source,
            "recorded": text_of_outputs(cell.outputs),
            "hidden": "remove-cell" in tags_of(cell),
            "editable": not UNSEEN.intersection(tags_of(cell)),
            "why": cell.metadata.get("live", ""),
        }
        for cell in executed.cells
        if cell.cell_type == "code" and not prepares_kernel(cell)
    ]


def locked_files():
    """Return the files of the runtime that its lock names; none if one is not there."""
    if not LOCK.exists():
        return []
    files = [RUNTIME / name for name in json.loads(LOCK.read_text(encoding="utf-8"))["files"]]
    return files if all(file.exists() for file in files) else []


def copy_live(app, error):
    """Give the site what its live pages fetch."""
    if error or app.builder.format != "html":
        return
    files = locked_files()
    if not files:
        logger.info("book/live/runtime lacks files of its lock: no page can be run in the browser.")
        return
    target = Path(app.outdir, FOLDER)
    scripts = [path for path in SCRIPTS.iterdir() if path.suffix in {".js", ".css"}]
    for source in [*files, *scripts]:
        copy = target / source.relative_to(SCRIPTS)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(source.read_bytes())
    write_sources(target / "sources.zip")


def write_sources(path):
    """Pack the sources that cells import, the same bytes in each build."""
    sources = [ROOT / COMPARISON]
    for place in SEEN_BY_CELLS:
        sources += files_under(ROOT / place) if (ROOT / place).is_dir() else [ROOT / place]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for source in sorted(sources):
            if source.exists():
                member = zipfile.ZipInfo(source.relative_to(ROOT).as_posix(), LONG_AGO)
                member.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(member, source.read_bytes())


def setup(app):
    """Connect the cells to the writing of pages, the files to the end of the build."""
    app.connect("html-page-context", offer_to_run)
    app.connect("build-finished", copy_live)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
