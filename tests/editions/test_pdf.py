"""The PDF files that `make pdf` makes of the built book."""

import re
from collections import Counter

import pytest

from book.editions.papers import A4, PAPERS
from book.editions.pdf import write_pdf
from book.editions.reading import contents, read_book, settings
from book.editions.site_index import read_index
from book.editions.when import commit_time
from tests.editions.printed import Printed, squeezed
from tests.site.pages import site_folder

FOLDER = site_folder() / "editions"
NUMBERS_OF_PAGES = {"a4": range(350, 600), "tablet": range(700, 1300)}
MOST_BYTES = 15_000_000
OUR_FONTS = re.compile(r"/[A-Z]{6}\+(SourceSans3|SourceSerif4|DejaVuSans|KaTeX_)")
NUMBER = re.compile(r"(?:Fig\.|Listing|Exercise)\s(?:\d+\.)?\d+")
LEAST_FILLED = 0.5  # of the height of a page, but for the last one of a chapter


@pytest.fixture(scope="module")
def book():
    """The built book."""
    return read_book(site_folder())


@pytest.fixture(scope="module", params=PAPERS, ids=lambda paper: paper.name)
def printed(request):
    """The book on one of the papers."""
    path = FOLDER / f"neural-networks-{request.param.name}.pdf"
    if not path.is_file():
        pytest.fail(f"there is no {path.name} in {FOLDER}: run `make pdf`", pytrace=False)
    return Printed(path, request.param)


def test_size(printed):
    assert len(printed.pages) in NUMBERS_OF_PAGES[printed.paper.name]
    assert printed.path.stat().st_size < MOST_BYTES


def test_what_the_file_says_of_itself(printed):
    about, root = printed.pdf.docinfo, printed.pdf.Root
    when = commit_time().strftime("D:%Y%m%d%H%M%S+00'00'")
    assert about["/Title"] == settings()["title"]
    assert about["/Author"] == settings()["author"]
    assert about["/CreationDate"] == about["/ModDate"] == when
    assert root.Lang == settings()["sphinx"]["config"]["language"]
    assert root.MarkInfo.Marked


def test_chapters_begin_on_pages_of_their_own(printed, book):
    for chapter in book.chapters:
        page = printed.page_of[chapter.name]
        assert printed.pages[page - 1].startswith(squeezed(chapter.title))


def test_heads_name_the_chapter_and_the_page(printed, book):
    wrong = []
    starts = [printed.page_of[chapter.name] for chapter in book.chapters]
    for part in book.parts:
        for chapter in part.chapters:
            start = printed.page_of[chapter.name]
            end = min((each for each in starts if each > start), default=start)
            for page in range(start, end):
                title = printed.head_title(page, part.caption or chapter.title, chapter.title)
    assert wrong == []
