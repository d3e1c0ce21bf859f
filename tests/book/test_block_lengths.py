"""Code comes in short blocks, with prose between them."""

import statistics

import pytest

from book.extensions.package_source import UnknownNameError, code_of, find, outline_of
from tests.tools.complaints import fail_if_any
from tests.tools.pages import ROOT, Page

LONGEST = 20
MEDIAN_BELOW = 6
MOST_IN_A_ROW = 2
SILENT = {"output", "comment", "target"}


def lines_of(block):
    if block.kind == "code-cell":
        return len(block.text.strip().splitlines())
    part = find(block.argument, ROOT)
    return len(outline_of(part) if "outline" in block.options else code_of(part))


def code_blocks(page):
    """Return the cells that are shown, and the listings."""
    cells = [cell for cell in page.cells if "remove-cell" not in cell.tags]
    return cells + page.of_kind("listing")


def complaints_about_lengths(page):
    lengths = []
    for block in code_blocks(page):
        try:
            lengths.append(lines_of(block))
        except UnknownNameError as error:
            yield f"{page.place(block.line)}: {error}"
            continue
        if lengths[-1] > LONGEST:
            yield (
                f"{page.place(block.line)}: {lengths[-1]} lines of code in a block; "
                f"split it into blocks of at most {LONGEST}"
            )
    if lengths and statistics.median(lengths) >= MEDIAN_BELOW:
        yield (
            f"{page.name}.md: half of the code blocks have {statistics.median(lengths):g} lines "
            f"or more; the median must be below {MEDIAN_BELOW}"
        )


def complaints_about_rows(page):
    """Find more code blocks in a row than a reader can follow; folded ones do not count."""
    row = 0
    for block in page.blocks:
        if block.kind in SILENT or block.is_folded:
            continue
        row = row + 1 if block.kind in {"code-cell", "listing"} else 0
        if row == MOST_IN_A_ROW + 1:
            yield (
                f"{page.place(block.line)}: more than {MOST_IN_A_ROW} code blocks in a row; "
                "say something in between"
            )


def test_blocks_are_short(chapters):
    fail_if_any(complaint for page in chapters for complaint in complaints_about_lengths(page))


def test_prose_stands_between_blocks(pages):
    fail_if_any(complaint for page in pages for complaint in complaints_about_rows(page))


def cell(lines, tag=""):
    options = f":tags: [{tag}]\n\n" if tag else ""
    return f"```{{code-cell}} python\n{options}" + "x = 1\n" * lines + "```\n"


def lengths_found(*cells):
    return list(complaints_about_lengths(Page("page.md", "\nProse.\n\n".join(cells))))


def test_short_blocks_pass():
    assert lengths_found(cell(3), cell(5), cell(20), cell(30, "remove-cell")) == []


def test_a_long_block_is_found():
    (complaint,) = lengths_found(cell(3), cell(3), cell(21))
    assert complaint.startswith("page.md:17: 21 lines of code")


def test_a_page_of_longish_blocks_is_found():
    (complaint,) = lengths_found(cell(3), cell(6), cell(7))
    assert "the median must be below 6" in complaint


@pytest.mark.parametrize("fourth", ["", "<!-- a comment -->\n\n"])
def test_blocks_without_prose_are_found(fourth):
    page = Page("page.md", cell(1) + cell(1, "hide-input") + cell(1) + fourth + cell(1))
    (complaint,) = complaints_about_rows(page)
    assert "say something in between" in complaint


def test_prose_between_blocks_passes():
    page = Page("page.md", cell(1) + cell(1) + "\nProse.\n\n" + cell(1))
    assert list(complaints_about_rows(page)) == []
