"""The built book, as the tests of the site see it."""

from functools import cache

import pytest

from tests.site.pages import Page, page_names, site_folder

load = cache(Page)


def pytest_generate_tests(metafunc):
    if "page_name" in metafunc.fixturenames:
        # Without a built book there is one nameless page, on which the fixture `site` fails.
        metafunc.parametrize("page_name", page_names(site_folder()) or ["no page"])


@pytest.fixture(scope="session")
def site():
    """The folder of the built book."""
    folder = site_folder()
    if not page_names(folder):
        pytest.fail(f"no built book in {folder}: run `make book`", pytrace=False)
    return folder


@pytest.fixture
def page(site, page_name):
    """One page of the built book."""
    return load(site / page_name)


@pytest.fixture
def page_at():
    """Read a page of the built book, once for all tests."""
    return load
