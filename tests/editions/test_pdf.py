"""The PDF files that `make pdf` makes of the built book."""

import re
from collections import Counter

import pytest

from book.editions.pdf.headings import INDEX
from book.editions.pdf.index import read_index
from book.editions.pdf.papers import A4, PAPERS
from book.editions.pdf.write import write_pdfs
from book.editions.reading import anchor, contents, read_book, settings
from book.editions.when import commit_time
from tests.editions.printed import Printed, squeezed
from tests.site.pages import site_folder

pytestmark = pytest.mark.editions
NUMBERS_OF_PAGES = {"a4": range(400, 650), "tablet": range(800, 1400)}
MOST_BYTES = 15_000_000
OUR_FONTS = re.compile(r"/[A-Z]{6}\+(SourceSans3|SourceSerif4|DejaVuSans|KaTeX_)")
NUMBER = re.compile(r"(?:Fig\.|Listing|Exercise) (?:\d+\.)?\d+")
TEX = 'annotation[encoding="application/x-tex"]'
NO_GLYPH = b"0000"
LEAST_FILLED = 0.45


@pytest.fixture(scope="module")
def book():
    """The built book."""
    return read_book(site_folder())


@pytest.fixture(scope="module", params=PAPERS, ids=lambda paper: paper.name)
def printed(request, edition_file):
    """The book on one of the papers."""
    return Printed(edition_file(request.param.file, "make pdf"), request.param)


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


def test_outline_is_the_table_of_contents(printed, book):
    made = {chapter.title for chapter in book.chapters if "back-matter" in chapter.body["class"]}
    titles = {chapter.name: chapter.title for chapter in book.chapters}
    with printed.pdf.open_outline() as outline:
        preface, *parts, last = outline.root
        assert [preface.title, last.title] == [settings()["title"], "Index"]
    assert [
        (part.title, [chapter.title for chapter in part.children if chapter.title not in made])
        for part in parts
    ] == [(caption, [titles[anchor(name)] for name in names]) for caption, names in contents()[1:]]


def test_chapters_begin_where_links_lead(printed, book):
    for chapter in book.chapters:
        page = printed.pages[printed.page_of[chapter.name] - 1]
        assert squeezed(chapter.title) in squeezed(page)


def test_heads_tell_chapter_and_page(printed, book):
    for part in book.parts:
        for chapter in part.chapters:
            page = printed.page_of[chapter.name]
            is_left = printed.paper.two_sided and page % 2 == 0
            title = squeezed(part.caption or chapter.title if is_left else chapter.title)
            assert printed.heads[page - 1] in (f"{title}{page}", f"{page}{title}")


def test_contents_tell_the_pages(printed, book):
    lines = " ".join(printed.pages[1 : printed.page_of[book.chapters[0].name] - 1])
    for chapter in book.chapters:
        title = re.escape(" ".join(chapter.title.split()))
        assert re.search(rf"{title} {printed.page_of[chapter.name]}\b", lines)


def test_solutions_and_codes_are_found_by_their_pages(printed, book):
    links = [
        link
        for chapter in book.chapters
        for link in chapter.body.select(".to-solution a, .to-code a")
    ]
    wanted = Counter(printed.page_of[link["href"].removeprefix("#")] for link in links)
    told = re.findall(r"(?:Solution|The code[\w ]*), page (\d+)", " ".join(printed.pages))
    assert Counter(map(int, told)) == wanted


def test_numbered_things_are_all_there(printed, book):
    text = " ".join(chapter.body.get_text() for chapter in book.chapters)
    wanted = Counter(NUMBER.findall(" ".join(text.split())))
    assert Counter(NUMBER.findall(" ".join(printed.pages))) == wanted


def test_code_is_all_there(printed, book):
    assert [
        line
        for chapter in book.chapters
        for code in chapter.body.find_all("pre")
        for line in code.get_text().splitlines()
        if squeezed(line) not in printed.squeezed
    ] == []


def test_nothing_is_cut_at_the_right(printed):
    width = float(printed.pdf.pages[0].MediaBox[2])
    margin = float(printed.paper.margin.split()[1].removesuffix("mm")) * 72 / 25.4
    edge = width - margin + 3
    assert [(word, page) for end, word, page in printed.right_ends() if end > edge] == []


def test_pictures_and_formulas_are_said_in_words(printed, book):
    words = Counter()
    for chapter in book.chapters:
        words.update(squeezed(image["alt"]) for image in chapter.body.find_all("img"))
        words.update(squeezed(formula.get_text()) for formula in chapter.body.select(TEX))
    assert Counter(squeezed(alternative) for alternative in printed.alternatives) == words


def test_letters_are_of_our_fonts(printed):
    strangers = [name for name in printed.fonts if not OUR_FONTS.match(name)]
    assert strangers == []
    assert all("/FontFile2" in font for font in printed.fonts.values())
    assert NO_GLYPH not in printed.glyphs()
    assert "\ufffd" not in printed.squeezed


def test_links_lead_somewhere(printed):
    inside = set(printed.page_of)
    assert [to for to in printed.links() if to not in inside and not to.startswith("http")] == []


def test_links_are_those_of_the_book(printed, book):
    links = [link for chapter in book.chapters for link in chapter.body.select("a[href]")]
    wanted = {link["href"].removeprefix("#").rstrip("/") for link in links}
    assert wanted - {to.rstrip("/") for to in printed.links()} == set()


def test_no_page_is_left_empty(printed, book):
    """Only what stands before a new chapter may end early."""
    names = [part.name for part in book.parts if part.caption]
    names += [chapter.name for chapter in book.chapters] + [INDEX]
    ends = {printed.page_of[name] - 1 for name in names} | {len(printed.pages)}
    assert [
        (page, round(filled, 2))
        for page, filled in enumerate(printed.filled, start=1)
        if page not in ends and filled < LEAST_FILLED and page > 1
    ] == []


def test_second_print_is_the_same(tmp_path, book, edition_file):
    (again,) = write_pdfs(book, read_index(site_folder()), tmp_path, [A4])
    assert again.read_bytes() == edition_file(again.name, "make pdf").read_bytes()
