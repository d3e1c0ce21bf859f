"""A page whose cells run in the browser, as the reader opens, changes, stops and leaves it."""

import json

import pytest

from book.extensions.live import FOLDER
from tests.site.browser import checks
from tests.site.browser.live_page import (
    OFFER,
    RUN_WITHIN,
    START_WITHIN,
    STARTED,
    edit,
    notes,
    opened,
    result,
    run,
    run_all,
    status,
)
from tests.site.browser.server import serve

PAGE = "book/network/xor.html"
ANOTHER = "book/network/layers.html"
RUNTIME = "**/_static/live/runtime/"
BORDERS = """element => {
    const style = getComputedStyle(element);
    return parseFloat(style.borderTopWidth) + parseFloat(style.borderLeftWidth);
}"""


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


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("full = [bytearray(2**30) for _ in range(8)]", "MemoryError"),
        ("import os; os.abort()", "Run starts it anew"),
    ],
    ids=["too much memory", "Python dies"],
)
def test_what_ends_a_run_is_told_and_the_page_goes_on(shared, code, told):
    edit(shared, code)
    run(shared)
    assert told in status(shared).inner_text()
    shared.get_by_role("button", name="Undo my changes").click()
    run(shared)
    assert notes(shared)[0] == "as in the book"


def test_a_page_has_one_python_until_it_is_left(fresh_tab, server):
    with fresh_tab() as page:
        opened(page, f"{server.url}/{PAGE}")
        assert page.get_by_role("button", name=OFFER).count() == 0
        assert len(page.workers) == 1
        page.goto(f"{server.url}/{ANOTHER}")
        assert page.workers == []


def test_the_next_page_fetches_no_runtime(kept_profile, site):
    with serve(site, {"Cache-Control": "max-age=600"}) as server:
        page = kept_profile.new_page()
        opened(page, f"{server.url}/{PAGE}")
        assert any("runtime" in path.parts for path, _ in server.sent)
        server.sent.clear()
        opened(page, f"{server.url}/{ANOTHER}")
        assert [path for path, _ in server.sent if "runtime" in path.parts] == []


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


def test_forced_colours_show_the_edge_of_what_can_be_edited(fresh_tab, server):
    with fresh_tab(forced_colors="active") as page:
        opened(page, f"{server.url}/{PAGE}")
        edit(page, "print('seven')")
        run(page)
        for part in (".cell_input pre[contenteditable]", ".live-output", ".live-tools"):
            assert page.locator(part).first.evaluate(BORDERS) >= 1, part


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
    cells = json.loads((site / FOLDER / "cells/network/xor.json").read_text("utf-8"))["cells"]
    shown = [cell for cell in cells if not cell["hidden"]]
    assert len(shown) == shared.locator("article div.cell:not(.live-exercise)").count()
