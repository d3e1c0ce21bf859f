"""What a build does again, and what it leaves alone."""

import shutil

import pytest

from tests.build.tiny_book import TinyBook


@pytest.fixture(scope="module")
def first_build(tmp_path_factory):
    book = TinyBook(tmp_path_factory.mktemp("built")).write()
    return book, book.build()


@pytest.fixture
def book(first_build, tmp_path):
    """A book that was built once, free to be changed.

    It was moved since, so its next build reads all pages.
    """
    built, build = first_build
    assert build.code == 0, build.out + build.err
    shutil.copytree(built.root, tmp_path / "book")
    return TinyBook(tmp_path / "book")


@pytest.fixture
def settled(book):
    """Build the book once where it is now."""
    assert book.build().code == 0


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
    build = book.build()
    assert build.executed == ["book/answer"]
    assert "return 42" in book.text()
    assert "the answer is 42" in book.text()
    assert "41" not in book.text()


def test_module_that_no_page_imports_counts_as_well(book):
    (book.root / "neuralnet" / "data.csv").write_text("1\n", encoding="utf-8")
    assert book.build().executed == ["book/answer"]


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


def test_all_failing_pages_are_named_at_once(book):
    for name in ("one", "two"):
        page = book.root / "book" / f"{name}.md"
        shutil.copyfile(book.page, page)
        book.edit(page, "answer())", f"answer({name!r}))")
        append(book.root / "_toc.yml", f"  - file: book/{name}\n")
    build = book.build()
    assert "book/one.md:17: this cell failed" in build.err
    assert "book/two.md:17: this cell failed" in build.err


def test_cell_that_runs_too_long_is_named(book):
    book.edit(book.root / "_config.yml", "timeout: 120", "timeout: 1")
    book.edit(book.page, 'print("the', 'import time; time.sleep(60); print("the')
    build = book.build()
    assert build.code != 0
    assert "book/answer.md:17: this cell failed" in build.err
    assert "It ran longer than 1 s" in build.err


def test_error_is_reported_when_it_is_no_longer_expected(book):
    book.edit(book.page, ":tags: [raises-exception]\n\n", "")
    build = book.build()
    assert build.code != 0
    assert "book/answer.md:31: this cell failed" in build.err
    assert "ValueError: less than nothing" in build.err


def test_warning_stops_every_build_until_it_is_mended(book):
    book.edit(book.page, "Here it is.", "Here {ref}`nowhere` is.")
    for _ in range(2):
        build = book.build()
        assert build.code != 0
        assert "undefined label: 'nowhere'" in build.err[-600:]
        assert "Here it is." in book.text()
    book.edit(book.page, "Here {ref}`nowhere` is.", "Here it was.")
    assert book.build().code == 0
    assert "Here it was." in book.text()


def test_first_build_that_fails_publishes_nothing(tmp_path):
    book = TinyBook(tmp_path).write()
    book.edit(book.page, "answer())", "answer(1))")
    build = book.build()
    assert build.code != 0
    assert build.err.rstrip().endswith("there is none yet.")
    assert not book.site.exists()


@pytest.mark.usefixtures("settled")
def test_new_title_reaches_the_side_bar_of_other_pages(book):
    book.edit(book.page, "# The answer", "# The reply")
    assert book.build().read == ["book/answer"]
    assert "The reply" in book.text("index")
    assert "The answer" not in book.text("index")


@pytest.mark.usefixtures("settled")
def test_removed_page_leaves_the_site(book):
    book.edit(book.root / "_toc.yml", "chapters:\n  - file: book/answer\n", "")
    assert book.build().code == 0
    assert not list(book.site.rglob("*answer*"))


@pytest.mark.usefixtures("settled")
def test_new_style_reaches_the_site_without_reading_a_page(book):
    append(book.root / "book" / "static" / "book.css", "/* new */\n")
    assert book.build().read == []
    assert (book.site / "_static" / "book.css").read_text("utf-8").endswith("/* new */\n")


@pytest.mark.usefixtures("settled")
def test_changed_extension_reads_all_pages_and_runs_no_cell(book):
    append(book.root / "book" / "extensions" / "listing.py", "# new\n")
    build = book.build()
    assert build.read == ["book/answer", "book/index"]
    assert build.executed == []


def test_plain_jupyter_book_shares_the_outputs(book):
    book.edit(book.page, "Here it is.", "Here it comes.")
    jupyter_book = "from jupyter_book.cli.main import main; main()"
    build = book.run("-c", jupyter_book, "build", ".", "-W", "-n", "--keep-going")
    assert build.returncode == 0, build.stderr
    assert "executing cells" not in build.stdout
    assert "Here it comes." in book.text()
    assert "the answer is 41" in book.text()


def test_outputs_of_old_packages_are_dropped(book):
    for number in range(8):
        (book.caches / f"old-{number}").mkdir()
    book.edit(book.module, "41", "42")
    assert book.build().code == 0
    assert len(list(book.caches.iterdir())) == 5
