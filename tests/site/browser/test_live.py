"""Pages whose cells run in the browser: as in the book, and as the reader changes them."""

import json

import pytest

from book.extensions.live import FOLDER
from book.extensions.shown import visible_text
from tests.site.browser import checks

PAGE = "book/network/xor.html"
OFFER = "Edit and run this page"
STARTED = "in your browser"
START_WITHIN = 60_000
RUN_WITHIN = 180_000
IDLE = "() => document.querySelector('.live-tools button:nth-of-type(2)').disabled"
SLIDERS = "() => [...document.querySelectorAll('figure.slider')].map(slider => slider.outerHTML)"
RUNTIME = "**/_static/live/runtime/"


def status(page):
    return page.locator(".live-tools [role=status]")


def opened(page, address):
    """Open a page and start its Python."""
    page.goto(address)
    page.get_by_role("button", name=OFFER).click()
    status(page).filter(has_text=STARTED).wait_for(timeout=START_WITHIN)
    return page


def run_all(page):
    page.get_by_role("button", name="Run all").click()
    page.wait_for_function(IDLE, timeout=RUN_WITHIN)
    return status(page).inner_text()


def edit(page, code, number=0):
    """Put other code into the cell of a number."""
    page.locator(".cell_input pre[contenteditable]").nth(number).fill(code)


def run(page, number=0):
    page.locator(".live-bar button").nth(number).click()
    page.wait_for_function(IDLE, timeout=RUN_WITHIN)


def result(page):
    """Return the first result that is not the recorded one."""
    return page.locator(".live-output").first.inner_text().strip()


def notes(page):
    return page.locator(".cell:not(.live-exercise) .live-bar span").all_inner_texts()


@pytest.fixture(scope="module")
def started(browser, server):
    """A page that has started its Python."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    yield opened(context.new_page(), f"{server.url}/{PAGE}")
    context.close()


@pytest.fixture
def shared(started):
    """The page that all tests share, which is afterwards as it was."""
    yield started
    undo = started.get_by_role("button", name="Undo my changes")
    if undo.is_enabled():
        undo.click()


def test_every_cell_shows_what_the_book_shows(browser, server, site, page_name):
    name = page_name.removeprefix("book/").removesuffix(".html")
    if not (site / FOLDER / "cells" / f"{name}.json").exists():
        pytest.skip("this page does not run in the browser")
    page = browser.new_page()
    with checks.listening(page, server.url.partition("//")[2]) as faults:
        opened(page, f"{server.url}/{page_name}")
        sliders = page.evaluate(SLIDERS)
        assert run_all(page).startswith("Done")
        assert "your result" not in notes(page)
        redrawn = page.evaluate(SLIDERS)
    page.close()
    assert [visible_text(html) for html in redrawn] == [visible_text(html) for html in sliders]
    assert faults == []


def test_a_changed_cell_shows_its_own_result_until_it_is_undone(shared):
    before = shared.locator(".cell_input pre[contenteditable]").first.inner_text()
    edit(shared, "print('seven')")
    run(shared)
    assert notes(shared)[0] == "your result"
    assert result(shared) == "seven"
    fold = shared.locator(".cell_output details", has_text="In the book").first
    assert fold.locator("pre").first.text_content().startswith("[0 0 1] -> 0")
    shared.get_by_role("button", name="Undo my changes").click()
    assert shared.locator(".cell_input pre[contenteditable]").first.inner_text() == before
    assert shared.locator(".live-output").count() == 0


def test_an_error_is_told_with_its_line(shared):
    edit(shared, "a = 1\nb = nothing")
    run(shared)
    assert "Cell 1, line 2: NameError: name 'nothing' is not defined" in status(shared).inner_text()


def test_what_stands_above_runs_first(shared):
    edit(shared, "X = 'changed'")
    edit(shared, "print(X)", 2)
    run(shared, 2)
    assert any("changed" in text for text in shared.locator(".live-output").all_inner_texts())


def test_an_endless_loop_can_be_stopped(fresh_tab, server):
    with fresh_tab() as page:
        opened(page, f"{server.url}/{PAGE}")
        edit(page, "while True: pass")
        page.locator(".live-bar button").first.click()
        page.get_by_role("button", name="Stop").click()
        assert "Stopped" in status(page).inner_text()
        edit(page, "print(1 + 1)")
        run(page)
        assert result(page) == "2"


def test_too_much_memory_is_told_and_the_page_goes_on(shared):
    edit(shared, "full = [bytearray(2**30) for _ in range(8)]")
    run(shared)
    assert "MemoryError" in status(shared).inner_text()
    shared.get_by_role("button", name="Undo my changes").click()
    run(shared)
    assert notes(shared)[0] == "as in the book"


@pytest.mark.parametrize("missing", ["pyodide.mjs", "pyodide.asm.wasm", "numpy-*.whl"])
def test_python_that_cannot_start_says_so(fresh_tab, server, missing):
    with fresh_tab() as page:
        page.route(f"{RUNTIME}{missing}", lambda route: route.abort())
        page.goto(f"{server.url}/{PAGE}")
        page.get_by_role("button", name=OFFER).click()
        status(page).filter(has_text="cannot start").wait_for(timeout=START_WITHIN)
        page.unroute(f"{RUNTIME}{missing}")
        run(page)
        assert notes(page)[0] == "as in the book"


def test_nothing_is_fetched_before_the_click(fresh_tab, server):
    server.sent.clear()
    with fresh_tab() as page:
        page.goto(f"{server.url}/{PAGE}", wait_until="networkidle")
    assert [path for path, _ in server.sent if f"{FOLDER}/" in path.as_posix()] == []


def test_the_keyboard_alone_suffices(fresh_tab, server):
    with fresh_tab() as page:
        page.goto(f"{server.url}/{PAGE}")
        page.get_by_role("button", name=OFFER).focus()
        page.keyboard.press("Enter")
        status(page).filter(has_text=STARTED).wait_for(timeout=START_WITHIN)
        page.locator(".cell_input pre[contenteditable]").first.focus()
        page.keyboard.press("Control+a")
        page.keyboard.type("for i in range(2):\nprint(i)")
        page.keyboard.press("Shift+Enter")
        page.locator(".live-output").first.wait_for(timeout=RUN_WITHIN)
        assert result(page) == "0\n1"
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Run"


def test_an_exercise_has_a_cell_to_try(shared):
    own = shared.locator(".live-exercise").first
    own.locator("pre[contenteditable]").fill("print(len('four'))")
    own.get_by_role("button").click()
    own.locator(".live-output").wait_for(timeout=RUN_WITHIN)
    assert own.locator(".live-output").inner_text().strip() == "4"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("colour", ["light", "dark"])
def test_an_opened_page_is_accessible(tab, server, colour, width):
    page = opened(tab(width=width, colour=colour), f"{server.url}/{PAGE}")
    edit(page, "print('seven')  # a remark")
    run(page)
    assert checks.accessibility_faults(page) == []
    assert checks.width_beyond_the_screen(page) <= 0


def test_a_redrawn_figure_has_the_colours_of_a_dark_page(fresh_tab, server):
    with fresh_tab(color_scheme="dark") as page:
        opened(page, f"{server.url}/{PAGE}")
        run_all(page)
        redrawn = page.locator(".cell_output figure.align-default img")
        assert redrawn.first.get_attribute("src").startswith("data:image/svg+xml")
        filters = redrawn.evaluate_all("images => images.map(i => getComputedStyle(i).filter)")
        assert set(filters) == {"invert(1) hue-rotate(180deg)"}


def test_a_page_on_the_disk_says_what_it_takes(tab, site):
    page = tab()
    page.goto(f"{site.as_uri()}/{PAGE}")
    assert page.get_by_role("button", name=OFFER).count() == 0
    assert "from a web server" in page.locator(".live-offer").inner_text()


def test_a_page_that_does_not_run_says_why(tab, server):
    page = tab()
    page.goto(f"{server.url}/book/inside/estimators.html")
    assert "scikit-learn" in page.locator(".live-offer").inner_text()


def test_a_page_without_code_offers_nothing(tab, server):
    page = tab()
    page.goto(f"{server.url}/book/index.html")
    assert page.locator(".live-offer").count() == 0


def test_the_recorded_outputs_are_printed(shared):
    shared.emulate_media(media="print")
    assert not shared.locator(".live-tools").is_visible()
    shared.emulate_media(media="screen")


def test_the_cells_of_a_page_are_those_that_it_shows(shared, site):
    cells = json.loads((site / FOLDER / "cells/network/xor.json").read_text("utf-8"))
    shown = [cell for cell in cells if not cell["hidden"]]
    assert len(shown) == shared.locator("article div.cell:not(.live-exercise)").count()
