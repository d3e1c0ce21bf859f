"""The editions of the built book, as `make epub` and `make pdf` leave them."""

import pytest

from tests.site.pages import site_folder


@pytest.fixture(scope="session")
def edition_file():
    """Return an edition by its name, or fail and say how to make it."""

    def find(name, command):
        path = site_folder() / "editions" / name
        if not path.is_file():
            pytest.fail(f"no {name}: run `{command}`", pytrace=False)
        return path

    return find
