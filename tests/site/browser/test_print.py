"""The pages on paper."""

from tests.site.browser import checks
from tests.site.browser.test_browser import KEYBOARD_PAGE, broken_page

# A4 with the margins of the style sheet, in pixels of CSS.
PAPER = {"width": round(174 / 25.4 * 96), "height": round(257 / 25.4 * 96)}


def test_page_is_printed_well(tab, server, page_name):
    page = tab(**PAPER)
    page.goto(f"{server.url}/{page_name}")
    assert checks.faults_of_print(page, most=0.4 * PAPER["height"]) == []


def test_solutions_are_printed_open(tab, server):
    page = tab(**PAPER)
    page.goto(f"{server.url}/{KEYBOARD_PAGE}")
    page.emulate_media(media="print")
    solution = page.locator("details.solution").first
    assert solution.bounding_box()["height"] > 100
    page.emulate_media(media="screen")
    assert solution.bounding_box()["height"] < 100


def test_check_sees_faults_of_print(tab):
    page = tab(**PAPER)
    page.set_content(broken_page("<article><p style='height: 900px'>tall</p></article>"))
    assert checks.faults_of_print(page, most=500) == []
    page.set_content(
        broken_page(
            "<a class='bar' style='position: fixed'>here</a>"
            "<article><p style='height: 900px; break-inside: avoid'>tall</p></article>"
        )
    )
    assert [fault.partition(":")[0] for fault in checks.faults_of_print(page, most=500)] == [
        "covers the text",
        "in one piece",
    ]
