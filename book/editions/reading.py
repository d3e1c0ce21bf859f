"""The built site as one book: its pages in the order of the table of contents.

Every id is made unique in the whole book, and every link leads to such an id, so that an edition
may put chapters into files of its own or all into one.
"""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

import yaml
from bs4 import BeautifulSoup

from book.editions.back_matter import back_matter
from book.editions.chapters import Book, Chapter, Part, parsed, text_of
from book.editions.still import stand_still

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "_build" / "html"
SVG_ADDRESS = "data:image/svg+xml,"
ABOUT = (
    '<p class="about">This is the book to take along, made from the pages of its site. There, '
    "cells can be edited and run, and sliders move; here a slider is shown in some of its "
    "positions. Solutions, and the code that draws the figures, stand at the end of each Part. "
    "Whoever types along needs that code, too: some of it makes what later cells use. "
    "Text and figures: CC BY 4.0. Code: MIT licence.</p>"
)
NO_NAME = re.compile(r"[^\w.-]")


@cache
def settings():
    """Return the settings of the book: title, author, language, version."""
    return yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))


@cache
def contents():
    """Return the captions of the book's Parts, each with the names of its pages."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    parts = [
        (part["caption"], [page["file"] for page in part["chapters"]]) for part in toc["parts"]
    ]
    return [("", [toc["root"]]), *parts]


def read_book(site=SITE):
    """Read the built site."""
    if not (site / "index.html").is_file():
        raise FileNotFoundError("there is no built book: run `make book` first")
    pages = {page for _, names in contents() for page in names}
    book = Book([])
    for caption, names in contents():
        part = Part(caption, [read_chapter(site, name, pages, book.pictures) for name in names])
        part.chapters += back_matter(part)
        book.parts.append(part)
    book.chapters[0].body.h1.insert_after(parsed(ABOUT))
    return book


def read_chapter(site, page, pages, pictures):
    """Read one page, and collect its pictures."""
    soup = BeautifulSoup((site / f"{page}.html").read_bytes(), "html.parser")
    section = soup.select_one("article .body > section")
    stand_still(section)
    use_common_ids(section, page, pages)
    collect_pictures(section, site, page, pictures)
    body = soup.new_tag("div", attrs={"class": "chapter", "id": anchor(page)})
    body.append(section.extract())
    notebook = soup.select_one("a.notebook-link")
    address = urljoin(f"{page}.html", notebook["href"]) if notebook else ""
    return Chapter(anchor(page), text_of(body.h1), body, address)


def anchor(page, fragment=""):
    """Return the id, in the whole book, of a place on a page."""
    name = page.removeprefix("book/").replace("/", "-")
    return NO_NAME.sub("-", f"{name}--{fragment}") if fragment else name


def use_common_ids(section, page, pages):
    """Make ids and links those of the whole book; mark a link to another file of the site."""
    for element in [section, *section.find_all(id=True)]:
        element["id"] = anchor(page, element["id"])
    for link in section.find_all("a", href=True):
        parts = urlsplit(urljoin(f"{page}.html", link["href"]))
        target = parts.path.removesuffix(".html")
        if parts.scheme:
            continue
        if target in pages:
            link["href"] = f"#{anchor(target, unquote(parts.fragment))}"
        else:
            link["data-site"] = parts.geturl()
            del link["href"]


def collect_pictures(section, site, page, pictures):
    """Name every picture after its content, and keep it under this name."""
    for image in section.find_all("img"):
        source = image["src"]
        if source.startswith(SVG_ADDRESS):
            content, ending = unquote(source.removeprefix(SVG_ADDRESS)).encode(), ".svg"
        else:
            path = urljoin(f"{page}.html", source)
            content, ending = (site / path).read_bytes(), PurePosixPath(path).suffix
        name = sha256(content).hexdigest()[:16] + ending
        pictures[name] = content
        image["src"] = f"pictures/{name}"
