"""The Chromium that prints the book and in which its pages are tested."""

import os
import shutil

NAMES = ["chromium", "chromium-browser", "google-chrome"]
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]


def find_chromium():
    """Return the path of a Chromium."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise FileNotFoundError("no Chromium on the PATH: install it, or set CHROMIUM to its path")
    return found
