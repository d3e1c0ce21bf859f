"""A page is light: a phone on a slow line shows it soon."""

from bs4 import BeautifulSoup

from tests.site.pages import Page
from tests.site.weight import files_of, fonts, weight

MOST_BYTES = 300 * 1024
MOST_FILES = 45


def test_page_is_light(page):
    files = files_of(page)
    heaviest = sorted((path.stat().st_size, path.name) for path in files)[-5:]
    assert weight(files) <= MOST_BYTES, f"the largest files, unpacked: {heaviest}"
    assert len(files) <= MOST_FILES


def test_weight_counts_what_a_page_loads(tmp_path):
    path = tmp_path / "a.html"
    path.write_text('<link rel="stylesheet" href="a.css?v=1"><img src="a%20b.png"><p>text</p>')
    (tmp_path / "a.css").write_text("@font-face {font-family: A; src: url(a.woff2)} p {color: red}")
    (tmp_path / "a b.png").write_bytes(bytes(MOST_BYTES))
    files = files_of(Page(path))
    assert {file.name for file in files} == {"a.html", "a.css", "a b.png"}
    assert weight(files) > MOST_BYTES


def test_weight_counts_the_fonts_that_a_page_shows(tmp_path):
    style_sheet = tmp_path / "a.css"
    style_sheet.write_text(
        "@font-face {font-family: Text; font-weight: 200 900; src: url(text.woff2)}"
        "@font-face {font-family: Maths; font-style: italic; src: url(italic.woff2)}"
        "@font-face {font-family: Maths; font-weight: 700; src: url(bold.woff2)}"
        ".x{font-family: Maths; font-style: italic} .b{font-family: Maths; font-weight: 700}"
    )
    soup = BeautifulSoup('<i class="x">x</i>', "html.parser")
    assert {path.name for path in fonts(soup, style_sheet)} == {"text.woff2", "italic.woff2"}
