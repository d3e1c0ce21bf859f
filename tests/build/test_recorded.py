"""Nothing is published that disagrees with the record on its page."""

import pytest

from tests.build.tiny_book import TinyBook

# What a cell does, what is recorded under it, and what the build says of it.
FAULTS = {
    "lines": ("print('a', 1)\nprint('b')", "a\n1 b", "    - a\n    - 1 b\n    + a 1\n    + b\n"),
    "object": ("print(object())", "<object object at 0x7f5f5c>", "    + <object object at 0x"),
    "time": ("import time\nprint(time.time_ns())", "17800", "    - 17800\n    + "),
    "random": ("import random\nprint(random.random())", "0.84442", "    - 0.84442\n    + 0."),
    "ellipsis": ("print(2.5)", "...", "    - ...\n    + 2.5\n"),
    "unrecorded": ("print('more')", "", "is not recorded.  It shows (+):\n\n    + more\n"),
    "nothing": ("x = 1", "1", "shows no text, but the page records (-):\n\n    - 1\n"),
    "html": ("from IPython.display import HTML, SVG\nHTML('<p>new')", "old", "    + new\n"),
    "displayed": ("display(HTML('<p>shown'))", "hidden", "    + shown\n"),
    "figure": ("SVG('<svg/>')", "", "draws a figure that has no name, caption and alt sentence."),
}


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A book that was built, whose page has been given a fault of each kind."""
    book = TinyBook(tmp_path_factory.mktemp("recorded")).write()
    build = book.build()
    assert build.code == 0, build.out + build.err
    with book.page.open("a", encoding="utf-8") as page:
        for source, recorded, _ in FAULTS.values():
            page.write(f"\n```{{code-cell}} python\n{source}\n```\n")
            page.write(f"```{{output}}\n{recorded}\n```\n" if recorded else "")
    return book


@pytest.fixture(scope="module")
def build(book):
    return book.build()


def test_the_last_good_site_stays(book, build):
    assert build.code != 0
    assert build.read == []
    assert build.err.rstrip().endswith("_build/html still holds the last good one.")
    assert "print(object())" not in book.text()


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_is_told_with_its_place(book, build, kind):
    source, _, said = FAULTS[kind]
    above = book.page.read_text(encoding="utf-8").partition(f"\n{source}\n")[0]
    place = f"book/answer.md:{len(above.splitlines())}: "
    told = build.err.partition(place)[2].partition("book/answer.md:")[0]
    assert said in told
    assert f"The cell:\n\n    {source.splitlines()[0]}\n" in told


def test_outputs_that_disagree_are_not_kept(book, build):
    assert build.executed == book.build().executed == ["book/answer"]
