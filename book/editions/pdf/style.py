"""The style of a print: two style sheets, and what they cannot know."""

from pathlib import Path

from pygments.formatters import HtmlFormatter

from book.editions.pdf.fonts import font_faces
from book.editions.pdf.headings import INDEX
from book.editions.reading import ROOT, settings

SHEETS = [
    ROOT / "book" / "extensions" / "katex" / "katex-swap.min.css",
    Path(__file__).with_name("pdf.css"),
]


def style(book, paper, fonts):
    """Return the elements that give the book its look on a paper."""
    options = settings()["sphinx"]["config"]
    rules = [
        font_faces(fonts),
        variables(options["html_theme_options"]["light_css_variables"], paper),
        HtmlFormatter(style=options["pygments_style"]).get_style_defs(".highlight"),
        f"@page {{ size: {paper.size}; margin: {paper.margin} }}",
        *running_heads(book, paper),
    ]
    links = "".join(f'<link rel="stylesheet" href="{sheet.as_uri()}">' for sheet in SHEETS)
    return "<style>{}</style>{}".format("\n".join(rules), links)


def variables(palette, paper):
    """Return the palette and the sizes of type as the style sheet knows them."""
    sizes = {
        "text-size": paper.text_size,
        "code-size": paper.code_size,
        "picture-height": paper.picture_height,
        "picture-scale": paper.picture_scale,
    }
    return ":root {{ {} }}".format(
        "; ".join(f"--{name}: {value}" for name, value in (palette | sizes).items())
    )


def running_heads(book, paper):
    """Return rules for all pages, which bear the name of the chapter that they belong to."""
    head = two_sided_head if paper.two_sided else head_of_page
    for name, title in [("contents", "Contents"), (INDEX, "Index")]:
        yield head(name, title, title)
    for part in book.parts:
        for chapter in part.chapters:
            yield head(chapter.name, part.caption or chapter.title, chapter.title)


def two_sided_head(name, part, chapter):
    """Return rules that put the Part on a left page and the chapter on a right one."""
    return (
        f"#{name} {{ page: {name} }}\n"
        f"@page {name}:left {{ {box('left', 'counter(page)')} {box('right', quoted(part))} }}\n"
        f"@page {name}:right {{ {box('left', quoted(chapter))} {box('right', 'counter(page)')} }}"
    )


def head_of_page(name, _, chapter):
    return (
        f"#{name} {{ page: {name} }}\n"
        f"@page {name} {{ {box('left', quoted(chapter))} {box('right', 'counter(page)')} }}"
    )


def box(side, content):
    return f"@top-{side} {{ content: {content} }}"


def quoted(text):
    """Return a text as a string of CSS."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
