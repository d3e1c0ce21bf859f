"""The whole book as one HTML file, which a browser prints."""

import re
from copy import copy
from html import escape

from book.editions.pdf.index_uses import IndexUses
from book.editions.pdf.lists import contents, index_of_terms, part_page
from book.editions.pdf.long_lines import mark_long_lines
from book.editions.pdf.style import style
from book.editions.reading import settings

HEADING = re.compile(r"(</?)h([1-5])\b")
# Names and marks of Python, which have the colour of the text.
PLAIN_CODE = re.compile(r'<span class="(?:n|nn|p|w)">([^<]*)</span>')
# A formula's text for reading aloud, which tags cannot hold as they are, and the same as TeX.
FORMULA = re.compile(
    r'<span class="katex"><span class="katex-mathml">.*?'
    r'<annotation encoding="application/x-tex">(.*?)</annotation></semantics></math></span>'
    r'<span aria-hidden="true" class="katex-html">',
    re.DOTALL,
)
TAGGED = '<span class="katex" role="img" aria-label="{}"><span class="katex-html">'
# Links whose words alone would lead nowhere on paper.
TO_AND_FRO = re.compile(r'<a href="#([^"]+)">(?:Solution|The code|Exercise )[^<]*</a>')
SHORT = 10  # lines
SUBTITLE = (
    "Every line of code is run, and what the text says is checked against what the code gives"
)


class PrintHtml:
    """The book on a paper: all but the page numbers, which only a print can tell."""

    def __init__(self, book, index, paper, fonts):
        self.book = book
        self.index = index
        self.paper = paper
        self.style = style(book, paper, fonts)
        self.uses = IndexUses(index)
        self.chapters = {
            chapter.name: self.chapter(chapter, part)
            for part in book.parts
            for chapter in part.chapters
        }

    def chapter(self, chapter, part):
        """Return a chapter, with its headings one level below that of its Part."""
        body = copy(chapter.body)
        mark_short_blocks(body)
        html = self.uses.mark(str(body), chapter)
        if part.caption:
            html = HEADING.sub(lambda tag: f"{tag[1]}h{int(tag[2]) + 1}", html)
        html = PLAIN_CODE.sub(r"\1", html)  # a PDF tags every element, which is slow and large
        html = FORMULA.sub(lambda formula: TAGGED.format(formula[1].replace('"', "&quot;")), html)
        return mark_long_lines(html, self.paper.line_of_code)

    def with_numbers(self, numbers):
        """Return all of the HTML; the numbers are those of the pages that ids stand on."""
        config = settings()
        options = config["sphinx"]["config"]
        return (
            f'<!doctype html><html lang="{options["language"]}"><head><meta charset="utf-8">'
            f"<title>{escape(config['title'])}</title>{self.style}</head>"
            f'<body class="{self.paper.name}">'
            f"{title_page(config['title'], options['release'])}"
            f"{contents(self.book, numbers)}"
            f"{''.join(self.part(part, numbers) for part in self.book.parts)}"
            f"{index_of_terms(self.index, self.uses, numbers)}</body></html>"
        )

    def part(self, part, numbers):
        chapters = "".join(self.chapters[chapter.name] for chapter in part.chapters)
        chapters = TO_AND_FRO.sub(
            lambda link: f'{link[0]}, page <span class="page">{numbers[link[1]]}</span>', chapters
        )
        return (part_page(part, numbers) if part.caption else "") + chapters


def mark_short_blocks(body):
    """Mark the cells and listings that are kept on one page: those that leave no great gap."""
    for block in body.select(".cell, .listing"):
        code = "".join(pre.get_text() for pre in block.find_all("pre"))
        if code.count("\n") <= SHORT and not block.img:
            block["class"].append("short")


def title_page(title, version):
    return (
        f'<div class="title-page"><p class="title">{escape(title)}</p>'
        f'<p class="subtitle">{SUBTITLE}</p><p class="version">Version {version}</p></div>'
    )
