"""What a build does again, and what it leaves alone."""

import io
import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from book.build import Echo
from book.extensions import execution
from tests.build.tiny_book import TinyBook


@pytest.fixture(scope="module")
def first_build(tmp_path_factory):
    book = TinyBook(tmp_path_factory.mktemp("built")).write()
    return book, book.build()


@pytest.fixture
def book(first_build, tmp_path):
    """A book that was built once, free to be changed.

    It was moved since, so its next build reads all pages, but runs none.
    """
    built, build = first_build
    assert build.code == 0, build.out + build.err
    shutil.copytree(built.root, tmp_path / "book")
    return TinyBook(tmp_path / "book")


@pytest.fixture(scope="module")
def settled_book(first_build, tmp_path_factory):
    """A book that was built where it is; each test leaves it built."""
    book = TinyBook(tmp_path_factory.mktemp("settled")).write()
    shutil.copytree(first_build[0].caches, book.caches)
    assert book.build().code == 0
    return book


def append(path, text):
    """Add a text to the end of a file."""
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def test_first_build_runs_the_cells_and_says_where_the_book_is(first_build):
    book, build = first_build
    assert build.code == 0, build.out + build.err
    assert build.executed == ["book/answer"]
    assert "the answer is 41" in book.text()
    assert "Open _build/html/index.html" in build.out
    assert "kernel" not in build.err


def test_nothing_is_done_again_when_nothing_changed(first_build):
    book, _ = first_build
    written = {path: path.stat().st_mtime_ns for path in book.work.rglob("*.html")}
    build = book.build()
    assert build.code == 0
    assert build.executed == []
    assert build.read == []
    assert written == {path: path.stat().st_mtime_ns for path in book.work.rglob("*.html")}


def test_new_source_of_the_package_never_stands_beside_old_output(book):
    book.edit(book.module, "41", "42")
    assert "    - the answer is 41\n    + the answer is 42\n" in book.build().err
    assert "return 41" in book.text()
    book.edit(book.page, "the answer is 41", "the answer is 42")
    build = book.build()
    assert build.executed == ["book/answer"]
    assert "return 42" in book.text()
    assert "the answer is 42" in book.text()
    assert "41" not in book.text()


def test_new_prose_runs_no_cell(book):
    book.edit(book.page, "Here it is.", "Here it comes.")
    build = book.build()
    assert build.executed == []
    assert "Here it comes." in book.text()
    assert "the answer is 41" in book.text()


def test_failing_cell_is_named_and_leaves_the_last_site(book):
    book.edit(book.page, "answer())", 'answer() + "1")')
    build = book.build()
    assert build.code != 0
    assert "book/answer.md:17: this cell failed" in build.err
    assert 'print("the answer is", answer() + "1")' in build.err
    assert "TypeError: unsupported operand" in build.err
    assert build.err.rstrip().endswith("_build/html still holds the last good one.")
    assert "the answer is 41" in book.text()


def test_all_failing_pages_are_named_at_once_and_nothing_is_published(tmp_path):
    book = TinyBook(tmp_path).write()
    other = book.root / "book" / "other.md"
    shutil.copyfile(book.page, other)
    append(book.root / "_toc.yml", "  - file: book/other\n")
    book.edit(book.root / "_config.yml", "timeout: 120", "timeout: 5")
    book.edit(book.page, 'print("the', 'import time; time.sleep(60); print("the')
    book.edit(other, "answer())", "answer(1))")
    build = book.build()
    assert build.code != 0
    assert "book/answer.md:17: this cell failed" in build.err
    assert "It ran longer than 5 s" in build.err
    assert "book/other.md:17: this cell failed" in build.err
    assert build.err.rstrip().endswith("there is none yet.")
    assert not book.site.exists()


def test_error_is_reported_when_it_is_no_longer_expected(book):
    book.edit(book.page, ":tags: [raises-exception]\n\n", "")
    build = book.build()
    assert build.code != 0
    assert "book/answer.md:31: this cell failed" in build.err
    assert "ValueError: less than nothing" in build.err


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ("Here {ref}`nowhere` is.", "WARNING: undefined label: 'nowhere'"),
        ("```{admonition}\n```", "ERROR: Directive 'admonition'"),
    ],
)
def test_complaint_stops_every_build_until_it_is_mended(book, wrong, complaint):
    book.edit(book.page, "Here it is.", wrong)
    for _ in range(2):
        build = book.build()
        assert build.code != 0
        assert build.err.count(complaint) == 2
        assert complaint in build.err[-600:]
        assert "Here it is." in book.text()
    book.edit(book.page, wrong, "Here it was.")
    assert book.build().code == 0
    assert "Here it was." in book.text()


def test_complaint_in_colour_is_told_again():
    errors = Echo(io.StringIO())
    errors.write("\x1b[91mWARNING: no place\x1b[39;49;00m\n")
    assert len(errors.complaints) == 1


def test_new_title_reaches_the_side_bar_of_other_pages(settled_book):
    book = settled_book
    book.edit(book.page, "# The answer", "# The reply")
    assert book.build().read == ["book/answer"]
    assert "The reply" in book.text("last")
    assert "The answer" not in book.text("last")


def test_removed_page_leaves_the_site(book):
    book.edit(book.root / "_toc.yml", "  - file: book/answer\n", "")
    assert book.build().code == 0
    assert not list(book.site.rglob("*answer*"))


def test_section_moves_from_one_page_to_another(book):
    last, section = book.root / "book" / "last.md", "\n(moving)=\n## What moves\n\nIt goes.\n"
    append(last, section)
    assert book.build().code == 0
    book.edit(last, section, "")
    append(book.page, section)
    build = book.build()
    assert build.code == 0, build.err
    assert "It goes." in book.text()


def test_slip_of_a_removed_page_leaves_the_list(book):
    assert "E-T1-01" in book.text("index")
    book.edit(book.root / "_toc.yml", "  - file: book/last\n", "")
    assert book.build().code == 0
    assert "E-T1-01" not in book.text("index")


def test_new_style_reaches_the_site_without_reading_a_page(settled_book):
    book = settled_book
    append(book.root / "book" / "static" / "book.css", "/* new */\n")
    assert book.build().read == []
    assert (book.site / "_static" / "book.css").read_text("utf-8").endswith("/* new */\n")


def test_changed_extension_reads_all_pages_and_runs_no_cell(settled_book):
    book = settled_book
    append(book.root / "book" / "extensions" / "listing.py", "# new\n")
    build = book.build()
    assert build.read == ["book/answer", "book/index", "book/last"]
    assert build.executed == []


def test_plain_jupyter_book_shares_the_outputs(book):
    book.edit(book.page, "Here it is.", "Here it comes.")
    jupyter_book = "from jupyter_book.cli.main import main; main()"
    build = book.run("-c", jupyter_book, "build", ".", "-W", "-n", "--keep-going")
    assert build.returncode == 0, build.stderr
    assert "executing cells" not in build.stdout
    assert "Here it comes." in book.text()
    assert "the answer is 41" in book.text()


def test_whatever_a_cell_can_see_decides_which_outputs_hold():
    seen = {path.relative_to(execution.ROOT).as_posix() for path in execution.seen_by_cells()}
    assert {"neuralnet/__init__.py", "neuralnet/activations.py", "book/kernel.py"} <= seen
    assert any(name.endswith(".mplstyle") for name in seen)
    assert any(name.endswith(".ttf") for name in seen)
    assert not any(name.endswith((".md", ".css", ".pyc")) for name in seen)
    assert "book/extensions/listing.py" not in seen


def test_outputs_of_old_packages_are_dropped(tmp_path, monkeypatch):
    monkeypatch.setattr(execution, "CACHES", tmp_path)
    for age in range(8):
        (tmp_path / f"old-{age}").mkdir()
        os.utime(tmp_path / f"old-{age}", (1000 - age, 1000 - age))
    config = SimpleNamespace()
    execution.choose_cache(None, config)
    kept = {folder.name for folder in tmp_path.iterdir()}
    assert kept == {Path(config.nb_execution_cache_path).name, "old-0", "old-1", "old-2", "old-3"}
