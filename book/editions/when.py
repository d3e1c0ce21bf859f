"""The date that an edition carries, the same for two builds of one commit."""

import os
import subprocess
from datetime import UTC, datetime

from book.editions.reading import ROOT

NO_DATE = 315532800  # 1 January 1980, the first day that a ZIP file can name
LAST_COMMIT = ["git", "log", "-1", "--format=%ct"]


def commit_time():
    """Return what SOURCE_DATE_EPOCH says, else when the last commit was made, else a fixed day."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH") or last_commit() or NO_DATE
    return datetime.fromtimestamp(int(seconds), UTC)


def last_commit():
    """Return the time of the last commit, in seconds; nothing outside a checkout or without git."""
    try:
        return subprocess.run(LAST_COMMIT, cwd=ROOT, capture_output=True, text=True).stdout.strip()
    except FileNotFoundError:
        return ""
