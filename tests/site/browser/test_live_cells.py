"""Every cell of every page that runs in the browser shows there what the book records."""

import pytest

from book.extensions.live import FOLDER
from book.extensions.shown import visible_text
from tests.site.browser import checks
from tests.site.browser.live_page import notes, opened, run_all
from tests.site.browser.server import serve

SLIDERS = "() => [...document.querySelectorAll('figure.slider')].map(slider => slider.outerHTML)"


@pytest.fixture(scope="module")
def caching(site):
    """A server of the book whose files the browser may keep, as those of a real one."""
    with serve(site, {"Cache-Control": "max-age=3600"}) as server:
        yield server


def test_every_cell_shows_what_the_book_shows(kept_profile, caching, site, page_name):
    name = page_name.removeprefix("book/").removesuffix(".html")
    if not (site / FOLDER / "cells" / f"{name}.json").exists():
        pytest.skip("this page does not run in the browser")
    page = kept_profile.new_page()
    with checks.listening(page, caching.url.partition("//")[2]) as faults:
        opened(page, f"{caching.url}/{page_name}")
        sliders = page.evaluate(SLIDERS)
        assert run_all(page).startswith("Done")
        assert "your result" not in notes(page)
        redrawn = page.evaluate(SLIDERS)
    page.close()
    assert [visible_text(html) for html in redrawn] == [visible_text(html) for html in sliders]
    assert faults == []
