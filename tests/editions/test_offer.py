"""The landing page offers the editions that are there."""

import re

import pytest

from book.editions.offer import TITLES, offer
from book.editions.reading import ROOT

PAGE = '<h2>How to read</h2>\n<div id="editions">{}</div>\n<footer></footer>'


@pytest.fixture
def site(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "editions").mkdir()
    (tmp_path / "book" / "index.html").write_text(PAGE.format(""))
    return tmp_path


def line(site):
    return (site / "book" / "index.html").read_text()


def test_what_is_there_is_offered_with_its_size(site):
    (site / "editions" / "neural-networks.epub").write_bytes(bytes(2_140_000))
    offer(site)
    link = '<a href="../editions/neural-networks.epub">EPUB</a> (2.1 MB)'
    assert line(site) == PAGE.format(f"<p>To take along: {link}.</p>")


def test_a_second_offer_takes_the_place_of_the_first(site):
    for number, name in enumerate(TITLES, start=1):
        (site / "editions" / name).write_bytes(b"")
        offer(site)
        assert line(site).count("<a ") == number
        assert line(site).count("To take along") == 1


def test_a_page_without_a_place_is_refused(site):
    (site / "book" / "index.html").write_text("<h2>How to read</h2>")
    with pytest.raises(ValueError, match="0 places for the editions"):
        offer(site)


@pytest.mark.editions
def test_readme_tells_the_sizes(edition_file):
    told = re.findall(r"\(([\d.]+) MB\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    sizes = [edition_file(name, "make editions").stat().st_size / 1e6 for name in TITLES]
    assert [float(size) for size in told] == pytest.approx(sizes, rel=0.1)
