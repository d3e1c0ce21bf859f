"""What a page weighs: the bytes that a browser fetches for it, text compressed by gzip."""

import gzip
import re
from functools import cache
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from tests.site.html_checks import CSS_ADDRESS, loaded_addresses

COMPRESSED = {".css", ".html", ".js", ".svg"}
FONT_FACE = re.compile(r"@font-face\s*\{([^}]*)\}")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
PSEUDO = re.compile(r"::?[\w-]+(\([^)]*\))?")


@cache
def size(path):
    """Return the bytes that a file takes on the way to the reader."""
    content = path.read_bytes()
    return len(gzip.compress(content)) if path.suffix in COMPRESSED else len(content)


def face(declarations):
    """Return family, weight and style of a font from the declarations of a CSS rule."""
    short = re.search(r"font:[^;]*?([A-Z]\w+)\s*,", declarations)
    family = re.search(r"font-family:\s*[\"']?([\w ]+)", declarations)
    weight = re.search(r"font-weight:\s*(\w+)", declarations)
    style = re.search(r"font-style:\s*(\w+)", declarations)
    names = {"bold": "700", "normal": "400"}
    weight = names.get(weight[1], weight[1]) if weight else "400"
    name = family[1].strip() if family else short and short[1]
    return name, weight, style[1] if style else "normal"


def fonts(soup, style_sheet):
    """Return the font files that a page needs of a style sheet.

    A variable font, whose one file has a range of weights, counts always; another one counts
    where a rule that asks for it matches an element of the page.
    """
    text = style_sheet.read_text(encoding="utf-8")
    files = {}
    always = set()
    for declarations in FONT_FACE.findall(text):
        path = style_sheet.parent / CSS_ADDRESS.search(declarations)[1]
        if re.search(r"font-weight:\s*\d+ \d+", declarations):
            always.add(path)
        files[face(declarations)] = path
    shown = {name for element in soup.find_all(class_=True) for name in element["class"]}
    asked = set()
    for selector, declarations in RULE.findall(FONT_FACE.sub("", text)):
        wanted = files.get(face(declarations))
        if wanted and wanted not in asked and matches(soup, PSEUDO.sub("", selector), shown):
            asked.add(wanted)
    return always | asked


def matches(soup, selector, shown):
    """Say whether a selector, or one of a list, matches an element; `shown` are all classes."""
    # Most rules name a class that the page has not; to search it for each takes seconds.
    possible = [one for one in selector.split(",") if shown.issuperset(CLASS.findall(one))]
    return bool(possible) and soup.select_one(",".join(possible)) is not None


def files_of(page):
    """Return every file that a browser fetches to show a page."""
    found = {page.path}
    for address in loaded_addresses(page.soup):
        parts = urlsplit(address)
        if not parts.scheme and parts.path:
            path = page.path.parent / PurePosixPath(unquote(parts.path))
            found.add(path.resolve())
    for style_sheet in [path for path in found if path.suffix == ".css"]:
        found |= fonts(page.soup, style_sheet)
    return found


def weight(files):
    """Return the bytes of all that a page loads."""
    return sum(size(path) for path in files)
