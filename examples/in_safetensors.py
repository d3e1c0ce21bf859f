"""The trap of turned tables: what the library of the format makes of a view."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from safetensors.numpy import load_file, save_file


def there_and_back(table):
    """Return what comes out of a file into which the library has written a table."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.safetensors"
        save_file({"table": table}, path)
        return load_file(path)["table"].tolist()


def results():
    """Return a turned table, and what came back of it: as a view, and as a copy in order."""
    turned = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]).T
    return {
        "turned": turned.tolist(),
        "view": there_and_back(turned),
        "copy": there_and_back(np.ascontiguousarray(turned)),
    }
