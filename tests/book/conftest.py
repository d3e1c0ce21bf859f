"""The pages of the book, read once for all checks."""

import shutil

import pytest

from tests.tools.pages import ROOT, chapters_of_book, pages_of_book


@pytest.fixture(scope="session")
def pages():
    return pages_of_book()


@pytest.fixture(scope="session")
def chapters():
    return chapters_of_book()


@pytest.fixture
def run_book(pytester):
    """Run pytest on a small book that is wired like this one."""
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / name, pytester.path)
    (pytester.path / "book").mkdir()
    pytester.syspathinsert(ROOT)

    def run(*options):
        named = any(option.startswith(("book", "neuralnet")) for option in options)
        return pytester.runpytest_inprocess("-n0", *options, *([] if named else ["book"]))

    return run


@pytest.fixture
def run_page(pytester, run_book):
    """Run a page and return the outcome and what pytest said."""

    def run(text, *options):
        (pytester.path / "book" / "page.md").write_text(text, encoding="utf-8")
        result = run_book(*options)
        return result.parseoutcomes(), result.stdout.str()

    return run
