"""The line of the landing page that offers the editions."""

import re

from book.editions.epub.write import NAME
from book.editions.pdf.papers import A4, TABLET

PLACE = re.compile(r'<div id="editions">.*?</div>', re.DOTALL)
TITLES = {
    NAME: "EPUB",
    A4.file: "PDF on A4",
    TABLET.file: "PDF for tablets",
}


def offer(site):
    """Link the editions of a site on its landing page, with their sizes."""
    files = {title: site / "editions" / name for name, title in TITLES.items()}
    links = [
        f'<a href="../editions/{file.name}">{title}</a> ({megabytes(file)} MB)'
        for title, file in files.items()
        if file.exists()
    ]
    page = site / "book" / "index.html"
    line = f'<div id="editions"><p>To take along: {", ".join(links)}.</p></div>'
    text, places = PLACE.subn(line, page.read_text(encoding="utf-8"))
    if places != 1:
        raise ValueError(f"the landing page has {places} places for the editions, not 1")
    page.write_text(text, encoding="utf-8")


def megabytes(file):
    """Return the size of a file as a reader wants it."""
    return f"{file.stat().st_size / 1e6:.1f}"
