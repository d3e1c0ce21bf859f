"""The bibliography names a work as the text does that cites it."""

from tests.site.pages import page_names

BIBLIOGRAPHY = "book/reference/bibliography.html"


def test_works_are_labelled_as_they_are_cited(site, page_at):
    works = page_at(site / BIBLIOGRAPHY).soup.select("div.citation")
    labels = {work["id"]: work.select_one(".label").get_text().strip("[]") for work in works}
    cited = {
        (link["href"].rpartition("#")[2], link.get_text())
        for name in page_names(site)
        for link in page_at(site / name).soup.select('a[href*="bibliography.html#"]')
    }
    assert {label for label, _ in cited} == set(labels)
    whole = [(label, words) for label, words in cited if ", " in words]
    years = [(label, words) for label, words in cited if ", " not in words]
    assert len(whole) > 20 < len(years)
    assert all(labels[label] == words for label, words in whole)
    assert all(labels[label].endswith(f", {year}") for label, year in years)
