"""The links between the entries of the API and the listings, in a small book."""

import shutil

import pytest

from tests.tools.small_book import Book, build, write

CONF = """
extensions = ["myst_nb", "book.extensions.listing", "book.extensions.explained"]
html_theme = "basic"
nb_execution_mode = "off"
nitpicky = True
"""
PACKAGE = """class Gate:
    def __init__(self):
        self.open = False

    def shut(self):
        self.open = False


class Door:
    def __init__(self):
        self.open = True

    def slam(self):
        self.open = False


def half(x):
    return x / 2


def _third(x):
    return x / 3
"""
INDEX = """# Index

```{toctree}
api
gates
halves
```
"""
API = """# API

```{py:class} gates.doors.Gate
Opens and shuts.
```

```{py:method} gates.doors.Gate.shut
```

````{py:class} gates.doors.Door
```{py:method} slam
```
````

```{py:function} gates.doors.half
```

```{py:function} gates.doors.unlisted
```
"""
GATES = """# All *about* gates

```{listing} gates.doors.Gate
```

```{listing} gates.doors.Door
:outline:
```

```{listing} gates.doors.Door.__init__
```

```{listing} gates.doors.Door.slam
```
"""
HALVES = """# Halves

```{listing} gates.doors.half
```

```{listing} gates.doors._third
```
"""
FILES = {
    "conf.py": CONF,
    "index.md": INDEX,
    "api.md": API,
    "gates.md": GATES,
    "halves.md": HALVES,
    "gates/__init__.py": "",
    "gates/doors.py": PACKAGE,
}


def small_book(folder, processes=1):
    write(folder, FILES)
    return Book(folder, build(folder, processes))


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    return small_book(tmp_path_factory.mktemp("book"))


@pytest.fixture
def book(first, tmp_path):
    """The book, built where it is, free to be changed."""
    shutil.copytree(first.source, tmp_path / "book")
    return Book(tmp_path / "book", build(tmp_path / "book"))


def links(book):
    """Return where the entries lead, by the ids of the entries."""
    return {
        name["id"]: [link["href"] for link in name.find_next_sibling("dd").select(OWN_LINK)]
        for name in book.page("api").select("dt[id]")
    }


OWN_LINK = ":scope > p.explained-in > a"
PLACES = {
    "gates.doors.Gate": ["gates.html#listing-gates-doors-gate"],
    "gates.doors.Gate.shut": ["gates.html#listing-gates-doors-gate"],
    "gates.doors.Door": ["gates.html#listing-gates-doors-door"],
    "gates.doors.Door.slam": ["gates.html#listing-gates-doors-door-slam"],
    "gates.doors.half": ["halves.html#listing-gates-doors-half"],
    "gates.doors.unlisted": [],
}


def test_an_entry_leads_to_the_listing_that_shows_its_source(first):
    assert first.complaints == ""
    assert links(first) == PLACES


def test_the_link_stands_first_and_names_the_chapter(first):
    entry = first.page("api").find(id="gates.doors.Gate").find_next_sibling("dd")
    assert [p.get_text() for p in entry.select("p")] == [
        "Explained in All about gates",
        "Opens and shuts.",
    ]


def test_a_caption_leads_to_the_entry(first):
    pages = [first.page("gates"), first.page("halves")]
    captions = [caption for page in pages for caption in page.select(".code-block-caption")]
    references = [caption.select_one("a.reference") for caption in captions]
    assert [link and link["href"] for link in references] == [
        "api.html#gates.doors.Gate",
        "api.html#gates.doors.Door",
        "api.html#gates.doors.Door",  # of __init__, which the entry of the class describes
        "api.html#gates.doors.Door.slam",
        "api.html#gates.doors.half",
        None,
    ]


def test_the_places_are_collected_from_several_processes(tmp_path):
    write(tmp_path, {f"more-{number}.md": "# More" for number in range(6)})
    assert links(small_book(tmp_path, processes=2)) == PLACES


def test_a_listing_that_moved_is_found_at_its_new_place(book):
    listing = "```{listing} gates.doors.half\n```\n"
    (book.source / "halves.md").write_text(HALVES.replace(listing, ""), encoding="utf-8")
    (book.source / "gates.md").write_text(GATES + listing, encoding="utf-8")
    build(book.source)
    assert links(book) == PLACES | {"gates.doors.half": ["gates.html#listing-gates-doors-half"]}


def test_a_listing_on_a_page_that_was_removed_is_forgotten(book):
    (book.source / "halves.md").unlink()
    build(book.source)
    assert links(book) == PLACES | {"gates.doors.half": []}


def test_a_new_title_is_told(book):
    (book.source / "halves.md").write_text(HALVES.replace("Halves", "Parts"), encoding="utf-8")
    build(book.source)
    assert "Explained in Parts" in book.page("api").get_text()
