"""The side bars of narrow screens: what opens and closes them, and where the focus is."""

import pytest

from tests.site.browser import checks
from tests.site.browser.test_browser import KEYBOARD_PAGE, PHONE

BUTTONS = {
    "On this page": "Show the contents of this page",
    "The book": "Show the chapters",
}
DRAWERS = [
    ("On this page", 390),
    ("On this page", 900),
    ("On this page", 1300),
    ("The book", 390),
    ("The book", 900),
]
HOLDS_FOCUS = "drawer => drawer.contains(document.activeElement)"
# How the text from the focus on stands to the place that the address names.
FOLLOWS = """() => document.querySelector(location.hash)
    .compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING"""


def button_of(page, name):
    return page.get_by_label(BUTTONS[name]).locator("visible=true")


def opened(page, name):
    """Open a drawer with the keyboard and return it once it has the focus."""
    button_of(page, name).focus()
    page.keyboard.press("Space")
    drawer = page.get_by_role("complementary", name=name)
    page.wait_for_function(HOLDS_FOCUS, arg=drawer.element_handle(), timeout=2000)
    return drawer


@pytest.fixture(params=["http", "file"])
def address(request, server, site):
    """The address of a page with both drawers."""
    return f"{server.url if request.param == 'http' else site.as_uri()}/{KEYBOARD_PAGE}"


@pytest.mark.parametrize(("name", "width"), DRAWERS)
def test_focus_moves_in_and_stays(tab, server, name, width):
    page = tab(width)
    page.goto(f"{server.url}/{KEYBOARD_PAGE}")
    drawer = opened(page, name)
    assert page.evaluate("document.activeElement.localName") == "a"
    links = drawer.get_by_role("link").count()
    for key in ("Tab", "Shift+Tab"):
        for _ in range(links + 5):
            page.keyboard.press(key)
            focus = page.evaluate(checks.FOCUS)
            assert focus["name"] == "body" or (
                drawer.evaluate(HOLDS_FOCUS) and focus["outlined"] and focus["visible"]
            )


@pytest.mark.parametrize(("name", "width"), DRAWERS)
def test_escape_closes_and_gives_the_focus_back(tab, address, name, width):
    page = tab(width)
    page.goto(address)
    drawer = opened(page, name)
    page.keyboard.press("Escape")
    assert drawer.is_hidden()
    assert button_of(page, name).evaluate("button => button === document.activeElement")


@pytest.mark.parametrize("width", [390, 900, 1300])
@pytest.mark.parametrize("how", ["key", "mouse"])
def test_choosing_a_section_closes_and_leads_there(tab, address, width, how):
    page = tab(width)
    page.goto(address)
    drawer = opened(page, "On this page")
    section = drawer.get_by_role("link").nth(2)
    place = section.get_attribute("href")
    section.press("Enter") if how == "key" else section.click()
    assert drawer.is_hidden()
    assert page.url.endswith(place)
    page.keyboard.press("Tab")
    assert page.evaluate(FOLLOWS)


@pytest.mark.parametrize("name", BUTTONS)
def test_close_button_and_the_page_beside_close(tab, server, name):
    page = tab(**PHONE)
    page.goto(f"{server.url}/{KEYBOARD_PAGE}")
    drawer = opened(page, name)
    drawer.get_by_role("button", name="Close").click()
    assert drawer.is_hidden()
    opened(page, name)
    page.mouse.click(*{"On this page": (20, 600), "The book": (370, 600)}[name])
    assert drawer.is_hidden()
    assert page.locator("[inert]").count() == 0


def test_drawer_is_closed_after_back(tab, address):
    page = tab(**PHONE)
    page.goto(address)
    opened(page, "The book").get_by_role("link").nth(2).press("Enter")
    page.wait_for_url(lambda url: not url.endswith(KEYBOARD_PAGE))
    page.go_back()
    assert page.get_by_role("complementary", name="The book").is_hidden()


def test_page_kept_for_back_keeps_no_open_drawer(tab, server):
    page = tab(**PHONE)
    page.goto(f"{server.url}/{KEYBOARD_PAGE}")
    drawer = opened(page, "The book")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    assert drawer.is_hidden()


def test_drawer_becomes_a_column_when_the_screen_becomes_wide(fresh_tab, server):
    with fresh_tab(viewport=PHONE) as page:
        page.goto(f"{server.url}/{KEYBOARD_PAGE}")
        for name in BUTTONS:
            drawer = opened(page, name)
            page.set_viewport_size({"width": 1400, "height": 900})
            page.wait_for_function("!document.querySelector('[inert]')")
            assert drawer.is_visible()
            assert drawer.evaluate("drawer => getComputedStyle(drawer).position") == "static"
            page.set_viewport_size(PHONE)
            assert drawer.is_hidden()


def test_page_without_contents_has_one_drawer(fresh_tab, server):
    with fresh_tab(viewport=PHONE) as page:
        with checks.listening(page, server.url.partition("//")[2]) as faults:
            page.goto(f"{server.url}/search.html")
            page.set_viewport_size({"width": 1400, "height": 900})
            page.wait_for_timeout(100)
        assert page.locator("[popover]").count() == 1
        assert faults == []
