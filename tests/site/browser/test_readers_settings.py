"""The book under settings of readers and browsers: forced colours, direction, translation."""

from io import BytesIO

import matplotlib.image
import pytest

FORMULAS = "book/network/backpropagation.html"
CODE = "book/neuron/neuron-class.html"
SIGNATURES = "book/reference/api.html"

# Where the pieces of formulas, code and signatures stand within them.
PLACES = """() => ["div.math .mord", "pre span", ".sig .sig-name"].map(selector =>
    [...document.querySelectorAll(`article ${selector}`)].map(piece => {
        const whole = piece.closest("div.math .katex-display, pre, .sig");
        const places = [piece, whole].map(element => element.getBoundingClientRect().left);
        return Math.round(places[0] - places[1]);
    }))"""
# What translators may touch of a selection: Google's and Firefox's take class and attribute alike.
TRANSLATED = """selector => [...document.querySelectorAll(selector)]
    .filter(element => !element.closest(".notranslate, [translate=no]"))
    .map(element => element.outerHTML.slice(0, 200))"""


def pixels(locator):
    """Return the picture of an element as numbers from 0 to 1."""
    return matplotlib.image.imread(BytesIO(locator.screenshot()))[:, :, :3]


def ink(locator):
    """Return the share of an element's picture that is dark."""
    return (pixels(locator).mean(axis=2) < 0.5).mean()


def directions(page, selector):
    """Return the directions in which elements of the text run."""
    elements = page.locator(f"article :is({selector})")
    return set(elements.evaluate_all("all => all.map(e => getComputedStyle(e).direction)"))


def test_forced_colours_show_the_letter_under_a_hat(fresh_tab, server):
    shares = []
    for forced in ("none", "active"):
        with fresh_tab(forced_colors=forced) as page:
            page.goto(f"{server.url}/{FORMULAS}")
            page.evaluate("document.fonts.ready")
            shares.append(ink(page.locator("div.math .katex-accent").first))
    assert shares[1] > 0.8 * shares[0] > 0


def test_forced_colours_mark_only_the_current_chapter(fresh_tab, server):
    with fresh_tab(forced_colors="active") as page:
        page.goto(f"{server.url}/{FORMULAS}")
        striped = page.evaluate(
            """() => [...document.querySelectorAll(".sidebar-tree .reference")]
                .filter(link => parseFloat(getComputedStyle(link).borderLeftWidth) > 0)
                .map(link => link.parentElement.className.includes("current-page"))"""
        )
    assert striped == [True]


@pytest.mark.parametrize(("colour", "chosen"), [("light", "dark"), ("dark", "light")])
def test_forced_colours_decide_the_colours_of_figures(fresh_tab, server, colour, chosen):
    with fresh_tab(forced_colors="active", color_scheme=colour) as page:
        page.goto(f"{server.url}/{FORMULAS}")
        figure = page.locator("article figure img").first
        own = pixels(figure).mean()
        page.evaluate(f"document.body.dataset.theme = '{chosen}'")
        assert pixels(figure).mean() == pytest.approx(own)
        assert (own > 0.5) == (colour == "light")


@pytest.mark.parametrize("name", [FORMULAS, CODE, SIGNATURES])
def test_text_from_right_to_left_turns_no_formula_and_no_code(fresh_tab, server, name):
    with fresh_tab() as page:
        page.goto(f"{server.url}/{name}")
        places = page.evaluate(PLACES)
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert any(places)
        assert page.evaluate(PLACES) == places
        assert directions(page, "code, .math, .output:not(.text_html)") == {"ltr"}
        assert "rtl" in directions(page, "p")


def test_translators_leave_formulas_and_code_alone(tab, server, page_name):
    page = tab()
    page.goto(f"{server.url}/{page_name}")
    assert page.evaluate(TRANSLATED, ".katex, pre, code, .sig-name") == []
    assert page.evaluate("[...document.querySelectorAll('.math')].every(e => !e.translate)")
