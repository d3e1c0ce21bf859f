"""Let the cells of a page be edited and run in the reader's browser.

The site gets, in `_static/live`, the scripts of `book/live`, the files of its runtime that
`runtime.lock` names, an archive of the very sources of the book that cells import, and for each
page the code of its cells with what the book records of them.  A folder of `book/pictures` has an
archive of its own, for the pages whose cells name it.  A page whose front matter says
`live: "a reason"` is not run, and says why, as a cell with this option does that shows something
else in a browser; without the files of the runtime no page is run.
"""

import json
import re
import zipfile
from pathlib import Path

from sphinx.util import logging
from sphinx.util.osutil import copyfile

from book.extensions.execution import executed_page
from book.extensions.fingerprint import ROOT, files_under
from book.extensions.notebooks import prepares_kernel, tags_of
from book.extensions.shown import text_of_outputs

FOLDER = "_static/live"
SCRIPTS = ROOT / "book" / "live"
RUNTIME = SCRIPTS / "runtime"
LOCK = RUNTIME / "runtime.lock"
SEEN_BY_CELLS = ("neuralnet", "book/figures", "book/pictures", "book/live/kernel.py")
COMPARISON = "book/extensions/comparison.py"
PICTURES = "book/pictures"
MEGABYTES = 9  # the runtime, as a web server sends it
UNSEEN = {"remove-cell", "remove-input"}
LONG_AGO = (1980, 1, 1, 0, 0, 0)

logger = logging.getLogger(__name__)


def begin(app):
    """Offer to run the pages of a site, if all files of the runtime are there."""
    if app.builder.format != "html":
        return
    if locked_files():
        app.connect("html-page-context", offer_to_run)
        app.connect("build-finished", copy_live)
    else:
        logger.info("book/live/runtime lacks files of its lock: no page can be run in the browser.")


def offer_to_run(app, name, template, context, doctree):
    """Write the cells of the page that is being written, and give the page their address."""
    cells = cells_of(app.env, name) if name in app.env.found_docs else []
    if all(UNSEEN.intersection(tags_of(cell)) for cell in cells):
        return
    if reason := app.env.metadata[name].get("live"):
        context["live_reason"] = reason
        return
    address = f"{FOLDER}/cells/{name.removeprefix('book/')}.json"
    target = Path(app.outdir, address)
    target.parent.mkdir(parents=True, exist_ok=True)
    data = data_of(cells)
    page = {"cells": [recorded(cell) for cell in cells], "data": [path.name for path in data]}
    target.write_text(json.dumps(page, ensure_ascii=False), encoding="utf-8")
    context["live_cells_url"] = context["pathto"](address, resource=True)
    context["live_megabytes"] = MEGABYTES + round(sum(map(size_of, data)) / 1e6)


def cells_of(env, name):
    """Return the cells of code of a page, with their outputs in the book."""
    executed = executed_page(env, name)
    cells = executed.cells if executed else []
    return [cell for cell in cells if cell.cell_type == "code" and not prepares_kernel(cell)]


def recorded(cell):
    """Return the code of a cell, with the text that it shows in the book."""
    return {
        "source": cell.source,
        "recorded": text_of_outputs(cell.outputs),
        "hidden": "remove-cell" in tags_of(cell),
        "why": cell.metadata.get("live", ""),
    }


def data_of(cells):
    """Return the folders of pictures that some cell names."""
    folders = sorted(path for path in Path(ROOT, PICTURES).iterdir() if path.is_dir())
    words = {word for cell in cells for word in re.findall(r"\w+", cell.source)}
    return [path for path in folders if path.name in words]


def size_of(folder):
    return sum(path.stat().st_size for path in files_under(folder))


def locked_files():
    """Return the files of the runtime that its lock names; none if one is not there."""
    if not LOCK.exists():
        return []
    files = [RUNTIME / name for name in json.loads(LOCK.read_text(encoding="utf-8"))["files"]]
    return files if all(file.exists() for file in files) else []


def copy_live(app, error):
    """Give the site what its live pages fetch."""
    if error:
        return
    target = Path(app.outdir, FOLDER)
    scripts = [path for path in SCRIPTS.iterdir() if path.suffix in {".js", ".css"}]
    for source in [*locked_files(), *scripts]:
        copy = target / source.relative_to(SCRIPTS)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copyfile(source, copy)
    write_archive(target / "sources.zip", sources())
    for folder in Path(ROOT, PICTURES).iterdir():
        if files := files_under(folder):
            write_archive(target / f"{folder.name}.zip", files)


def sources():
    """Yield the sources that cells import, without the folders of pictures."""
    yield ROOT / COMPARISON
    for place in SEEN_BY_CELLS:
        if (ROOT / place).is_file():
            yield ROOT / place
        for path in files_under(ROOT / place):
            if path.parent.parent != ROOT / PICTURES:
                yield path


def write_archive(path, sources):
    """Pack files of the book, the same bytes in each build."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for source in sorted(sources):
            member = zipfile.ZipInfo(source.relative_to(ROOT).as_posix(), LONG_AGO)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, source.read_bytes())


def setup(app):
    app.connect("builder-inited", begin)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
