"""Make editions of the built book: an EPUB, and PDFs for two sizes of pages."""

import argparse
import sys

from book.editions.epub.write import write_epub
from book.editions.offer import offer
from book.editions.pdf.index import read_index
from book.editions.pdf.write import write_pdfs
from book.editions.reading import SITE, read_book

FOLDER = SITE / "editions"


def main():
    """Make what the command line names, or end with what is missing."""
    parser = argparse.ArgumentParser(prog="python -m book.editions", description=__doc__)
    parser.add_argument("only", nargs="?", choices=["epub", "pdf"], help="make only this one")
    parser.add_argument("--site", default="", help="the address of the site, for links to it")
    options = parser.parse_args()
    try:
        book = read_book()
        FOLDER.mkdir(exist_ok=True)
        if options.only != "epub":
            write_pdfs(book, read_index(), FOLDER)
        if options.only != "pdf":
            write_epub(book, FOLDER, options.site.rstrip("/"))
    except (FileNotFoundError, RuntimeError) as error:
        sys.exit(f"No edition was made: {error}.")
    offer(SITE)


if __name__ == "__main__":
    main()
