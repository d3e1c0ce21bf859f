"""Every number of a page is bound to code, stands near it, or says where it comes from."""

import pytest

from tests.tools.complaints import fail_if_any
from tests.tools.pages import Page
from tests.tools.prose_numbers import complaints_about


def test_all_pages(pages):
    fail_if_any(complaint for page in pages for complaint in complaints_about(page))


CELL = """
```{code-cell} python
x = [1.72, 1_000, -0.25]
print(sum(x), 0.871, 2.7e-5)
```
```{output}
2.1672 -4.1259999999999994 0.871 2.7e-05 1234567.891 (4, 3) 17
```

So it is.

"""


def lines_found(text):
    complaints = complaints_about(Page("page.md", CELL + text))
    return [int(complaint.split(":")[1]) - CELL.count("\n") for complaint in complaints]


@pytest.mark.parametrize(
    "sentence",
    [
        "It is 2.1672.",
        "About 2.167, or 2.17, or 2.2.",
        "It is −4.126 or -4.126, and $-4.126$.",
        "That is 87.1 % or 87.1% or $87.1\\,\\%$.",
        "A small one: $2.7 \\times 10^{-5}$, 2.7 × 10⁻⁵, `2.7e-5`.",
        "Large: 1 234 567.9, 1,234,567.9, $1\\,234\\,567.9$, 1,000.",
        "With Python 3.11 and NumPy 2.4, since version 3.3.",
        "Small ones such as 7 are not looked at, nor are three words.",
        "Shapes: (4, 3), `(4, 3)`, $(4, 3)$ and (rows, 3).",
        "It is 17.",
        "Bound: {num}`9.99 = x` and {num}`seven of (2, 9) = x`.",
        'It is 9.99.\n\n<!-- claim "is 9.99": True -->',
        "See {numref}`fig-9.99` and {cite}`x1.99`.",
        "```{erratum} E-T1-01\n:claim: It prints 2.17.\n\nIt prints 2.17.\n```",
        "It says 9.99 and 43.\n\n<!-- number 9.99, 43: given by the tutorial -->",
        "It says (3, 4), 43 and (3,).\n\n<!-- number (3, 4), 43, (3,): given by the tutorial -->",
        "```{exercise}\nWhat is it?\n```\n" + CELL + "It is 2.17.",
    ],
)
def test_numbers_of_the_cells_pass(sentence):
    assert lines_found(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "It is 2.1673.",
        "It is 4.126.",
        "It is 0.0, which so many small numbers are, nearly.",
        "It is $4.126$, or $x = 1.72 - 4.126$.",
        "That is 87.2 %.",
        "It is 18, or (3, 4), or −17.",
        "Shapes: (3, 4).",
        "A shape, `(3, 4)`.",
        "A shape, (3,).",
        "It is\n*9.99*.",
        "A formula, $x = 9.99$.",
        "A formula, $2\\cdot9.99$.",
        "Code, `9.99`.",
        "$$\nx = 9.99\n$$",
        "```{math}\nx = 9.99\n```",
        "# A heading with 9.99",
        "# A section\n\nIt is 2.1672, far from its cell.",
        "```{exercise}\nIt is 2.17, far from its cell.\n```",
        "- an item with 9.99",
        "| a |\n|---|\n| 9.99 |",
        "![alt with 9.99](picture.svg)",
        "```{note}\nIt is 9.99.\n```",
        "```{erratum} E-T1-01\n:claim: A claim.\n\nIt prints 9.99.\n```",
        "```{erratum} E-T1-01\n:claim: It prints 9.99.\n\nIt does not.\n```",
        "````{exercise}\n```{note}\nIt is 9.99.\n```\n````",
        "Now $2.7 \\times 10^{-4}$.",
        'It is 9.99.\n\n<!-- claim "it is": True -->',
        'It is, it is.\n\n<!-- claim "it is": True -->\n<!-- claim it is: True -->',
        "It is so.\n\n<!-- claim it is so -->",
        "It says 9.99.\n\n<!-- number 9.99 -->",
        "It is 2.17.\n\n<!-- number 2.17: not needed -->",
        "It says 9.99.\n\n# A section\n\nMore.\n\n<!-- number 9.99: given elsewhere -->",
    ],
)
def test_any_other_number_is_found(sentence):
    assert lines_found(sentence)


RESULT = """
```{code-cell} python
---
mystnb:
  figure:
    caption: A figure.
---
plot([2, 5])
```
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (CELL + "One text in between.\n\nThen four more.", False),
        (CELL.removesuffix("So it is.\n\n") + "There are five.", True),
        (CELL.removesuffix("So it is.\n\n") + "There are 6.", True),
        (CELL.removesuffix("So it is.\n\n") + "There is one, of $x_6 + 6$.", False),
        (CELL + "Of {num}`nine = x` five are left.", True),
        (RESULT + "There are five.", False),
        (RESULT + "There are four.", True),
        (RESULT + "```{erratum} E-T1-01\n:claim: A claim.\n\nThere are four.\n```", True),
        (RESULT + 'There are four.\n\n<!-- claim "are four": x == 4 -->', False),
    ],
)
def test_small_numbers_count_where_a_result_is_stated(text, found):
    assert bool(list(complaints_about(Page("page.md", text)))) == found


def test_the_line_is_named():
    assert lines_found(
        "Good.\n\nA line,\nanother with 9.99.\n\n```{note}\n:class: a\n\n9.98\n```"
    ) == [4, 9]
