"""The book as a PDF: printed once to learn where everything stands, and again with page numbers."""

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from book.chromium import QUIET, find_chromium
from book.editions.pdf_file import finish, pages_of_names
from book.editions.print_html import no_numbers, whole_book


def write_pdf(book, index, folder, paper):
    """Write the book on a paper into a folder, and return the file."""
    target = folder / f"neural-networks-{paper.name}.pdf"
    with TemporaryDirectory() as work, chromium() as browser:
        work = Path(work)
        write_pictures(book, work)
        first, second = work / "first.pdf", work / "second.pdf"
        print_pdf(browser, whole_book(book, index, paper, no_numbers()), first)
        numbers = pages_of_names(first)
        print_pdf(browser, whole_book(book, index, paper, numbers), second)
        refuse_moved(numbers, pages_of_names(second))
        finish(second, target)
    return target


@contextmanager
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=QUIET)
        yield browser
        browser.close()


def write_pictures(book, folder):
    (folder / "pictures").mkdir()
    for name, content in book.pictures.items():
        (folder / "pictures" / name).write_bytes(content)


def print_pdf(browser, html, target):
    """Print HTML, whose pictures lie beside the target."""
    page = target.with_suffix(".html")
    page.write_text(html, encoding="utf-8")
    tab = browser.new_page()
    tab.goto(page.as_uri(), timeout=0)
    tab.evaluate("document.fonts.ready")
    tab.pdf(
        path=target,
        prefer_css_page_size=True,
        print_background=True,
        tagged=True,
        outline=True,
    )
    tab.close()


def refuse_moved(before, after):
    """End if the page numbers themselves have moved what they count."""
    moved = [name for name, page in after.items() if before[name] != page]
    if moved:
        raise RuntimeError(f"page numbers are wrong, for the second print moved: {moved[:5]}")
