"""The content security policy of the pages: what belongs to the book works, nothing else runs."""

import pytest

from tests.site.browser import checks

PAGE = "book/neuron/reducing-the-error.html"
ADD_SCRIPT = """() => {
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    return Boolean(window.ran);
}"""

on_disk_and_by_http = pytest.mark.parametrize("scheme", ["http", "file"])


@on_disk_and_by_http
def test_everything_that_moves_keeps_to_the_policy(fresh_tab, server, site, scheme):
    address = server.url if scheme == "http" else site.as_uri()
    with (
        fresh_tab(permissions=["clipboard-write"], color_scheme="light") as page,
        checks.listening(page, server.url.partition("//")[2]) as faults,
    ):
        page.goto(f"{address}/{PAGE}")
        page.click(".theme-toggle-content .theme-toggle")
        assert page.evaluate("document.body.dataset.theme") == "dark"
        page.reload()
        assert page.evaluate("document.body.dataset.theme") == "dark"
        page.locator("button.copybtn").first.click()
        slider = page.locator(".slider").first
        slider.locator("input").focus()
        page.keyboard.press("End")
        assert slider.locator("img").last.evaluate("image => image.naturalWidth > 0")
        page.fill("input[name=q]", "vector")
        page.press("input[name=q]", "Enter")
        page.locator("#search-results li a").first.wait_for()
    assert faults == []


@on_disk_and_by_http
@pytest.mark.parametrize("name", [PAGE, "search.html", "genindex.html"])
def test_script_that_gets_into_a_page_is_refused(fresh_tab, server, site, scheme, name):
    address = server.url if scheme == "http" else site.as_uri()
    with fresh_tab() as page, checks.listening(page, server.url.partition("//")[2]) as faults:
        page.goto(f"{address}/{name}")
        assert not page.evaluate(ADD_SCRIPT)
    assert len(faults) == 1
    assert "Content Security Policy" in faults[0]
