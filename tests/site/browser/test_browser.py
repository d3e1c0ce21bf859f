"""The built book in a real browser."""

import pytest

from tests.site.browser import checks
from tests.site.test_weight import MOST_BYTES

PHONE = {"width": 390, "height": 844}
KEYBOARD_PAGE = "book/neuron/dot-product.html"


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_page_opens_quietly(tab, server, site, page_name, scheme):
    address = server.url if scheme == "http" else site.as_uri()
    page = tab()
    with checks.listening(page, server.url.partition("//")[2]) as faults:
        page.goto(f"{address}/{page_name}", wait_until="load")
        page.evaluate("document.fonts.ready")
    assert faults == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("colour", ["light", "dark"])
def test_page_is_accessible(tab, server, page_name, colour, width):
    page = tab(width=width, colour=colour)
    page.goto(f"{server.url}/{page_name}")
    assert checks.accessibility_faults(page) == []


def test_page_fits_a_phone(tab, server, page_name):
    page = tab(**PHONE)
    page.goto(f"{server.url}/{page_name}")
    assert checks.width_beyond_the_screen(page) <= 0


def test_code_fits_a_laptop(tab, server, page_name):
    page = tab(width=1366)
    page.goto(f"{server.url}/{page_name}")
    assert checks.code_that_scrolls(page) == []


def test_page_is_sent_in_few_bytes(fresh_tab, server, page_name):
    server.sent.clear()
    with fresh_tab() as page:
        page.goto(f"{server.url}/{page_name}", wait_until="load")
        # Pictures below the screen are fetched only when the reader comes near.
        page.evaluate("document.querySelectorAll('img').forEach(i => { i.loading = 'eager'; })")
        page.evaluate(checks.OPEN_FOLDS)
        page.wait_for_load_state("networkidle")
    assert sum(size for _, size in server.sent) <= MOST_BYTES, server.sent


def test_keyboard_reaches_everything_with_visible_focus(tab, server):
    page = tab()
    page.goto(f"{server.url}/{KEYBOARD_PAGE}")
    stops = checks.stops_of_tab(page)
    names = [stop["name"] for stop in stops]
    assert names[0] == "skip-to-content"
    assert "sidebar-search" in names
    assert "theme-toggle" in names
    assert "summary" in names
    assert any(stop["inside"] == "sidebar-scroll" for stop in stops)
    assert [stop for stop in stops if not (stop["outlined"] and stop["visible"])] == []


def test_keyboard_reaches_the_buttons_of_a_phone_with_visible_focus(tab, server):
    page = tab(**PHONE)
    page.goto(f"{server.url}/{KEYBOARD_PAGE}")
    stops = checks.stops_of_tab(page)
    names = " ".join(stop["name"] for stop in stops)
    assert "nav-overlay-icon" in names
    assert "toc-header-icon" in names
    assert [stop for stop in stops if not (stop["outlined"] and stop["visible"])] == []


def test_theme_button_changes_the_colours(fresh_tab, server):
    with fresh_tab(color_scheme="light") as page:
        page.goto(f"{server.url}/{KEYBOARD_PAGE}")
        background = "getComputedStyle(document.body).backgroundColor"
        light = page.evaluate(background)
        page.focus(".theme-toggle-content .theme-toggle")
        page.keyboard.press("Enter")
        dark = page.evaluate(background)
        page.reload()
        assert page.evaluate(background) == dark != light


def test_code_of_dark_pages_has_the_accessible_style(tab, server):
    page = tab(colour="dark")
    page.goto(f"{server.url}/{KEYBOARD_PAGE}")
    keyword = "getComputedStyle(document.querySelector('.highlight .kn')).color"
    assert page.evaluate(keyword) == "rgb(220, 198, 224)"


SOUND = """<!doctype html><html lang="en"><head><title>A page</title>
<meta name="viewport" content="width=device-width"></head>
<body><main><h1>A page</h1>BODY</main></body></html>"""


def broken_page(body):
    """Return a sound page with something added."""
    return SOUND.replace("BODY", body)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<img src="http://127.0.0.1:9/a.png" alt="">', "asks another host"),
        ("<script>console.error('no')</script>", "console: no"),
        ("<script>throw Error('no')</script>", "script error: no"),
    ],
)
def test_check_hears_a_fault(tab, tmp_path, body, fault):
    (tmp_path / "a.html").write_text(broken_page(body))
    page = tab()
    with checks.listening(page, "localhost") as faults:
        page.goto((tmp_path / "a.html").as_uri(), wait_until="load")
    assert fault in faults[0]


def test_check_sees_an_inaccessible_page(tab):
    page = tab()
    page.set_content(broken_page(""))
    assert checks.accessibility_faults(page) == []
    page.set_content(broken_page('<details><summary>A</summary><img src="a.png"></details>'))
    assert checks.accessibility_faults(page)[0].startswith("image-alt")


def test_check_sees_a_page_that_is_too_wide(tab):
    page = tab(**PHONE)
    page.set_content(broken_page("<style>html { overflow: hidden }</style>"))
    assert checks.width_beyond_the_screen(page) <= 0
    page.set_content(
        broken_page("<style>html { overflow: hidden } p { width: 500px; }</style><p>wide</p>")
    )
    assert checks.width_beyond_the_screen(page) > 100


def test_check_sees_that_focus_does_not_show(tab):
    page = tab()
    page.set_content(broken_page("<style>a { outline: none }</style><a href='#'>here</a>"))
    assert [stop["outlined"] for stop in checks.stops_of_tab(page)] == [False]


def test_the_check_finds_code_that_scrolls(tab):
    page = tab(width=1366)
    page.set_content(broken_page(f"<article><pre>{'long ' * 100}</pre></article>"))
    assert len(checks.code_that_scrolls(page)) == 1
