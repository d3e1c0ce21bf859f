"""The directive `{output}`: what a cell showed, recorded for the tests and for readers of the file.

On a built page the cell's own output stands in that place, so the directive gives nothing.
"""

from docutils.parsers.rst import Directive


class RecordedOutput(Directive):
    """Take the recorded text, whatever it is, and leave it out."""

    has_content = True

    def run(self):
        return []


def setup(app):
    app.add_directive("output", RecordedOutput)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
