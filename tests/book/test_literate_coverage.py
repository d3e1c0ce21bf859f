"""Every function, class, method and constant of the package is listed in one place of the book."""

import pytest

from book.extensions.package_source import UnknownNameError, find, names_shown, parts_of
from tests.tools.complaints import fail_if_any
from tests.tools.pages import ROOT, Page

PACKAGE = "neuralnet"


def complaints_about(pages, root=ROOT, package=PACKAGE):
    places = {part.name: [] for part in parts_to_list(root, package)}
    for page in pages:
        for block in page.of_kind("listing"):
            place = page.place(block.line)
            # What a page shows of other code, such as the examples, need not be all of it.
            if not block.argument.startswith(f"{package}."):
                continue
            try:
                shown = names_shown(find(block.argument, root), "outline" in block.options)
            except UnknownNameError as error:
                yield f"{place}: {error}"
                continue
            for name in shown:
                places[name].append(place)
    for name, found in places.items():
        if not found:
            yield f"{name} is listed nowhere: explain it on a page with ```{{listing}} {name}"
        elif len(found) > 1:
            yield f"{name} is listed {len(found)} times: {', '.join(found)}"


def parts_to_list(root, package):
    """Return the parts of the package but for the dunder names of modules."""
    return [
        part
        for part in parts_of(package, root).values()
        if not (part.is_constant and part.name.rpartition(".")[2].startswith("__"))
    ]


def test_the_whole_package(pages):
    fail_if_any(complaints_about(pages))


MODULE = '''"""Gates."""

from math import pi

__all__ = ["Gate", "half"]
MILE = 1609.344


class Gate:
    def __init__(self):
        self.open = False

    def shut(self):
        self.open = False


def half(x):
    return x / 2
'''
ALL = ("gates.doors.MILE", "gates.doors.Gate", "gates.doors.half")


@pytest.fixture
def root(tmp_path):
    (tmp_path / "gates").mkdir()
    (tmp_path / "gates" / "doors.py").write_text(MODULE, encoding="utf-8")
    return tmp_path


def complaints_about_listings(root, *listings):
    text = "\n\n".join(f"```{{listing}} {listing}\n```" for listing in listings)
    return list(complaints_about([Page("page.md", text)], root, "gates"))


def test_listing_everything_once_passes(root):
    assert complaints_about_listings(root, *ALL) == []


def test_an_outline_leaves_the_methods_to_other_listings(root):
    outline = "gates.doors.Gate\n:outline:"
    methods = ("gates.doors.Gate.__init__", "gates.doors.Gate.shut")
    assert complaints_about_listings(root, ALL[0], outline, *methods, ALL[2]) == []
    (complaint,) = complaints_about_listings(root, ALL[0], outline, methods[0], ALL[2])
    assert complaint.startswith("gates.doors.Gate.shut is listed nowhere")


@pytest.mark.parametrize("missing", ALL)
def test_a_part_that_no_page_lists_is_found(root, missing):
    complaints = complaints_about_listings(root, *(name for name in ALL if name != missing))
    assert complaints[0].startswith(f"{missing} is listed nowhere")


def test_a_part_that_is_listed_twice_is_found(root):
    (complaint,) = complaints_about_listings(root, *ALL, "gates.doors.Gate.shut")
    assert complaint.startswith("gates.doors.Gate.shut is listed 2 times: page.md:4, page.md:10")


def test_a_listing_of_other_code_is_nobodys_part(root):
    assert complaints_about_listings(root, *ALL, "fences.doors.half", "fences.doors.half") == []


def test_a_listing_of_an_unknown_name_is_found(root):
    (complaint,) = complaints_about_listings(root, *ALL, "gates.doors.Gate.shute")
    assert complaint.startswith("page.md:10: no function, class, method or constant")
