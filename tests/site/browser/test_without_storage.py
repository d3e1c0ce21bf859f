"""The book where the browser refuses to store anything: here in a sandboxed frame."""

from contextlib import contextmanager

import pytest

from tests.site.browser.test_browser import KEYBOARD_PAGE

CURRENT = ".toc-tree .scroll-current"
HTML = {"Content-Type": "text/html"}


@pytest.fixture
def framed(fresh_tab, server):
    """Open a page of the book in a frame without storage; what its scripts throw is a fault."""

    @contextmanager
    def opened(name):
        with fresh_tab(viewport={"width": 1500, "height": 900}) as page:
            faults = []
            page.on("pageerror", lambda error: faults.append(error))
            frame = (
                '<!doctype html><iframe sandbox="allow-scripts" '
                f'style="width: 1450px; height: 850px" src="{server.url}/{name}"></iframe>'
            )
            page.route("**/frame", lambda route: route.fulfill(body=frame, headers=HTML))
            page.goto(f"{server.url}/frame")
            yield page.frames[1]
        assert faults == []

    return opened


def test_search_ends(framed):
    with framed("search.html?q=vector") as frame:
        frame.get_by_text("Search finished").wait_for(timeout=5000)
        assert frame.locator("#search-results li").count() > 1


def test_colour_button_works(framed):
    with framed(KEYBOARD_PAGE) as frame:
        button = frame.locator(".theme-toggle-content .theme-toggle")
        assert button.bounding_box()["width"] >= 20
        before = frame.evaluate("getComputedStyle(document.body).backgroundColor")
        button.click()
        assert frame.evaluate("getComputedStyle(document.body).backgroundColor") != before


def test_section_is_marked(framed):
    with framed(KEYBOARD_PAGE) as frame:
        frame.evaluate("document.querySelector('article h2:nth-of-type(1)').scrollIntoView()")
        frame.locator(CURRENT).first.wait_for(timeout=2000)
