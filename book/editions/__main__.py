"""Make editions of the built book.

python -m book.editions pdf
"""

import argparse
import sys
from pathlib import Path

from book.editions.pdf import write_pdfs
from book.editions.reading import SITE, read_book
from book.editions.site_index import read_index


def main():
    parser = argparse.ArgumentParser(description="Make editions of the built book.")
    parser.add_argument("edition", choices=["pdf"])
    parser.add_argument("--site", type=Path, default=SITE, help="the built site")
    parser.add_argument("--folder", type=Path, help="where to write (editions/ in the site)")
    given = parser.parse_args()
    folder = given.folder or given.site / "editions"
    try:
        files = write_pdfs(read_book(given.site), read_index(given.site), folder)
    except (FileNotFoundError, RuntimeError) as error:
        sys.exit(f"No PDF was made: {error}.")
    print(*files, sep="\n")


if __name__ == "__main__":
    main()
