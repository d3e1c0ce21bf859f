"""A second build says who is building and touches nothing; a build that died stops no other."""

import time

import pytest

from tests.build.tiny_book import TinyBook

WAITING = """\
from pathlib import Path
from time import sleep

Path("started").touch()
while not Path("go").exists():
    sleep(0.05)

from neuralnet.answer import answer
"""


@pytest.fixture
def waiting_book(tmp_path):
    """A book whose page waits for a file before it goes on."""
    book = TinyBook(tmp_path).write()
    book.edit(book.page, "from neuralnet.answer import answer\n", WAITING)
    return book


@pytest.fixture
def first(waiting_book):
    """A build of that book, at the point where its page waits."""
    build = waiting_book.start()
    try:
        until = time.monotonic() + 60
        while not (waiting_book.page.parent / "started").exists():
            assert build.poll() is None, "the first build has ended"
            assert time.monotonic() < until, "the first build never came to its page"
            time.sleep(0.05)
        yield build
    finally:
        build.kill()
        build.wait()


def test_second_build_names_the_first_and_leaves_its_work_alone(waiting_book, first):
    second = waiting_book.build()
    assert second.code != 0
    assert second.out == ""
    assert second.err == (
        f"Process {first.pid} is building this book: wait until it ends, then try again.\n"
    )
    (waiting_book.page.parent / "go").touch()
    assert first.wait(timeout=60) == 0
    assert "the answer is 41" in waiting_book.text()


def test_build_that_was_killed_stops_no_other(waiting_book, first):
    first.kill()
    first.wait()
    (waiting_book.page.parent / "go").touch()
    build = waiting_book.build()
    assert build.code == 0, build.err
    assert "the answer is 41" in waiting_book.text()
