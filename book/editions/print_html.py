"""The whole book as one HTML file that a browser prints."""

import re
from collections import defaultdict
from html import escape
from pathlib import Path

from matplotlib import get_data_path
from pygments.formatters import HtmlFormatter

from book.editions.long_lines import mark_long_lines
from book.editions.reading import ROOT, anchor, settings

STYLES = [
    ROOT / "book" / "extensions" / "katex" / "katex-swap.min.css",
    Path(__file__).with_name("pdf.css"),
]
# These have the Greek letters and signs that the other fonts lack, on every machine.
FONTS = Path(get_data_path()) / "fonts" / "ttf"
FALLBACK = [
    ("DejaVu Sans Mono", 400, "normal", "DejaVuSansMono.ttf"),
    ("DejaVu Sans Mono", 700, "normal", "DejaVuSansMono-Bold.ttf"),
    ("DejaVu Sans Mono", 400, "italic", "DejaVuSansMono-Oblique.ttf"),
    ("DejaVu Sans", 400, "normal", "DejaVuSans.ttf"),
]
HEADING = re.compile(r"(</?)h([1-5])\b")
SUBTITLE = (
    "Every line of code is run, and what the text says is checked against what the code gives"
)


def whole_book(book, index, paper, numbers):
    """Return the HTML of the book with these page numbers of ids."""
    config = settings()
    options = config["sphinx"]["config"]
    parts = "".join(part_html(part, paper, numbers) for part in book.parts)
    links = "".join(f'<link rel="stylesheet" href="{style.as_uri()}">' for style in STYLES)
    return (
        f'<!doctype html><html lang="{options["language"]}"><head><meta charset="utf-8">'
        f"<title>{escape(config['title'])}</title>{links}<style>{style(book, paper)}</style></head>"
        f'<body class="{paper.name}">{title_page(config["title"], options["release"])}'
        f"{contents(book, numbers)}{parts}{index_html(index, numbers)}</body></html>"
    )


def style(book, paper):
    """Return what the style sheet cannot know: palette, fonts, paper and running heads."""
    options = settings()["sphinx"]["config"]
    palette = options["html_theme_options"]["light_css_variables"]
    variables = "".join(f"--{name}: {value};" for name, value in palette.items())
    return "\n".join(
        [
            f":root {{ {variables} --text-size: {paper.text_size}; --code-size: {paper.code_size} }}",
            HtmlFormatter(style=options["pygments_style"]).get_style_defs(".highlight"),
            *(font_face(*font) for font in FALLBACK),
            f"@page {{ size: {paper.size}; margin: {paper.margin} }}",
            running_head("contents", "Contents", "Contents", paper),
            *(
                running_head(chapter.name, part.caption or chapter.title, chapter.title, paper)
                for part in book.parts
                for chapter in part.chapters
            ),
            running_head("index-of-terms", "Index", "Index", paper),
        ]
    )


def font_face(family, weight, slope, file):
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {slope}; '
        f'src: url("{(FONTS / file).as_uri()}") }}'
    )


def running_head(name, left, right, paper):
    """Return the rules for the pages of a chapter."""
    sides = [(":left", "left", left), (":right", "right", right)]
    if not paper.two_sided:
        sides = [("", "left", right)]
    rules = [f"#{name} {{ page: {name} }}"]
    for page, corner, text in sides:
        number = "right" if corner == "left" else "left"
        if paper.two_sided:
            number, corner = corner, number
        rules.append(
            f"@page {name}{page} {{ @top-{corner} {{ content: {quoted(text)} }} "
            f"@top-{number} {{ content: counter(page) }} }}"
        )
    return "\n".join(rules)


def quoted(text):
    """Return a text as a string of CSS."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def title_page(title, version):
    return (
        f'<div class="title-page"><p class="title">{escape(title)}</p>'
        f'<p class="subtitle">{SUBTITLE}</p><p class="version">Version {version}</p></div>'
    )


def contents(book, numbers):
    """Return the table of contents."""
    lines = []
    for part in book.parts:
        if part.caption:
            lines.append(line("part-line", part_id(part), part.caption, numbers))
        for chapter in part.chapters:
            lines.append(line("chapter-line", chapter.name, chapter.title, numbers))
            lines += [
                line("section-line", heading.parent["id"], heading.get_text(), numbers)
                for heading in chapter.body.select("section[id] > h2")
            ]
    lines.append(line("part-line", "index-of-terms", "Index", numbers))
    return f'<nav id="contents"><h1>Contents</h1>{"".join(lines)}</nav>'


def line(css_class, target, text, numbers):
    text = escape(" ".join(text.split()))
    return (
        f'<p class="{css_class}"><a href="#{target}">{text}</a>'
        f'<span class="number">{numbers[target]}</span></p>'
    )


def part_id(part):
    return anchor(part.caption.partition(":")[0].lower().replace(" ", "-"))


def part_html(part, paper, numbers):
    """Return the chapters of a Part, behind a page with its title and a list of them."""
    if not part.caption:
        return "".join(
            mark_long_lines(str(chapter.body), paper.line_of_code) for chapter in part.chapters
        )
    chapters = "".join(chapter_html(chapter, paper) for chapter in part.chapters)
    lines = [line("chapter-line", each.name, each.title, numbers) for each in part.chapters]
    return (
        f'<div class="part-page" id="{part_id(part)}"><h1>{escape(part.caption)}</h1>'
        f"{''.join(lines)}</div>{chapters}"
    )


def chapter_html(chapter, paper):
    """Return a chapter with its headings one level lower: the highest is that of the Parts."""
    html = HEADING.sub(lambda tag: f"{tag[1]}h{int(tag[2]) + 1}", str(chapter.body))
    return mark_long_lines(html, paper.line_of_code)


def index_html(index, numbers):
    letters = "".join(
        f'<div class="letter"><p class="letter-title">{letter}</p>'
        f"{''.join(entry_html(entry, numbers) for entry in entries)}</div>"
        for letter, entries in index
    )
    return f'<div id="index-of-terms"><h1>Index</h1><div class="letters">{letters}</div></div>'


def entry_html(entry, numbers, css_class="entry"):
    text = escape(entry.text)
    if entry.target:
        text += f', <a href="#{entry.target}">{numbers[entry.target]}</a>'
    under = "".join(entry_html(each, numbers, "entry under") for each in entry.under)
    return f'<p class="{css_class}">{text}</p>{under}'


def no_numbers():
    """Return page numbers for the first print, from which the true ones are read."""
    return defaultdict(int)
