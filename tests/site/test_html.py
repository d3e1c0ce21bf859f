"""The HTML of the built book is sound; no browser is needed."""

import pytest
from bs4 import BeautifulSoup

from tests.site import html_checks as checks
from tests.site.pages import Page, page_names

ON_EVERY_PAGE = [
    checks.images_without_alt,
    checks.images_without_size,
    checks.repeated_ids,
    checks.raw_tex,
    checks.head_faults,
    checks.heading_faults,
    checks.foreign_loads,
    checks.script_faults,
]
SOUND = """
<html lang="en"><head><title>A page</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self';">
<meta name="description" content="What the page is about, in a sentence.">
<link rel="stylesheet" href="_static/a.css"></head>
<body><main role="main"><h1 id="top">A page</h1><h2>Part</h2>
<p>A house for $250,000, and <code>$PATH</code>. <a href="https://example.org/">Elsewhere</a></p>
<img src="a.png" alt="A falling line." width="3" height="2"></main></body></html>
"""
FAULTS = [
    (checks.images_without_alt, '<img src="a.png">'),
    (checks.images_without_alt, '<img src="a.png" alt="_images/3f2a.png">'),
    (checks.images_without_size, '<img src="a.png" alt="A falling line." width="3">'),
    (checks.repeated_ids, '<p id="top"></p>'),
    (checks.raw_tex, "<p>the slope $w$</p>"),
    (checks.raw_tex, r"<p>the slope \(w\)</p>"),
    (checks.raw_tex, r"<p>the slope \frac12</p>"),
    (checks.heading_faults, "<h4>Too deep</h4>"),
    (checks.heading_faults, "<h1>Again</h1>"),
    (checks.foreign_loads, '<script src="https://example.org/a.js"></script>'),
    (checks.foreign_loads, '<img src="//example.org/a.png" alt="A falling line.">'),
    (checks.foreign_loads, '<link rel="stylesheet" href="https://example.org/a.css">'),
    (checks.foreign_loads, "<style>p {background: url('https://example.org/a.png')}</style>"),
    (checks.script_faults, "<script>run()</script>"),
    (checks.script_faults, '<button onclick="run()">Run</button>'),
    (checks.script_faults, '<a href="javascript:run()">Run</a>'),
]


@pytest.mark.parametrize("check", ON_EVERY_PAGE, ids=lambda check: check.__name__)
def test_page_is_sound(page, check):
    assert check(page.soup) == []


def test_links_lead_somewhere(page, site, page_at):
    assert checks.broken_links(page, site, page_at) == []


def test_page_has_a_description(page):
    if page.is_written:
        assert checks.description_faults(page.soup) == []


def test_titles_differ(site, page_at):
    titles = [page_at(site / name).soup.title.get_text() for name in page_names(site)]
    assert len(set(titles)) == len(titles)


def test_front_page_sends_to_the_book(site, page_at):
    assert checks.broken_links(page_at(site / "index.html"), site, page_at) == []


def test_style_sheets_load_nothing_foreign_or_missing(site):
    for style_sheet in site.rglob("*.css"):
        for address in checks.CSS_ADDRESS.findall(style_sheet.read_text(encoding="utf-8")):
            if address.startswith(("data:", "#")):
                continue
            assert not checks.is_foreign(address), f"{style_sheet.name} loads {address}"
            assert (style_sheet.parent / address).is_file(), f"{style_sheet.name}: {address}"


def test_the_typesetter_is_not_shipped(site):
    assert list(site.rglob("katex.min.js")) == []


@pytest.mark.parametrize("check", ON_EVERY_PAGE, ids=lambda check: check.__name__)
def test_checks_pass_a_sound_page(check):
    assert check(BeautifulSoup(SOUND, "html.parser")) == []


@pytest.mark.parametrize(("check", "fault"), FAULTS)
def test_checks_see_a_fault(check, fault):
    broken = SOUND.replace("</main>", f"{fault}</main>")
    assert len(check(BeautifulSoup(broken, "html.parser"))) == 1


def test_checks_see_faults_of_the_head():
    soup = BeautifulSoup("<html><head><title></title></head><body></body></html>", "html.parser")
    assert len(checks.head_faults(soup)) == 2
    assert len(checks.description_faults(soup)) == 1
    assert len(checks.script_faults(soup)) == 1


def test_checks_see_a_policy_that_allows_inline_scripts():
    weak = SOUND.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
    assert len(checks.script_faults(BeautifulSoup(weak, "html.parser"))) == 1


@pytest.mark.parametrize("address", ["gone.html", "#gone", "b.html#gone", "../outside.html"])
def test_checks_see_a_broken_link(tmp_path, address):
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "outside.html").touch()
    (site / "b.html").write_text('<p id="here"></p>')
    page = Page(site / "a.html")
    page.path.write_text(f'<p id="here"></p><a href="b.html#here"></a><a href="{address}"></a>')
    assert len(checks.broken_links(page, site, Page)) == 1
