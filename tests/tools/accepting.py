"""Write what the cells of a page show into the page: the only way to change a recorded output."""

import os
import re
import tempfile
from pathlib import Path


class PageChangedError(Exception):
    """The page was edited while its cells ran."""


def accept(path, text, cells):
    """Record the outputs of `cells` in the page at `path`, whose `text` was read before the run."""
    raw = path.read_bytes()
    newline = "\r\n" if b"\r\n" in raw else "\n"
    if text.replace("\n", newline).encode() != raw:
        raise PageChangedError(f"{path} changed while its cells ran; run pytest --accept again")
    write(path, with_outputs(text, cells).replace("\n", newline).encode())


def with_outputs(text, cells):
    """Return the page with the outputs of `cells` put in, replaced or taken out."""
    for cell in sorted(cells, key=lambda cell: cell.start, reverse=True):
        text = text[: cell.code_end] + output_block(cell.shown) + text[cell.end :]
    return text


def output_block(shown):
    """Return the block that records `shown`; nothing for a cell that shows nothing."""
    if not shown.strip():
        return ""
    lines = [line.rstrip() for line in shown.split("\n")]
    fence = "`" * max(3, 1 + longest_run_of_backticks(shown))
    return "\n".join(["", fence + "{output}", *lines, fence])


def longest_run_of_backticks(text):
    return max((len(run) for run in re.findall("`+", text)), default=0)


def write(path, content):
    """Put the new page in the old one's place in one step."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        draft.chmod(path.stat().st_mode)
        draft.replace(path)
    except BaseException:
        draft.unlink()
        raise
