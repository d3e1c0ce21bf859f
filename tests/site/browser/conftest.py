"""A browser, and the built book served to it."""

from contextlib import contextmanager

import pytest
from playwright.sync_api import sync_playwright

from book.chromium import QUIET, find_chromium
from tests.site.browser.server import serve


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    """The path of a Chromium."""
    try:
        return find_chromium()
    except FileNotFoundError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def browser(chromium):
    """A running browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(site):
    """A server of the built book on this machine."""
    with serve(site) as server:
        yield server


@pytest.fixture(scope="session")
def tab(browser):
    """Return the one tab of a size and a colour scheme, which all tests of a session share."""
    tabs = {}

    def of(width=1280, height=900, colour="light"):
        key = width, height, colour
        if key not in tabs:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=colour,
                reduced_motion="reduce",
            )
            tabs[key] = context.new_page()
        return tabs[key]

    return of


@pytest.fixture
def fresh_tab(browser):
    """Open a tab with an empty cache and storage."""

    @contextmanager
    def opened(**settings):
        context = browser.new_context(**settings)
        yield context.new_page()
        context.close()

    return opened


@pytest.fixture(scope="module")
def kept_profile(browser, chromium, tmp_path_factory):
    """A browser with a profile on the disk: only this one's cache holds large files."""
    context = browser.browser_type.launch_persistent_context(
        tmp_path_factory.mktemp("profile"), executable_path=chromium, args=QUIET
    )
    yield context
    context.close()
