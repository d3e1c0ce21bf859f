"""The book as an EPUB: its chapters as XHTML, with contents, pictures and fonts in one archive."""

import uuid
from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pygments.formatters import HtmlFormatter

from book.editions.epub import xhtml
from book.editions.reading import ROOT, settings
from book.editions.when import commit_time
from book.figures.cover import write_cover

HERE = Path(__file__).parent
NAME = "neural-networks.epub"
FONTS = ROOT / "book" / "static" / "fonts"
MEDIA_TYPES = {
    ".css": "text/css",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".xhtml": "application/xhtml+xml",
}
LANDMARKS = [
    ("cover", "cover.xhtml", "Cover"),
    ("toc", "nav.xhtml#contents", "Contents"),
    ("bodymatter", "index.xhtml", "Beginning"),
    ("glossary", "reference-glossary.xhtml", "Glossary"),
    ("bibliography", "reference-bibliography.xhtml", "Bibliography"),
]
COVER = (
    '<img class="cover" src="pictures/cover.png" alt="{title}. The cover shows two classes of '
    'points and the curved border between them that a network has learned."/>'
)
# Before this year no archive can date its files; the true date stands in the package.
YEAR = (1980, 1, 1, 0, 0, 0)

templates = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
)


def write_epub(book, folder, site=""):
    """Write the EPUB into a folder; links to what only the site has lead there if it is known."""
    facts = settings()
    words = {"title": facts["title"], "language": facts["sphinx"]["config"]["language"]}
    files = pages(book, words, site) | assets(book, words | {"author": facts["author"]})
    package = {
        **words,
        "author": facts["author"],
        "identifier": uuid.uuid5(uuid.NAMESPACE_OID, facts["title"]).urn,
        "modified": f"{commit_time():%Y-%m-%dT%H:%M:%SZ}",
        "items": [item(name, content) for name, content in files.items()],
        "spine": [id_of(name) for name in files if name.endswith(".xhtml")],
    }
    files["package.opf"] = templates.get_template("package.opf").render(package)
    (folder / NAME).write_bytes(archive(files))


def pages(book, words, site):
    """Return all XHTML files, in the order of reading."""
    file_of = {place: f"{c.name}.xhtml" for c in book.chapters for place in c.ids}
    for chapter in book.chapters:
        xhtml.nest_rightly(chapter.body)
        xhtml.let_scroll(chapter.body)
        xhtml.use_mathml(chapter.body)
        xhtml.link_files(chapter.body, file_of, site)
        if site and chapter.notebook:
            chapter.body.append(xhtml.link_to_notebook(f"{site}/{chapter.notebook}"))
    numbered = xhtml.number_pages(book.chapters)
    navigation = {"parts": book.parts, "landmarks": LANDMARKS, "pages": numbered}

    def page(name, title, body, kind=""):
        files[f"{name}.xhtml"] = templates.get_template("page.xhtml").render(
            words, title=title, body=body, kind=kind
        )

    files = {}
    page("cover", words["title"], COVER.format_map(words), "cover")
    page("nav", "Contents", templates.get_template("nav.xhtml").render(navigation))
    for part in book.parts:
        if part.caption:
            page(part.name, part.caption, templates.get_template("part.xhtml").render(part=part))
        for chapter in part.chapters:
            page(chapter.name, chapter.title, xhtml.as_xml(chapter.body))
    return files


def assets(book, words):
    """Return the files beside the text: style sheets, fonts, pictures, cover."""
    cover = BytesIO()
    write_cover(cover, words["title"], words["author"])
    files = {"epub.css": (HERE / "epub.css").read_bytes(), "code.css": code_style()}
    files |= {f"fonts/{path.name}": path.read_bytes() for path in sorted(FONTS.glob("*.woff2"))}
    for name, content in sorted(book.pictures.items()):
        plain = xhtml.plain_svg(content) if name.endswith(".svg") else content
        files[f"pictures/{name}"] = plain
    return files | {"pictures/cover.png": cover.getvalue()}


def code_style():
    """Return a style of code without colours: it serves paper, ink and pages of any colour."""
    return HtmlFormatter(style="bw", nobackground=True).get_style_defs(".highlight")


def item(name, content):
    """Return what the package says about a file."""
    properties = {"nav.xhtml": "nav", "pictures/cover.png": "cover-image"}.get(name, "")
    if name.endswith(".xhtml") and "<math" in content:
        properties = "mathml"
    kind = MEDIA_TYPES[PurePosixPath(name).suffix]
    return {"id": id_of(name), "href": name, "type": kind, "properties": properties}


def id_of(name):
    return "file-" + name.replace("/", "-")


def archive(files):
    """Return the archive of the EPUB, the same bytes for the same files."""
    content = BytesIO()
    with ZipFile(content, "w") as file:
        file.writestr(ZipInfo("mimetype", YEAR), "application/epub+zip", ZIP_STORED)
        container = (HERE / "templates" / "container.xml").read_text(encoding="utf-8")
        file.writestr(ZipInfo("META-INF/container.xml", YEAR), container, ZIP_DEFLATED)
        for name, text in files.items():
            file.writestr(ZipInfo(f"book/{name}", YEAR), text, ZIP_DEFLATED)
    return content.getvalue()
