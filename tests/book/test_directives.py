"""The book's own directives, in a small book of three pages."""

import shutil

import pytest

from tests.tools.small_book import Book, build, write

CONF = """
extensions = [
    "myst_nb", "book.extensions.recorded_output", "book.extensions.listing",
    "book.extensions.erratum", "book.extensions.claims",
]
html_theme = "basic"
numfig = True
nitpicky = True
nb_execution_mode = "off"
numfig_format = {"code-block": "Listing %s"}
"""
PACKAGE = '''"""A package."""

import math

# Metres in a mile.
MILE = 1609.344


class Gate:
    """Opens and shuts."""

    WIDTH = 2

    def __init__(self, open=False):
        """Start."""
        self.open = open

    @property
    def shut(self) -> bool:
        """The other way round."""

        return not self.open

    def turn(
        self,
        angle,
    ):
        self.open = angle > 0


def half(x):
    """Halve it.

    >>> half(2)
    1.0
    """
    # Exact for any double.
    return x / 2
'''
INDEX = """# Index

```{toctree}
page
errata
api
```
"""
PAGE = """---
file_format: mystnb
kernelspec:
  name: python3
---

# Page

See {numref}`listing-gates.doors.half` and {ref}`the slip <erratum-E-T1-10>`.

```{code-cell} python
print(1)
```
```{output}
---
recorded: text
---
```

```{listing} gates.doors.half
```

```{listing} gates.doors.Gate
:outline:
```

```{listing} gates.doors.Gate.shut
```

```{listing} gates.doors.MILE
```

```{erratum} E-T1-10
:claim: Half of *three* is one.

It is more; see {ref}`the slip <erratum-E-T1-10>` and [this](#page).
```

```{erratum} E-T1-09
:claim: Gates are doors.

They are not.
```

```{listing} gates.locks.lock
```

```{listing} gates.doors.haf
```

```{listing} gates.doors.half
:outline:
```

The error falls to {num}`0.31 = errors[-1]`, and {num}`seven` is bound to nothing.
<!-- claim "falls": errors[-1] < errors[0] -->

```{image} line.svg
:alt: A line down to {num}`0.31 = errors[-1]`.
```
"""
ERRATA = """# Errata

```{erratum} E-T1-11
:claim: Written here.

Told here.
```

```{erratum} E-T2-01
:claim: Another tutorial.

Not here.
```

```{erratum} E-T1-09
:claim: Gates are walls.

They are not.
```

```{errata} T1
```
"""
API = """# API

```{py:class} gates.doors.Gate
```

```{py:property} gates.doors.Gate.shut
```
"""


LOCKS = """def lock():
    return True
"""
FILES = {
    "conf.py": CONF,
    "index.md": INDEX,
    "page.md": PAGE,
    "errata.md": ERRATA,
    "api.md": API,
    "line.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "gates/__init__.py": "",
    "gates/doors.py": PACKAGE,
    "gates/locks.py": LOCKS,
}


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    source = tmp_path_factory.mktemp("book")
    write(source, FILES)
    return Book(source, build(source))


def line_of(text):
    return PAGE.splitlines().index(text) + 1


def listing(book, name):
    identifier = "listing-" + name.lower().replace(".", "-").replace("_", "-")
    return book.page("page").select_one(f"div.listing#{identifier}")


def code(book, name):
    return listing(book, name).pre.get_text()


def test_recorded_output_is_not_shown(book):
    assert "recorded" not in book.page("page").get_text()


def test_a_number_is_shown_without_its_code(book):
    page = book.page("page")
    assert "The error falls to 0.31, and" in page.get_text()
    assert page.select_one("img")["alt"] == "A line down to 0.31."


def test_claims_are_left_out(book):
    html = (book.source / "html" / "page.html").read_text(encoding="utf-8")
    assert "claim" not in html.partition("The error falls to")[2]


def test_a_number_without_code_is_told(book):
    line = line_of(next(line for line in PAGE.splitlines() if "bound to nothing" in line))
    assert "write {num}`seven = expression`" in book.complaint(line)


def test_a_listing_has_no_docstring_and_the_line_numbers_of_the_file(book):
    assert code(book, "gates.doors.half") == (
        "31def half(x):\n37    # Exact for any double.\n38    return x / 2\n"
    )


def test_the_numbers_are_left_out_of_a_copy(book):
    assert [span.get_text() for span in listing(book, "gates.doors.half").select("span.linenos")]


def test_an_outline_shows_signatures(book):
    assert code(book, "gates.doors.Gate").splitlines() == [
        " 9class Gate:",
        "12    WIDTH = 2",
        "14    def __init__(self, open=False): ...",
        "18    @property",
        "19    def shut(self): ...",
        "24    def turn(self, angle): ...",
    ]


def test_a_method_is_dedented_and_keeps_its_decorators(book):
    assert code(book, "gates.doors.Gate.shut").splitlines() == [
        "18@property",
        "19def shut(self) -> bool:",
        "22    return not self.open",
    ]


def test_a_constant_keeps_the_comment_above_it(book):
    assert code(book, "gates.doors.MILE") == "5# Metres in a mile.\n6MILE = 1609.344\n"


def test_a_caption_names_the_place_and_leads_to_the_api(book):
    caption = listing(book, "gates.doors.Gate.shut").select_one(".code-block-caption")
    assert "Listing 3 Gate.shut in gates/doors.py, lines 18–22" in caption.get_text()
    assert caption.a["href"] == "api.html#gates.doors.Gate.shut"


def test_a_listing_can_be_referred_to(book):
    link = book.page("page").select_one("a[href='#listing-gates-doors-half']")
    assert link.get_text() == "Listing 1"


def test_an_api_that_lacks_a_public_name_is_a_warning(book):
    assert "reference target not found: gates.doors.half" in book.complaint(
        line_of("```{listing} gates.doors.half")
    )
    assert "gates.doors.MILE" not in book.complaint(line_of("```{listing} gates.doors.MILE"))


def test_an_api_may_lack_a_whole_module(book):
    assert listing(book, "gates.locks.lock")
    assert "gates.locks" not in book.complaints


def test_an_unknown_name_is_an_error_that_names_its_neighbours(book):
    said = book.complaint(line_of("```{listing} gates.doors.haf"))
    assert "ERROR" in said
    assert "gates.doors.haf; did you mean gates.doors.half" in said


def test_only_a_class_has_an_outline(book):
    assert "gates.doors.half is no class" in book.complaints


def test_a_changed_package_is_read_again(book, tmp_path):
    copy = tmp_path / "book"
    shutil.copytree(book.source, copy)
    build(copy)
    module = copy / "gates" / "doors.py"
    module.write_text(PACKAGE.replace("x / 2", "x * 0.5"), encoding="utf-8")
    build(copy)
    assert "x * 0.5" in Book(copy, "").page("page").get_text()


def test_an_erratum_stands_in_place(book):
    note = book.page("page").select_one("div.admonition.erratum#erratum-e-t1-10")
    assert note.select_one(".admonition-title").get_text() == "Where the tutorial slips E-T1-10"
    assert note.select_one(".claim > em").get_text() == "Half of three is one."
    assert "It is more" in note.get_text()


def test_the_errata_of_a_tutorial_are_listed_in_order(book):
    page = book.page("errata")
    assert [term.get_text() for term in page.select("dl.errata dt")] == [
        "E-T1-09",
        "E-T1-10",
    ]
    assert page.select_one("dt a")["href"] == "page.html#erratum-e-t1-09"
    assert "It is more" in page.get_text()
    assert [link["href"] for link in page.select("dd a")] == [
        "page.html#erratum-e-t1-10",
        "page.html",
    ]


def test_the_errata_are_collected_from_several_processes(tmp_path):
    write(tmp_path, FILES | {f"more-{number}.md": "# More" for number in range(6)})
    build(tmp_path, processes=2)
    terms = Book(tmp_path, "").page("errata").select("dl.errata dt")
    assert [term.get_text() for term in terms] == ["E-T1-09", "E-T1-10"]


def test_an_erratum_on_the_page_of_the_list_stands_in_place_only(book):
    page = book.page("errata")
    assert page.select_one("#erratum-e-t1-11.admonition")
    assert "E-T1-11" not in page.select_one("dl.errata").get_text()


def test_two_errata_of_one_number_are_a_warning(book):
    assert "erratum E-T1-09 stands also on" in book.complaints
