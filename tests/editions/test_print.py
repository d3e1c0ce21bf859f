"""How the book is made ready for paper, and what dates an edition."""

import subprocess
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup

from book.editions.chapters import Chapter
from book.editions.pdf.index import Entry
from book.editions.pdf.index_uses import IndexUses
from book.editions.pdf.long_lines import mark_long_lines
from book.editions.pdf.write import refuse_moved
from book.editions.reading import ROOT
from book.editions.when import commit_time


def test_long_lines_are_marked():
    code = "<pre><span></span>x = 1\n<b>total</b> = &lt;first&gt; + second\ny = 2\n</pre>"
    marked = BeautifulSoup(mark_long_lines(code, width=20), "html.parser")
    assert [line.get_text() for line in marked.select(".long")] == ["total = <first> + second\n"]
    assert marked.get_text() == BeautifulSoup(code, "html.parser").get_text()
    assert mark_long_lines(code, width=24) == code


def test_token_of_several_lines_keeps_its_look():
    code = '<pre><span class="sd">one\na long line of text\nthree</span> + 1\n</pre>'
    marked = BeautifulSoup(mark_long_lines(code, width=10), "html.parser")
    assert [str(token) for token in marked.select(".sd")] == [
        '<span class="sd">one\n</span>',
        '<span class="sd">a long line of text\n</span>',
        '<span class="sd">three</span>',
    ]
    assert "".join(marked.select_one(".long").find_all(string=True)) == "a long line of text\n"


def test_index_knows_where_its_words_are_used():
    body = BeautifulSoup('<div id="c"><p id="here">text</p></div>', "html.parser").div
    index = [("A", [Entry("axis", "glossary--axis", [Entry("x", "here")])])]
    uses = IndexUses(index)
    html = '<a class="x" href="#glossary--axis">axis</a><a href="#here">x</a><a href="#c">c</a>'
    marked = BeautifulSoup(uses.mark(html, Chapter("c", "C", body)), "html.parser")
    place = marked.a["id"]
    assert [link.get("id") for link in marked.find_all("a")] == [place, None, None]
    assert uses.of("glossary--axis") == ["glossary--axis", place]
    assert uses.of("here") == ["here"]


def test_moved_pages_are_refused():
    refuse_moved({"a": 3, "b": 5}, {"a": 3})
    with pytest.raises(RuntimeError, match=r"moved the text: see pdf\.css, and b$"):
        refuse_moved({"a": 9, "b": 5}, {"a": 8, "b": 6})


def test_date_of_an_edition_can_be_set(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert commit_time() == datetime(1970, 1, 2, tzinfo=UTC)


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this is no checkout")
def test_date_of_an_edition_is_that_of_the_commit(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    told = subprocess.check_output(["git", "log", "-1", "--format=%cI"], cwd=ROOT, text=True)
    assert commit_time() == datetime.fromisoformat(told.strip())


def test_date_of_an_edition_without_git(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("PATH", "")
    assert commit_time() == datetime(1980, 1, 1, tzinfo=UTC)
