"""Each name of Python and NumPy is explained where a chapter first uses it."""

import re

import pytest

from tests.tools.chapters import chapters_of_first_parts
from tests.tools.complaints import fail_if_any
from tests.tools.pages import ROOT, Page
from tests.tools.python_names import first_uses, names_in

TABLE = ROOT / "book" / "reference" / "python.md"
ROW = re.compile(r"\| (`+) ?(?P<name>.+?) ?\1 \| .+ \| \{doc\}`\.\./(?P<chapter>[\w/-]+)` \|")


def listed(text):
    """Return the chapter that explains each name of the table."""
    return {row["name"]: f"book/{row['chapter']}" for row in ROW.finditer(text)}


def complaints_about(table, pages):
    first = first_uses(pages)
    for name, (page, number) in first.items():
        place = page.place(page.sections[number][0].line)
        if name not in table:
            yield f"{place}: {name} is used, and {TABLE.name} does not list it"
        elif table[name] != page.name:
            yield f"{place}: {name} is used first here; {TABLE.name} says {table[name]}"
        elif not is_told(name, page.sections[: number + 1]):
            yield f"{place}: say in the text what `{name}` does"
    for name in sorted(table.keys() - first.keys()):
        yield f"{TABLE.name}: no chapter uses {name}"


def is_told(name, sections):
    """Say whether the prose of some sections names something, in a span of code."""
    return any(
        span.kind == "code" and (span.text == name or name in names_in_span(span.text))
        for section in sections
        for block in section
        for span in block.spans
    )


def names_in_span(text):
    try:
        return names_in(text)
    except SyntaxError:
        return []


def test_every_name_is_told():
    fail_if_any(complaints_about(listed(TABLE.read_text("utf-8")), chapters_of_first_parts()))


TOLD = "Of all rows the first entry is `x[:, 0]`; `np.sum` adds up.\n\n"
CELL = "```{code-cell} python\nnp.sum(x[:, 0])\n```\n"
ROWS = {"np.sum": "book/a", "[i, j]": "book/a", "[i:j]": "book/a"}


def told(*texts, table=ROWS):
    pages = [Page(ROOT / f"book/{name}.md", text) for name, text in zip("ab", texts, strict=False)]
    return list(complaints_about(table, pages))


def test_names_that_are_told_pass():
    assert told("# A\n\n" + TOLD + CELL) == []
    assert told("# A\n\n" + TOLD + CELL, "# B\n\n" + CELL) == []


@pytest.mark.parametrize(
    ("text", "table", "complaint"),
    [
        ("# A\n\n" + CELL + "\n# Later\n\n" + TOLD, ROWS, "say in the text what"),
        ("# A\n\n" + TOLD + CELL, ROWS | {"np.exp": "book/a"}, "no chapter uses np.exp"),
        ("# A\n\n" + TOLD + CELL, ROWS | {"np.sum": "book/b"}, "says book/b"),
    ],
)
def test_what_is_not_told_is_found(text, table, complaint):
    assert any(complaint in found for found in told(text, table=table))


def test_a_name_that_is_not_listed_is_found():
    assert "np.sum is used" in told("# A\n\n" + TOLD + CELL, table={})[0]


def test_the_table_is_read():
    assert listed("| `np.sum` | adds up | {doc}`../neuron/dot-product` |") == {
        "np.sum": "book/neuron/dot-product"
    }


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("np.linalg.norm(x)", ["np.linalg.norm"]),
        ("np.random.default_rng(0).integers(3)", ["rng.integers", "np.random.default_rng"]),
        ("x.T @ y", [".T", "@"]),
        ("self.size", []),
        ("x[:, None]", ["[:, None]", "[i:j]"]),
        ("x[0]", []),
        ("print(f'{x:.2f}')", ['f"{x:.2f}"']),
    ],
)
def test_names_of_code(code, names):
    assert names_in(code) == names
