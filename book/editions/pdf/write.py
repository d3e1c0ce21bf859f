"""The book as a PDF: printed once to learn where everything stands, and again with page numbers."""

from collections import defaultdict
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from book.chromium import QUIET, find_chromium
from book.editions.pdf.file import finish, pages_of_names
from book.editions.pdf.fonts import write_fonts
from book.editions.pdf.html import PrintHtml
from book.editions.pdf.papers import PAPERS

OLDEST = 133  # the first that prints running heads, and computes with the heights of pictures

# How a page is laid out while it loads hangs on the clock, down to the areas of its links.
LAY_OUT_ANEW = """async () => {
    await document.fonts.ready;
    document.normalize();
    document.body.replaceWith(document.body.cloneNode(true));
    await Promise.all(Array.from(document.images, image => image.decode()));
}"""


def write_pdfs(book, index, folder, papers=PAPERS):
    """Write the book on each paper into a folder, and return the files."""
    with TemporaryDirectory() as work, chromium() as browser:
        work = Path(work)
        write_pictures(book, work / "pictures")
        write_fonts(work / "fonts")
        return [write_pdf(book, index, folder, paper, browser, work) for paper in papers]


def write_pdf(book, index, folder, paper, browser, work):
    """Write the book on a paper, in a browser that finds pictures and fonts in a work folder."""
    target = folder / paper.file
    html = PrintHtml(book, index, paper, work / "fonts")
    first, second = work / "first.pdf", work / "second.pdf"
    print_pdf(browser, html.with_numbers(any_numbers()), first)
    numbers = pages_of_names(first)
    print_pdf(browser, html.with_numbers(numbers), second)
    refuse_moved(numbers, pages_of_names(second))
    finish(second, book, target)
    return target


def any_numbers():
    """Return numbers for the first print, different ones, so that the index names every place."""
    return defaultdict(count(1).__next__)


@contextmanager
def chromium():
    """Start a Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=QUIET)
        if int(browser.version.partition(".")[0]) < OLDEST:
            raise RuntimeError(
                f"Chromium {browser.version} is too old: {OLDEST} or newer is needed"
            )
        yield browser
        browser.close()


def write_pictures(book, folder):
    folder.mkdir()
    for name, content in book.pictures.items():
        (folder / name).write_bytes(content)


def print_pdf(browser, html, target):
    """Print HTML, whose pictures and fonts lie beside the target."""
    page = target.with_suffix(".html")
    page.write_text(html, encoding="utf-8")
    tab = browser.new_page()
    tab.set_default_timeout(0)
    tab.goto(page.as_uri())
    tab.evaluate(LAY_OUT_ANEW)
    tab.pdf(
        path=target,
        prefer_css_page_size=True,
        print_background=True,
        tagged=True,
    )
    tab.close()


def refuse_moved(before, after):
    """End if the page numbers themselves have moved what they count."""
    moved = [name for name, page in after.items() if before[name] != page]
    if moved:
        first = min(moved, key=before.get)
        raise RuntimeError(f"the page numbers have moved the text: see pdf.css, and {first}")
