"""A printed book, as the tests see it."""

import re
import shutil
import subprocess
from functools import cached_property
from unicodedata import normalize

import pikepdf

NO_TEXT = re.compile(r"[\s\u200b]+")
HEAD = 39  # in points: what stands higher on a page is its running head
GLYPHS = re.compile(rb"<([0-9A-F]+)> Tj")


def squeezed(text):
    """Return a text without its spaces, which a print sets as it likes."""
    return NO_TEXT.sub("", normalize("NFKC", text))


def run_poppler(command, *arguments):
    """Return what a command of Poppler writes."""
    if shutil.which(command) is None:
        raise FileNotFoundError(f"no {command} on the PATH: install poppler-utils")
    return subprocess.run([command, *arguments], capture_output=True, check=True).stdout


class Printed:
    """A PDF file of the book."""

    def __init__(self, path):
        self.path = path
        self.pdf = pikepdf.open(path)

    @cached_property
    def heads(self):
        """The text of each running head."""
        return self.text("-H", str(HEAD))

    @cached_property
    def pages(self):
        """The text of each page under its running head, squeezed."""
        return [squeezed(page) for page in self.text("-y", str(HEAD), "-H", "9999")]

    @cached_property
    def whole(self):
        """The text of all pages, squeezed."""
        return "".join(self.pages)

    def text(self, *area):
        width = ["-x", "0", "-W", "9999"]
        text = run_poppler("pdftotext", "-raw", "-enc", "UTF-8", *width, *area, self.path, "-")
        return text.decode().split("\f")[:-1]

    @cached_property
    def fonts(self):
        """All fonts by their names, those for letters of other fonts among them."""
        fonts = [each for each in self.pdf.objects if is_a(each, "/Font") and "/BaseFont" in each]
        return {str(font.BaseFont): font for font in fonts if "/FontDescriptor" in font}

    def glyphs(self):
        """Return the codes of all glyphs on each page."""
        for page in self.pdf.pages:
            page.contents_coalesce()
            yield [
                code[start : start + 4]
                for code in GLYPHS.findall(page.Contents.read_bytes())
                for start in range(0, len(code), 4)
            ]

    @cached_property
    def page_of(self):
        """The number of the page of each place that a link leads to."""
        numbers = {page.objgen: number for number, page in enumerate(self.pdf.pages, start=1)}
        return {name[1:]: numbers[to[0].objgen] for name, to in self.pdf.Root.Dests.items()}

    def links(self):
        """Return where all links lead: the name of a place, or an address."""
        for page in self.pdf.pages:
            for link in page.get("/Annots", []):
                yield str(link.Dest) if "/Dest" in link else str(link.A.URI)


def is_a(thing, kind):
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == kind
