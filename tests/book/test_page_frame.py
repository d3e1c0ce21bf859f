"""Every page with cells is a notebook, and its first cell prepares the kernel."""

import pytest

from tests.tools.complaints import fail_if_any
from tests.tools.pages import ROOT, Page, chapters_of_book, page_names

PREPARE = "from book.kernel import prepare\n\nprepare()"


def complaints_about(page):
    if not page.cells:
        return
    matter = page.front_matter
    if matter.get("file_format") != "mystnb":
        yield f"{page.place(1)}: the front matter needs file_format: mystnb, or no cell is run"
    if (matter.get("kernelspec") or {}).get("name") != "python3":
        yield f"{page.place(1)}: the front matter needs kernelspec: name: python3"
    first = page.cells[0]
    if first.text.strip() != PREPARE or first.tags != ["remove-cell"]:
        yield (
            f"{page.place(first.line)}: the first cell has the tag remove-cell and reads "
            "from book.kernel import prepare, a blank line, prepare()"
        )


def test_all_pages(pages):
    fail_if_any(complaint for page in pages for complaint in complaints_about(page))


def test_every_chapter_runs_something(chapters):
    fail_if_any(f"{page.name}.md has no cell" for page in chapters if not page.cells)


def pages_left_out(root):
    """Yield the pages that lie in the book's folders but not in its table of contents."""
    named = set(page_names(root))
    for path in sorted((root / "book").rglob("*.md")):
        name = path.relative_to(root).with_suffix("").as_posix()
        if name not in named and path.name != "README.md":
            yield f"{name}.md: no part of _toc.yml names this page, so nobody can read it"


def test_every_page_is_in_the_table_of_contents():
    fail_if_any(pages_left_out(ROOT))


def test_a_page_that_is_left_out_is_found(tmp_path):
    (tmp_path / "book").mkdir()
    for name in ("index", "one", "two"):
        (tmp_path / "book" / f"{name}.md").touch()
    contents = "root: book/index\nparts:\n- chapters:\n  - file: book/one\n"
    (tmp_path / "_toc.yml").write_text(contents, encoding="utf-8")
    (complaint,) = pages_left_out(tmp_path)
    assert complaint.startswith("book/two.md")


def test_the_pages_of_a_part_without_numbers_are_no_chapters(tmp_path):
    (tmp_path / "book").mkdir()
    for name in ("index", "setup", "one"):
        (tmp_path / "book" / f"{name}.md").touch()
    parts = "- chapters:\n  - file: book/setup\n- numbered: true\n  chapters:\n  - file: book/one\n"
    (tmp_path / "_toc.yml").write_text(f"root: book/index\nparts:\n{parts}", encoding="utf-8")
    assert [page.path.stem for page in chapters_of_book(tmp_path)] == ["one"]


GOOD = """---
file_format: mystnb
kernelspec:
  name: python3
---

# Title

```{code-cell} python
:tags: [remove-cell]

from book.kernel import prepare

prepare()
```
"""


def test_a_whole_frame_passes():
    assert list(complaints_about(Page("page.md", GOOD))) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("file_format: mystnb\n", ""),
        ("  name: python3", "  name: other"),
        (":tags: [remove-cell]\n\n", ""),
        ("\nprepare()", "\nx = 1"),
    ],
)
def test_a_frame_that_lacks_something_is_found(old, new):
    assert list(complaints_about(Page("page.md", GOOD.replace(old, new))))
