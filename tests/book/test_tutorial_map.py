"""Every piece of a tutorial that the book follows has its place here, or a reason why not."""

import io
import re
import warnings
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from book.extensions.tutorial_map import FILE, rows_of
from tests.tools.complaints import fail_if_any
from tests.tools.numbers import numbers_in, numerals_in
from tests.tools.pages import ROOT, Page

MAP = "book/reference/tutorial-map"
# How many pieces each tutorial has, and the folder of the part that follows it.
TUTORIALS = {
    "T1": (110, "book/neuron/"),
    "T2": (47, "book/network/"),
    "T3": (53, "book/houses/"),
}
KNOWN = [
    f"{tutorial}-{number:02}"
    for tutorial, (pieces, _) in TUTORIALS.items()
    for number in range(1, pieces + 1)
]
KINDS = {"section", "figure", "formula", "code", "number", "claim", "next step"}
REFERENCE = re.compile(r"\{(?:doc|eq|numref|ref)\}`(?:[^`<]*<)?([^`<>]+)>?`")
REASON = re.compile(r"not carried over: \S")
# (label)= above a heading, or $$ (label) below a formula
LABEL = re.compile(r"^(?:\((?P<heading>[\w-]+)\)=|\$\$ \((?P<formula>[\w-]+)\))$", re.MULTILINE)


def complaints_about(rows, pages):
    places = places_in(pages)
    yield from wrong_numbers(rows)
    for row in rows:
        yield from wrong_entries(row, places)
    yield from unreached(rows, pages, places)
    shown = {block.argument for page in pages for block in page.of_kind("tutorial-map")}
    for tutorial in TUTORIALS:
        if tutorial not in shown:
            yield f"{MAP}.md: show the rows of {tutorial} with ```{{tutorial-map}} {tutorial}"


def wrong_numbers(rows):
    found = [row["id"] for row in rows]
    for identifier in KNOWN:
        if identifier not in found:
            yield f"{identifier} has no row"
    for identifier, count in Counter(found).items():
        if count > 1:
            yield f"{identifier} has {count} rows"
        if identifier not in KNOWN:
            yield f"{identifier} is the number of no piece that we know"
    if set(found) <= set(KNOWN) and found != sorted(found, key=KNOWN.index):
        yield "the rows are not in the order of their numbers"


def wrong_entries(row, places):
    if None in row or not all(row.values()):
        yield f"{row['id']} needs four entries; put one that holds a comma in quotes"
        return
    if row["kind"] not in KINDS:
        yield f"{row['id']}: {row['kind']} is no kind, the kinds are {', '.join(sorted(KINDS))}"
    labels = REFERENCE.findall(row["place"])
    if not labels and not REASON.match(row["place"]):
        yield f"{row['id']} needs a reference such as {{numref}}`fig-loop`, or 'not carried over: '"
    for label in labels:
        if label not in places:
            yield f"{row['id']}: the book has no {label}"
    pages = [places[label] for label in labels if label in places]
    known = {exact for page in pages for exact in numbers_in(page.text)}
    for number in numerals_in(row["what"]) if pages else ():
        if number.is_decimal and not any(number.rounds(exact) for exact in known):
            yield f"{row['id']}: {number.text} is not on {pages[0].name}.md"


def unreached(rows, pages, places):
    reached = {
        (row["id"].partition("-")[0], places[label].name)
        for row in rows
        for label in REFERENCE.findall(row["place"] or "")
        if label in places
    }
    for tutorial, (_, folder) in TUTORIALS.items():
        chapters = [page.name for page in pages if page.name.startswith(folder)]
        if not chapters:
            yield f"{folder} has no chapter for {tutorial}"
        for chapter in chapters:
            if (tutorial, chapter) not in reached:
                yield f"{chapter}.md: no row of {tutorial} leads here"


def places_in(pages):
    """Return what a row can point to, each with its page."""
    return {label: page for page in pages for label in [f"/{page.name}", *labels_of(page)]}


def labels_of(page):
    for match in LABEL.finditer(page.text):
        yield match[match.lastgroup]
    for cell in page.cells:
        yield (cell.mystnb.get("figure") or {}).get("name")
    for block in page.of_kind("listing", "erratum"):
        yield f"{block.kind}-{block.argument}"
    for exercise in page.of_kind("exercise-start"):
        yield exercise.options["label"]


def test_all_pieces(pages):
    fail_if_any(complaints_about(rows_of((ROOT / MAP).with_name(FILE)), pages))


CHAPTER = """
(sec-one)=
# One

It prints 4.1259999.

$$
1
$$ (eq-one)

```{code-cell} python
---
mystnb:
  figure:
    name: fig-one
---
draw()
```
```{listing} neuralnet.one
```
```{erratum} E-T1-01
:claim: One.

Two.
```
```{exercise-start}
:label: ex-one
```
"""
PLACES = [
    "{numref}`sec-one`",
    "chapter {doc}`/book/neuron/a`; equation {eq}`eq-one`",
    "{numref}`fig-one`; {numref}`listing-neuralnet.one`",
    "{ref}`E-T1-01 <erratum-E-T1-01>`; {ref}`ex-one`",
    "not carried over: it is lost",
]


SHOWN = "".join(f"```{{tutorial-map}} {tutorial}\n```\n" for tutorial in TUTORIALS)
OTHER_PLACES = {"T2": "{doc}`/book/network/b`", "T3": "{doc}`/book/houses/c`"}


def small_pages(shown=SHOWN):
    texts = {"neuron/a": CHAPTER, "network/b": "", "houses/c": "", "reference/tutorial-map": shown}
    return [Page(f"book/{name}.md", text) for name, text in texts.items()]


def complaints(rows, pages=None):
    return list(complaints_about(rows, pages or small_pages()))


def whole_map():
    return [
        {"id": identifier, "kind": "claim", "what": "one", "place": place_for(identifier, number)}
        for number, identifier in enumerate(KNOWN)
    ]


def place_for(identifier, number):
    return OTHER_PLACES.get(identifier.partition("-")[0], PLACES[number % len(PLACES)])


def changed(**entries):
    rows = whole_map()
    rows[4] |= entries
    return rows


def test_a_whole_map_passes():
    assert complaints(whole_map()) == []


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        (whole_map()[:-1], "T3-53 has no row"),
        (whole_map()[:156] + whole_map()[157:], "T2-47 has no row"),
        (whole_map()[:5] + whole_map()[6:], "T1-06 has no row"),
        (whole_map() + whole_map()[-1:], "T3-53 has 2 rows"),
        (whole_map()[:1] + whole_map()[:0:-1], "the rows are not in the order of their numbers"),
        ([*whole_map(), {**whole_map()[0], "id": "T1-111"}], "T1-111 is the number of no piece"),
        (changed(kind="picture"), "T1-05: picture is no kind"),
        (changed(what=""), "T1-05 needs four entries"),
        ([*changed()[:-1], {**changed()[-1], None: ["rest"]}], "T3-53 needs four entries"),
        (changed(place="{numref}`fig-on`"), "T1-05: the book has no fig-on"),
        (changed(place="{doc}`/book/neuron/b`"), "T1-05: the book has no /book/neuron/b"),
        (changed(place="somewhere"), "T1-05 needs a reference"),
        (changed(place="not carried over: "), "T1-05 needs a reference"),
        (changed(what="4.1259", place="{numref}`sec-one`"), "T1-05: 4.1259 is not on"),
    ],
)
def test_a_fault_of_the_map_is_found(rows, complaint):
    (found,) = complaints(rows)
    assert found.startswith(complaint)


@pytest.mark.parametrize("number", ["4.126", "4.1259999"])
def test_a_number_on_the_page_passes(number):
    assert complaints(changed(what=number, place="{numref}`sec-one`")) == []


@pytest.mark.parametrize(
    ("tutorial", "chapter"), [("T1", "neuron/a"), ("T2", "network/b"), ("T3", "houses/c")]
)
def test_a_chapter_that_no_row_leads_to_is_found(tutorial, chapter):
    rows = [
        {**row, "place": PLACES[-1]} if row["id"].startswith(tutorial) else row
        for row in whole_map()
    ]
    assert complaints(rows) == [f"book/{chapter}.md: no row of {tutorial} leads here"]


@pytest.mark.parametrize("tutorial", TUTORIALS)
def test_a_tutorial_whose_rows_are_not_shown_is_found(tutorial):
    shown = SHOWN.replace(f"{{tutorial-map}} {tutorial}", "{note}")
    (found,) = complaints(whole_map(), small_pages(shown))
    assert found.startswith(f"{MAP}.md: show the rows of {tutorial}")


def test_a_part_without_chapters_is_found():
    pages = [page for page in small_pages() if not page.name.startswith("book/houses/")]
    rows = [{**row, "place": row["place"].replace("houses/c", "neuron/a")} for row in whole_map()]
    assert complaints(rows, pages) == ["book/houses/ has no chapter for T3"]


INDEX = """# Index

(sec-here)=
## Here

```{tutorial-map} T1
```

## There

```{tutorial-map} T2
```
"""
ROWS = """id,kind,what,place
T1-01,section,First,{ref}`sec-here`
T1-02,code,a call of `f`,"not carried over: lost, sadly"
T1-03,section,Second,{ref}`sec-here`
"""


@pytest.fixture(scope="module")
def small_book(tmp_path_factory):
    """Build a book of one page; return the page and what Sphinx complained about."""
    source = tmp_path_factory.mktemp("book")
    extensions = ["myst_nb", "book.extensions.tutorial_map"]
    files = {"conf.py": f"{extensions = }\nhtml_theme = 'basic'", "index.md": INDEX, FILE: ROWS}
    for name, text in files.items():
        (source / name).write_text(text, encoding="utf-8")
    said = io.StringIO()
    with warnings.catch_warnings(), docutils_namespace():
        warnings.simplefilter("ignore")  # those of other people's code
        folders = (source, source, source / "html", source / "doctrees")
        Sphinx(*folders, "html", status=None, warning=said).build()
    html = (source / "html" / "index.html").read_text(encoding="utf-8")
    return BeautifulSoup(html, "html.parser").select_one(".body"), said.getvalue()


def test_each_section_has_a_heading_and_a_table_with_headings(small_book):
    page, _ = small_book
    assert [heading.contents[0] for heading in page.select("h3")] == ["First", "Second"]
    tables = page.select("section#here > section table")
    assert [len(table.select("thead th")) for table in tables] == [4, 4]
    cells = [[cell.get_text() for cell in row.select("td")] for row in tables[0].select("tbody tr")]
    assert cells == [
        ["T1-01", "section", "First", "Here"],
        ["T1-02", "code", "a call of f", "not carried over: lost, sadly"],
    ]
    assert tables[0].select_one("a")["href"] == "#sec-here"


def test_a_tutorial_without_rows_is_an_error(small_book):
    _, said = small_book
    assert "index.md:11" in said
    assert f"{FILE} needs rows T2-…, a section first" in said
