"""Run the pages' cells on this checkout of the package."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[2]


def setup(app):
    os.environ["PYTHONPATH"] = str(ROOT)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
