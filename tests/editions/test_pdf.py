"""The PDF files that `make pdf` makes of the built book."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from book.editions.papers import A4, PAPERS
from book.editions.pdf import write_pdf
from book.editions.reading import contents, read_book, settings
from book.editions.site_index import read_index
from book.editions.when import commit_time
from tests.editions.printed import Printed, squeezed
from tests.site.pages import site_folder

PAGES = {"a4": range(350, 600), "tablet": range(700, 1300)}
MOST_BYTES = 15_000_000
OUR_FONTS = re.compile(r"/[A-Z]{6}\+(SourceSans3|SourceSerif4|DejaVuSans|KaTeX_)[\w-]*")
NUMBER = re.compile(r"(?:Fig\.|Listing|Exercise|Table)\s(?:\d+\.)?\d+")


@pytest.fixture(scope="module")
def book():
    """The built book."""
    return read_book(site_folder())


@pytest.fixture(scope="module", params=PAPERS, ids=lambda paper: paper.name)
def printed(request):
    """The book on one of the papers."""
    path = site_folder() / "editions" / f"neural-networks-{request.param.name}.pdf"
    if not path.is_file():
        pytest.fail(f"there is no {path.name}: run `make pdf`", pytrace=False)
    return Printed(path)


def test_size(printed):
    assert len(printed.pages) in PAGES[printed.path.stem.rpartition("-")[2]]
    assert printed.path.stat().st_size < MOST_BYTES


def test_chapters_begin_where_contents_say(printed, book):
    for chapter in book.chapters:
        page = printed.pages[printed.page_of[chapter.name] - 1]
        assert page.startswith(squeezed(chapter.title))


def test_pages_bear_their_numbers_and_chapters(printed, book):
    starts = [printed.page_of[chapter.name] for chapter in book.chapters]
    for chapter, start in zip(book.chapters, starts, strict=True):
        head = squeezed(printed.heads[start - 1])
        assert str(start) in head
        assert squeezed(chapter.title) in head or is_left(start)


def is_left(page):
    return page % 2 == 0


def test_outline_is_the_table_of_contents(printed, book):
    titles = {chapter.name: chapter.title for chapter in book.chapters}
    with printed.pdf.open_outline() as outline:
        found = [(entry.title, [each.title for each in entry.children]) for entry in outline.root]
    assert found[0][0] == "Contents"
    assert found[-1][0] == "Index"
    print(found[:3])
    assert [caption for caption, _ in found[2:-1]] == [caption for caption, _ in contents()[1:]]
    assert titles


def test_numbered_things_are_all_there(printed, book):
    text = " ".join(chapter.body.get_text() for chapter in book.chapters)
    wanted = Counter(squeezed(number) for number in NUMBER.findall(text))
    found = {
        number: len(re.findall(rf"{re.escape(number)}(?!\d)", printed.whole)) for number in wanted
    }
    assert found == wanted


def test_no_code_is_cut(printed, book):
    assert [
        code.get_text()
        for chapter in book.chapters
        for code in chapter.body.find_all("pre")
        if squeezed(code.get_text()) not in printed.whole
    ] == []
