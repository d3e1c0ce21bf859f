"""What is wider than a phone shows that it goes on, and scrolls by finger and by key."""

from io import BytesIO

import matplotlib.image
import pytest

from tests.site.browser.test_browser import PHONE

WIDE = {
    "code": ("book/network/backpropagation.html", ".cell_input pre"),
    "listing": ("book/neuron/neuron-class.html", ".literal-block-wrapper pre"),
    "formula": ("book/network/backpropagation.html", ".math-wrapper"),
    "table": ("book/reference/tutorial-map.html", ".table-wrapper"),
}
EDGE = 3
# What is on the screen follows a frame later, on a busy machine two.
SCROLL_TO_THE_END = """box => new Promise((done) => {
    box.scrollLeft = box.scrollWidth;
    requestAnimationFrame(() => requestAnimationFrame(done));
})"""


def wide_box(page, selector):
    """Return the first visible box of a selection whose content is wider than itself."""
    for box in page.locator(f"article {selector}").all():
        if box.is_visible() and box.evaluate("box => box.scrollWidth > box.clientWidth + 20"):
            return box
    return pytest.fail(f"no {selector} is wider than a phone")


def edges(box):
    """Return how bright the left and the right edge of a box are, above its first line."""
    picture = matplotlib.image.imread(BytesIO(box.screenshot()))[1:4, :, :3]
    return picture[:, :EDGE].mean(), picture[:, -EDGE:].mean()


@pytest.mark.parametrize("colour", ["light", "dark"])
@pytest.mark.parametrize("kind", WIDE)
def test_wide_box_is_shaded_where_it_goes_on(tab, server, kind, colour):
    name, selector = WIDE[kind]
    page = tab(**PHONE, colour=colour)
    page.goto(f"{server.url}/{name}")
    box = wide_box(page, selector)
    left, right = edges(box)
    assert abs(left - right) > 0.1
    box.evaluate(SCROLL_TO_THE_END)
    assert edges(box) == pytest.approx((right, left), abs=0.02)


@pytest.mark.parametrize("kind", WIDE)
def test_arrow_keys_scroll_a_wide_box_that_shows_its_focus(tab, server, kind):
    name, selector = WIDE[kind]
    page = tab(**PHONE)
    page.goto(f"{server.url}/{name}")
    page.keyboard.press("Tab")
    box = wide_box(page, selector)
    box.focus()
    assert box.evaluate("box => getComputedStyle(box).outlineStyle") == "solid"
    page.keyboard.press("ArrowRight")
    page.wait_for_function("box => box.scrollLeft > 0", arg=box.element_handle())


def test_a_box_that_is_wide_enough_has_no_shade(tab, server):
    page = tab(**PHONE)
    page.goto(f"{server.url}/{WIDE['formula'][0]}")
    narrow = [
        box
        for box in page.locator("article .math-wrapper").all()
        if box.is_visible() and box.evaluate("box => box.scrollWidth <= box.clientWidth")
    ]
    assert narrow
    assert all(abs(left - right) < 0.02 for left, right in map(edges, narrow))
