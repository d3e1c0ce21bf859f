"""Decide what a second build has to do again, so that it gives the same site as a first one.

Sphinx alone would leave four things behind: pages read by an older version of an extension, style
sheets that changed while no page did, in the side bar of every other page the old title of a page
that changed, and a search without the index entries of the pages that are not written again.  And
it would refuse a label that has moved from one page to another, if the new one is read first.
"""

import shutil
from pathlib import Path

import sphinx_exercise
from myst_nb import sphinx_ext as myst_nb

from book.extensions.fingerprint import ROOT, files_under, fingerprint


def remember_files(app, config):
    """Let Sphinx see, as settings, the files that it does not look at."""
    config.book_extensions = fingerprint(files_under(ROOT / "book" / "extensions"))
    look = [file for name in ("static", "templates") for file in files_under(ROOT / "book" / name)]
    config.book_look = fingerprint(look)


def copy_assets(app):
    """Copy first what two extensions copy last: Sphinx gives a checksum to addresses of files."""
    Path(app.outdir, "_static").mkdir(parents=True, exist_ok=True)
    for copy in (myst_nb.add_global_html_resources, sphinx_exercise.copy_asset_files):
        copy(app, None)


def forget_changes(app):
    """Begin a build in which no page has changed yet."""
    app.env.book_changed = False


def forget_pages(app, env, names):
    """Forget all pages that are to be read, so that what has moved among them is met only once."""
    for name in names:
        if name in env.all_docs:
            app.emit("env-purge-doc", env, name)
            env.clear_doc(name)


def remember_change(app, env, name):
    """Note that a page is about to be read again, or was removed."""
    env.book_changed = True


def write_whole_site(app, env):
    """Write every page anew once one changed, without what removed pages left behind."""
    if not env.book_changed:
        return []
    for path in Path(app.outdir).rglob("*.html"):
        path.unlink()
    for folder in ("_downloads", "_images", "_sources", "_static/live/cells"):
        shutil.rmtree(Path(app.outdir) / folder, ignore_errors=True)
    return env.found_docs


def setup(app):
    """Connect these steps to the build."""
    app.add_config_value("book_extensions", "", "env")
    app.add_config_value("book_look", "", "html")
    app.connect("config-inited", remember_files)
    app.connect("builder-inited", copy_assets)
    app.connect("builder-inited", forget_changes)
    app.connect("env-before-read-docs", forget_pages)
    app.connect("env-purge-doc", remember_change)
    app.connect("env-updated", write_whole_site)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
