"""Sliders in a real browser: the keys choose the picture, what is said is what is shown."""

import re

import pytest

from tests.site.browser import checks

CONTROL = re.compile(r".*(?:slider|\b(?:you choose|yourself)\b).*", re.IGNORECASE)


@pytest.fixture
def slider_pages(site):
    """The addresses of all pages with a slider."""
    return [
        path.relative_to(site).as_posix()
        for path in sorted(site.rglob("*.html"))
        if 'class="slider"' in path.read_text(encoding="utf-8")
    ]


@pytest.fixture
def slider_page(slider_pages):
    """The address of a page with a slider."""
    return slider_pages[0]


def test_keys_choose_the_picture(tab, server, slider_page):
    page = tab()
    page.goto(f"{server.url}/{slider_page}")
    slider = page.locator(".slider").first
    pictures, control = slider.locator("img"), slider.locator("input")
    control.focus()
    for key, number in (("Home", 0), ("ArrowRight", 1), ("End", pictures.count() - 1)):
        page.keyboard.press(key)
        value = pictures.nth(number).get_attribute("data-value")
        assert [picture.is_visible() for picture in pictures.all()].index(True) == number
        assert slider.locator("img:visible").count() == 1
        assert slider.locator("output").inner_text() == value
        assert control.get_attribute("aria-valuetext") == value
    assert checks.accessibility_faults(page) == []


def test_first_picture_is_shown_without_a_script(fresh_tab, server, slider_page):
    with fresh_tab(java_script_enabled=False) as page:
        page.goto(f"{server.url}/{slider_page}")
        slider = page.locator(".slider").first
        assert slider.locator("img").first.is_visible()
        assert slider.locator("img:visible").count() == 1
        assert slider.locator("input").is_hidden()


def test_without_a_script_no_sentence_speaks_of_the_control(fresh_tab, server, slider_pages):
    assert slider_pages
    speaking = {}
    with fresh_tab(java_script_enabled=False) as page:
        for name in slider_pages:
            page.goto(f"{server.url}/{name}")
            value = page.locator(".slider img:visible").first.get_attribute("data-value")
            assert page.locator(".slider output").first.inner_text() == value
            speaking[name] = CONTROL.findall(page.locator("article").inner_text())
    assert {name: said for name, said in speaking.items() if said} == {}
