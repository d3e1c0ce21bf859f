"""The content of chapters as XHTML, as an EPUB wants it."""

import re
from xml.etree import ElementTree

from book.editions.chapters import parsed

# About what a printed page holds.
LETTERS_A_PAGE = 1800
PAGE_MARK = (
    '<span id="page-{0}" role="doc-pagebreak" aria-label="{0}" epub:type="pagebreak"></span>'
)
EPUB_NAMES = "http://www.idpf.org/2007/ops"
DOCTYPE = re.compile(r"<!DOCTYPE[^>]*>\s*")
PATH_OF_NOTHING = re.compile(r"<path(?![^>]*\sd=)")


def nest_rightly(body):
    """Take lists out of the paragraphs that Sphinx puts around them, and empty attributes away."""
    for paragraph in body.find_all("p"):
        if paragraph.find(["ul", "ol"], recursive=False):
            paragraph.unwrap()
    for table in body.find_all("mtable", columnspacing=""):
        del table["columnspacing"]


def let_scroll(body):
    """Let keys scroll, too, what may be wider than the screen."""
    for box in body.select(".math-wrapper, .table-wrapper"):
        box["tabindex"] = "0"


def plain_svg(content):
    """Return a drawing without its document type, and with a path, if empty, for each blank."""
    text = DOCTYPE.sub("", content.decode())
    return PATH_OF_NOTHING.sub('<path d=""', text).encode()


def use_mathml(body):
    """Leave of each formula its MathML, with its TeX as the alternative text."""
    for formula in body.select(".katex"):
        math = formula.math.extract()
        math["alttext"] = " ".join(math.annotation.get_text().split())
        math.annotation.decompose()
        math.semantics.unwrap()
        formula.replace_with(math)


def link_files(body, file_of, site):
    """Lead links to the file that holds their target, or to the site if its address is known."""
    for link in body.find_all("a"):
        target = link.get("href", "")
        if target.startswith("#"):
            link["href"] = file_of[target[1:]] + target
        elif "data-site" in link.attrs and site:
            link["href"] = f"{site}/{link.attrs.pop('data-site')}"
        elif "data-site" in link.attrs:
            link.unwrap()


def link_to_notebook(address):
    """Return a paragraph that leads to a chapter's notebook on the site."""
    return parsed(f'<p><a href="{address}">This chapter as a notebook, on the site</a></p>')


def number_pages(chapters):
    """Mark about every printed page in the text; return the number and the place of each."""
    pages = []
    for chapter in chapters:
        letters = LETTERS_A_PAGE
        for block in blocks(chapter.body):
            if letters >= LETTERS_A_PAGE:
                number, letters = len(pages) + 1, 0
                block.insert_before(parsed(PAGE_MARK.format(number)))
                pages.append((number, chapter, f"page-{number}"))
            letters += len(block.get_text())
    return pages


def blocks(element):
    """Return what stands below each other in the sections of a chapter."""
    for child in element.find_all(True, recursive=False):
        if child.name == "section":
            yield from blocks(child)
        else:
            yield child


def as_xml(body):
    """Return a chapter as XML; what is not well formed raises an error."""
    text = body.decode(formatter="minimal")
    ElementTree.fromstring(f'<body xmlns:epub="{EPUB_NAMES}">{text}</body>')
    return text
