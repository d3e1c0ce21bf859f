"""Make editions of the built book: `python -m book.editions epub`."""

import argparse
import sys

from book.editions.epub import write_epub
from book.editions.offer import offer
from book.editions.reading import SITE, read_book

FOLDER = SITE / "editions"


def main():
    """Make what the command line names, or end with what is missing."""
    parser = argparse.ArgumentParser(prog="python -m book.editions", description=__doc__)
    parser.add_argument("edition", choices=["epub"])
    parser.add_argument("--site", default="", help="the address of the site, for links to it")
    options = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    try:
        write_epub(read_book(), FOLDER / "neural-networks.epub", options.site.rstrip("/"))
        offer(SITE)
    except FileNotFoundError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
