"""Each entry of the API leads to the listing of its source in a chapter, and the listing back."""

import ast
import re

import pytest

from book.extensions.package_source import find, names_shown, parts_of
from tests.site.pages import Page
from tests.tools.complaints import fail_if_any
from tests.tools.pages import ROOT, pages_of_book
from tests.tools.pages import Page as Source

API = "book/reference/api.html"
# Nobody who uses the package calls these modules; the part on how it is built lists them.
INSIDE = {"checks", "inplace", "inplace_convolution", "inplace_layers", "parameters"}
ATTRIBUTES = re.compile(r"^Attributes\n-+\n(.*?)(?=^\w+\n-+\n|\Z)", re.MULTILINE | re.DOTALL)


def public_parts(root=ROOT, package="neuralnet"):
    """Return what an entry must describe: all but constants and what has an underscore."""
    return [
        part
        for part in parts_of(package, root).values()
        if not part.is_constant
        and "._" not in part.name
        and part.module.removeprefix(f"{package}.") not in INSIDE
    ]


def public_names(root=ROOT, package="neuralnet"):
    """Return the names of these parts, and of the attributes that their docstrings describe."""
    parts = public_parts(root, package)
    described = (f"{part.name}.{name}" for part in parts for name in attributes_of(part))
    return list(dict.fromkeys([*(part.name for part in parts), *described]))


def attributes_of(part):
    """Return what the docstring of a class describes as its attributes."""
    section = ATTRIBUTES.search(ast.get_docstring(part.nodes[0]) or "")
    entries = re.findall(r"^(\S.*?) :", section[1], re.MULTILINE) if section else []
    return [name for entry in entries for name in entry.split(", ")]


def listings_of(pages, root=ROOT):
    """Return each listing of the book by the names that it shows: the page, and its own name."""
    return {
        name: (page.name, block.argument)
        for page in pages
        for block in page.of_kind("listing")
        for name in names_shown(find(block.argument, root), "outline" in block.options)
    }


def complaints_about(names, listings, site, page_at):
    api = page_at(site / API)
    for name in names:
        entry = api.soup.find(id=name)
        if entry is None:
            yield f"{name} has no entry on the page of the API"
        elif name in listings:
            page, listed = listings[name]
            yield from faults_between(entry, page, listed, site, page_at)


def faults_between(entry, page, listed, site, page_at):
    """Yield what is wrong with the way from an entry to a listing, and from there back."""
    links = entry.find_next_sibling("dd").select(":scope > p.explained-in > a")
    if len(links) != 1:
        yield f"the entry of {entry['id']} has {len(links)} links to its listing"
        return
    address, _, anchor = links[0]["href"].rpartition("#")
    target = (site / API).parent.joinpath(address).resolve()
    listing = page_at(target).soup.find(id=anchor) if target.is_file() else None
    if target != site / f"{page}.html" or listing is None:
        yield f"the entry of {entry['id']} leads to {links[0]['href']}, but it is listed on {page}"
    elif not listing.select(f'.code-block-caption a[href$="api.html#{listed}"]'):
        yield f"the listing of {listed} on {page} has no link to its entry"


def test_every_entry_and_its_listing_lead_to_each_other(site, page_at):
    fail_if_any(complaints_about(public_names(), listings_of(pages_of_book()), site, page_at))


PACKAGE = """WIDTH = 2


class Gate:
    '''Opens and shuts.

    Attributes
    ----------
    open, locked : bool
        Its state.
    '''

    def __init__(self):
        self.open = False

    def shut(self):
        self.open = False


def _third(x):
    return x / 3
"""
SOURCE = """
```{listing} gates.doors.Gate
```
"""
LINK = '<p class="explained-in"><a href="../gates.html#listing-gate">Gates</a></p>'
ENTRIES = f"""
<dl><dt id="gates.doors.Gate"></dt><dd>{LINK}
<dl><dt id="gates.doors.Gate.open"></dt><dt id="gates.doors.Gate.locked"></dt><dd></dd>
<dt id="gates.doors.Gate.shut"></dt><dd>{LINK}</dd></dl></dd></dl>
"""
LISTING = """
<div id="listing-gate"><div class="code-block-caption">
<a href="reference/api.html#gates.doors.Gate">Gate</a></div></div>
"""


def complaints_in(root, entries=ENTRIES, listing=LISTING):
    files = {"gates/doors.py": PACKAGE, API: entries, "book/gates.html": listing}
    files["gates/checks.py"] = "def is_open(gate):\n    return gate.open\n"
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    listings = listings_of([Source("book/gates.md", SOURCE)], root)
    return list(complaints_about(public_names(root, "gates"), listings, root, Page))


def test_links_both_ways_pass(tmp_path):
    assert complaints_in(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('id="gates.doors.Gate.shut"', "", "gates.doors.Gate.shut has no entry"),
        ('id="gates.doors.Gate.locked"', "", "gates.doors.Gate.locked has no entry"),
        (LINK, "", "the entry of gates.doors.Gate has 0 links"),
        ("#listing-gate", "#listing-fence", "leads to ../gates.html#listing-fence"),
        ("../gates.html", "../fences.html", "leads to ../fences.html#listing-gate"),
        ("../gates.html", "gates.html", "leads to gates.html#listing-gate"),
    ],
)
def test_a_faulty_entry_is_found(tmp_path, old, new, complaint):
    assert complaint in complaints_in(tmp_path, ENTRIES.replace(old, new))[0]


def test_a_caption_that_leads_elsewhere_is_found(tmp_path):
    complaints = complaints_in(tmp_path, listing=LISTING.replace("doors.Gate", "doors.Fence"))
    assert complaints[0].startswith("the listing of gates.doors.Gate on book/gates has no link")
