"""The date of the book: the same for each build of one commit."""

import os
import subprocess
from datetime import UTC, datetime

from book.editions.reading import ROOT


def commit_time():
    """Return SOURCE_DATE_EPOCH if it is set, else the date of the last commit, else 1980."""
    if seconds := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(seconds), UTC)
    command = ["git", "log", "-1", "--format=%ct"]
    try:
        found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        return datetime.fromtimestamp(int(found.stdout), UTC)
    except (OSError, subprocess.CalledProcessError):
        return datetime(1980, 1, 1, tzinfo=UTC)
