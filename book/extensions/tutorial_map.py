"""The directive `{tutorial-map}`: where each piece of a tutorial is in the book.

    ```{tutorial-map} T1
    ```

takes the rows of the first tutorial from `tutorial_map.csv` beside the page.  Each row of the kind
`section` begins a section of the page with a table of its own.
"""

import csv
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

FILE = "tutorial_map.csv"
# The columns of the file with their headings and their shares of the width.
COLUMNS = {
    "id": ("No.", 12),
    "kind": ("Kind", 12),
    "what": ("In the tutorial", 36),
    "place": ("In this book", 40),
}


class TutorialMap(SphinxDirective):
    """Show where the pieces of one tutorial are."""

    required_arguments = 1

    def run(self):
        tutorial = self.arguments[0]
        relative, path = self.env.relfn2path(FILE)
        self.env.note_dependency(relative)
        rows = [row for row in rows_of(path) if row["id"].startswith(f"{tutorial}-")]
        if not rows or rows[0]["kind"] != "section":
            raise self.error(f"tutorial-map: {FILE} needs rows {tutorial}-…, a section first")
        return [self.section(group) for group in by_section(rows)]

    def section(self, rows):
        name = rows[0]["what"]
        section = nodes.section("", nodes.title(name, name), self.table(rows))
        section["names"] = [nodes.fully_normalize_name(name)]
        self.state.document.note_implicit_target(section, section)
        return section

    def table(self, rows):
        widths = [nodes.colspec(colwidth=width) for _, width in COLUMNS.values()]
        head = nodes.row("", *(entry(nodes.Text(heading)) for heading, _ in COLUMNS.values()))
        body = [nodes.row("", *(entry(*self.inline(row[key])) for key in COLUMNS)) for row in rows]
        group = nodes.tgroup("", *widths, nodes.thead("", head), nodes.tbody("", *body), cols=4)
        return nodes.table("", group, classes=["colwidths-given", "tutorial-map"], width="100%")

    def inline(self, text):
        words, messages = self.state.inline_text(text, self.lineno)
        return [*words, *messages]


def rows_of(path):
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_section(rows):
    """Group the rows; each section begins a group."""
    groups = []
    for row in rows:
        if row["kind"] == "section":
            groups.append([])
        groups[-1].append(row)
    return groups


def entry(*content):
    return nodes.entry("", nodes.paragraph("", "", *content))


def setup(app):
    app.add_directive("tutorial-map", TutorialMap)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
