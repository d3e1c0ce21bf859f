"""Decide what a second build has to do again, so that it gives the same site as a first one.

Sphinx alone would leave three things behind: pages read by an older version of an extension, style
sheets that changed while no page did, and, in the side bar of every other page, the old title of a
page that changed.
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


def remember_reading(app, env, names):
    """Note whether any page is about to be read."""
    env.book_was_read = bool(names)


def write_whole_site(app, env):
    """Write every page anew once one was read, without what removed pages left behind."""
    if not env.book_was_read:
        return []
    for path in Path(app.outdir).rglob("*.html"):
        path.unlink()
    for folder in ("_downloads", "_images", "_sources"):
        shutil.rmtree(Path(app.outdir) / folder, ignore_errors=True)
    return env.found_docs


def setup(app):
    """Connect these steps to the build."""
    app.add_config_value("book_extensions", "", "env")
    app.add_config_value("book_look", "", "html")
    app.connect("config-inited", remember_files)
    app.connect("builder-inited", copy_assets)
    app.connect("env-before-read-docs", remember_reading)
    app.connect("env-updated", write_whole_site)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
