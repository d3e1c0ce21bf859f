"""The search of the built book: what it finds, and what it marks on the page that it found."""

import pytest

from tests.site.browser import checks
from tests.site.browser.test_browser import KEYBOARD_PAGE

SLIP = "E-T1-04"
MARKS = "article .highlighted"
POLICY = "script-src 'self'"


def found(page, root, query):
    """Search for a query and return the addresses of what is found, in order."""
    page.goto(f"{root}/search.html?q={query}")
    page.get_by_text("Search finished").wait_for(timeout=5000)
    return page.locator("#search-results li > a").evaluate_all("links => links.map(a => a.href)")


def says(page, address, word):
    """Return whether a page has a word itself: another form of it is found as well."""
    article = page.request.get(address).text().partition("<article")[2].partition("</article>")[0]
    return word in article.lower()


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_search_finds_a_word(tab, server, site, scheme):
    page = tab()
    page.goto(f"{server.url if scheme == 'http' else site.as_uri()}/{KEYBOARD_PAGE}")
    with checks.listening(page, server.url.partition("//")[2]) as faults:
        page.fill("input[name=q]", "vector")
        page.press("input[name=q]", "Enter")
        hits = page.locator("#search-results li a")
        hits.first.wait_for()
        assert any("dot product" in hit for hit in hits.all_inner_texts())
    assert faults == []


@pytest.mark.parametrize(
    ("word", "in_the_book"),
    [
        ("regularization", "regularisation"),
        ("normalization", "normalisation"),
        ("optimizer", "optimiser"),
        ("optimiser", "optimizer"),
        ("neighbor", "neighbour"),
        ("crossentropy", "cross-entropy"),
        ("minibatch", "mini-batch"),
    ],
)
def test_search_finds_other_spellings(tab, server, word, in_the_book):
    page = tab()
    wanted = {hit.partition("#")[0] for hit in found(page, server.url, in_the_book)}
    assert wanted
    assert wanted <= {hit.partition("#")[0] for hit in found(page, server.url, word)}


def test_number_of_a_slip_finds_its_own_page_first(tab, server):
    page = tab()
    first = found(page, server.url, SLIP)[0]
    page.goto(first)
    assert SLIP in page.locator(".admonition.erratum:target").inner_text()


@pytest.mark.parametrize("word", ["x", "light", "contents"])
def test_found_words_are_marked_in_the_text(tab, server, word):
    page = tab()
    with checks.listening(page, server.url.partition("//")[2]) as faults:
        page.goto(next(hit for hit in found(page, server.url, word) if says(page, hit, word)))
        page.locator(MARKS).first.wait_for(state="attached", timeout=2000)
        page.wait_for_timeout(50)
    assert faults == []
    assert page.locator(".highlighted").count() == page.locator(MARKS).count()


def test_marks_are_hidden_under_a_policy_without_inline_scripts(fresh_tab, server):
    with fresh_tab() as page:
        page.route(
            f"**/{KEYBOARD_PAGE}*",
            lambda route: route.fulfill(
                response=route.fetch(), headers={"Content-Security-Policy": POLICY}
            ),
        )
        page.goto(f"{server.url}/{KEYBOARD_PAGE}?highlight=vector")
        page.locator(MARKS).first.wait_for()
        page.get_by_text("Hide Search Matches").click()
        assert page.locator(MARKS).count() == 0
