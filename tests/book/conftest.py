"""The pages of the book, read once for all checks."""

import pytest

from tests.tools.pages import chapters_of_book, pages_of_book


@pytest.fixture(scope="session")
def pages():
    return pages_of_book()


@pytest.fixture(scope="session")
def chapters():
    return chapters_of_book()
