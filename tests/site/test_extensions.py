"""The extensions that write formulas, folds and images, in a small book of two pages."""

import io
import warnings

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from book.extensions.static_math import display_source, katex
from tests.site.html_checks import repeated_ids

CONF = """
extensions = [
    "myst_nb", "sphinx_exercise", "book.extensions.static_math", "book.extensions.folding",
    "book.extensions.page_html", "book.extensions.thousands",
]
html_theme = "furo"
html_math_renderer = "static_math"
math_numfig = True
numfig = True
nb_execution_mode = "off"
suppress_warnings = ["myst-nb.lexer"]
myst_enable_extensions = ["amsmath", "dollarmath"]
"""
PLAIN = """
# A plain page

The first paragraph says what the page is about.

| a table |
| ------- |
| of one  |

```{toctree}
full
```
"""
FULL = """---
file_format: mystnb
kernelspec:
  name: python3
---

# A full page

The slope is $w < 2$.

Now the second paragraph, by {eq}`line`, of 1 000 000 words in 2 356 7890 lines of `10 000`.

$$
y &= w x + b \\\\
  &= b
$$ (line)

\\begin{align}
y = 2
\\end{align}

![A point, far off.](point.svg)

```{code-cell} python
:tags: [hide-input]

print("drawn")
```

```{exercise}
:label: one

What is $y$?
```

```{solution} one
:class: dropdown

It is $b$.
```

```{exercise}
:label: two

And now?
```
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt"></svg>'


class SmallBook:
    """The book in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.write("conf.py", CONF)
        self.write("index.md", PLAIN)
        self.write("full.md", FULL)
        self.write("point.svg", SVG)

    def write(self, name, text):
        """Write a file of the book."""
        (self.folder / name).write_text(text, encoding="utf-8")

    def build(self):
        """Build the HTML; return the warnings."""
        found = io.StringIO()
        with warnings.catch_warnings(), docutils_namespace():
            warnings.simplefilter("ignore")
            output = self.folder / "out"
            app = Sphinx(
                *(self.folder, self.folder, output, output / "doctrees", "html"),
                status=None,
                warning=found,
                freshenv=True,
            )
            app.build()
        return found.getvalue()

    def page(self, name):
        """Return a built page."""
        return BeautifulSoup((self.folder / "out" / name).read_bytes(), "html.parser")


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A small book, built without a warning."""
    book = SmallBook(tmp_path_factory.mktemp("book"))
    assert book.build() == ""
    return book


@pytest.fixture(scope="module")
def full(book):
    """Its page that has everything."""
    return book.page("full.html")


def test_formula_is_typeset_for_eye_and_ear(full):
    formula = full.select_one("p .katex")
    assert formula.select_one("annotation").get_text() == "w < 2"
    assert formula.select_one(".katex-html .mathnormal").get_text() == "w"


def test_displayed_formulas_have_numbers_that_references_know(full):
    numbers = [number.get_text() for number in full.select(".math .eqno")]
    assert [number.rstrip("#¶") for number in numbers] == ["(1)", "(2)"]
    reference = full.find("a", string="(1)")
    assert full.find(id=reference["href"].removeprefix("#")).select(".katex-display")


def test_katex_never_adds_a_number_of_its_own(full):
    assert full.select(".katex .tag, .katex .eqn-num") == []


def test_katex_is_loaded_only_where_there_is_a_formula(book, full):
    assert full.select('link[href*="katex"]')
    assert full.select('script[src*="copy-tex"]')
    assert not book.page("index.html").select('[href*="katex"], [src*="copy-tex"]')


def test_katex_offers_only_the_fonts_that_are_there(book):
    folder = book.folder / "out" / "_static" / "katex"
    assert (folder / "LICENSE").is_file()
    assert "ttf" not in (folder / "katex-swap.min.css").read_text()
    assert not (folder / "katex.min.js").exists()


def test_formula_that_cannot_be_read_is_a_warning_with_its_place(tmp_path):
    book = SmallBook(tmp_path)
    book.write("full.md", FULL.replace("w < 2", r"\frac{w"))
    assert f"{tmp_path / 'full.md'}:9: WARNING: cannot typeset $\\frac{{w$: " in book.build()


def test_equal_formulas_are_typeset_once(book):
    before = katex.render.cache_info()
    book.build()
    after = katex.render.cache_info()
    assert after.misses == before.misses
    assert after.hits > before.hits


@pytest.mark.parametrize(
    ("tex", "source"),
    [
        ("x", "x"),
        (r"x \\ y", r"\begin{split}x \\ y\end{split}"),
        (r"\begin{align}x\end{align}", r"\begin{align*}x\end{align*}"),
        (r"\begin{align*}x\end{align*}", r"\begin{align*}x\end{align*}"),
        (r"\begin{aligned}x \\ y\end{aligned}", r"\begin{aligned}x \\ y\end{aligned}"),
    ],
)
def test_displayed_source(tex, source):
    assert display_source(tex) == source


def test_large_numbers_stay_on_one_line(full):
    text = full.select("p")[1].get_text()
    assert "of 1\xa0000\xa0000 words in 2\xa0356 7890 lines of 10 000." in text


def test_code_is_folded_under_plain_words(full):
    fold = full.select_one(".cell details")
    assert fold.summary.get_text() == "The code"
    assert not fold.summary.attrs
    assert "drawn" in fold.get_text()


def test_solution_is_folded_under_its_title(full):
    fold = full.select_one("details.solution")
    assert fold.summary.get_text() == "Solution to Exercise 1"
    assert fold.select("summary a") == []
    assert fold.select(".katex")


def test_image_has_its_size_and_comes_when_it_is_needed(full):
    image = full.select_one("article img")
    assert (image["width"], image["height"]) == ("96", "48")
    assert (image["loading"], image["decoding"]) == ("lazy", "async")


def test_ids_are_not_repeated(book, full):
    assert repeated_ids(full) == []
    assert repeated_ids(book.page("index.html")) == []


def test_dark_code_has_the_colours_of_the_accessible_style(book):
    style = (book.folder / "out" / "_static" / "pygments.css").read_text()
    assert 'body[data-theme="dark"] .highlight .k { color: #DCC6E0 }' in style
