"""A printed book, as the tests see it."""

import re
import shutil
import subprocess
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import normalize

import numpy as np
import pikepdf
from PIL import Image

from book.editions.pdf.file import pages_of_names

NO_TEXT = re.compile(r"[\s\u200b]+")
HEAD = 39  # in points: what stands higher on a page is its running head
GLYPHS = re.compile(rb"<([0-9A-F]+)> Tj")
WORD = re.compile(r'xMax="([\d.]+)" yMax="[\d.]+">(.*)</word>')
COARSE = 18  # dots per inch: enough to see where a page ends
DARK = 230


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

    def __init__(self, path, paper):
        self.path = path
        self.paper = paper
        self.pdf = pikepdf.open(path)

    @cached_property
    def heads(self):
        """The running head of each page."""
        return [squeezed(head) for head in self.text("-y", "0", "-H", str(HEAD))]

    @cached_property
    def pages(self):
        """The text of each page under its running head."""
        return [" ".join(page.split()) for page in self.text("-y", str(HEAD), "-H", "9999")]

    @cached_property
    def squeezed(self):
        """The text of all pages, without spaces."""
        return squeezed("".join(self.pages))

    def text(self, *area):
        area = ["-x", "0", "-W", "9999", *area]
        text = run_poppler("pdftotext", "-raw", "-enc", "UTF-8", *area, self.path, "-")
        return text.decode().split("\f")[:-1]

    @cached_property
    def filled(self):
        """How far down each page is filled, as a fraction of its height."""
        with TemporaryDirectory() as folder:
            run_poppler("pdftoppm", "-r", str(COARSE), "-gray", self.path, f"{folder}/page")
            return [last_dark_row(path) for path in sorted(Path(folder).iterdir())]

    def right_ends(self):
        """Return where each word ends on the right, in points, with the word and its page."""
        boxes = run_poppler("pdftotext", "-bbox", self.path, "-").decode()
        for number, page in enumerate(boxes.split("<page ")[1:], start=1):
            yield from ((float(end), word, number) for end, word in WORD.findall(page))

    @cached_property
    def page_of(self):
        """The number of the page of each place that a link leads to."""
        return pages_of_names(self.path)

    @property
    def things(self):
        """All dictionaries of the file."""
        return [each for each in self.pdf.objects if isinstance(each, pikepdf.Dictionary)]

    @property
    def fonts(self):
        """The descriptions of all fonts, by their names."""
        return {str(each.FontName): each for each in self.things if "/FontName" in each}

    @property
    def alternatives(self):
        """What is said of figures and formulas to who cannot see them."""
        return [str(each.Alt) for each in self.things if "/Alt" in each]

    def glyphs(self):
        """Return the codes of all glyphs on all pages."""
        for page in self.pdf.pages:
            for stream in page.get("/Contents").wrap_in_array():
                for codes in GLYPHS.findall(stream.read_bytes()):
                    yield from (codes[start : start + 4] for start in range(0, len(codes), 4))

    def links(self):
        """Return where all links lead: the name of a place, or an address."""
        for page in self.pdf.pages:
            for link in page.get("/Annots", []):
                yield str(link.Dest)[1:] if "/Dest" in link else str(link.A.URI)


def last_dark_row(path):
    with Image.open(path) as image:
        dark = np.flatnonzero((np.asarray(image) < DARK).any(axis=1))
        return dark[-1] / image.height if dark.size else 0
