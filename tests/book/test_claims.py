"""What a page claims is held against its cells at that place."""

import pytest

from tests.tools.claims import complaint_about, value_of
from tests.tools.pages import Page
from tests.tools.passages import Claim, passages_of

PAGE = """# Page

```{code-cell} python
errors = [0.76, 0.31]
shape = (4, 3)
```

The error falls from {num}`0.8 = errors[0]` to {num}`0.31 = errors[-1]`, in
{num}`two = len(errors)` steps, and {num}`(4, 3) = shape` is the shape.

<!-- claim "falls": errors[-1] < errors[0] -->

```{code-cell} python
---
mystnb:
  image:
    alt: The error falls over the step to {num}`0.31 = errors[1]`.
  figure:
    name: fig-line
    caption: It falls to {num}`0.31 = errors[1]`.
---
import matplotlib.pyplot as plt

figure, axes = plt.subplots()
axes.plot(errors)
axes.set(xlabel="step", ylabel="error")
errors = [1.0, 2.0]
```

Now it rises from {num}`1.0 = errors[0]`.

<!-- claim "rises": errors[-1] > errors[0] -->
"""


def test_true_claims_pass(run_page):
    text = PAGE.replace("errors[1]", "errors[0] / 2 - 0.19")
    assert run_page(text)[0] == {"passed": 5}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("`0.8 =", "`0.7 =", ":8: the text says 0.7, but `errors[0]` is 0.76"),
        ("`two =", "`three =", ":9: the text says three, but `len(errors)` is 2"),
        ("(4, 3) = s", "(3, 4) = s", ":9: the text says (3, 4), but `shape` is (4, 3)"),
        ("errors[-1] < e", "errors[-1] > e", ':11: "falls" does not hold'),
        ("1.0 = errors[0]", "0.76 = errors[0]", ":30: the text says 0.76"),
        ("errors[-1] > e", "error[-1] > e", "NameError: name 'error' is not defined"),
        ("`0.8 = errors[0]`", "`0.8`", "write {num}`0.8 = expression`"),
    ],
)
def test_a_false_claim_is_told_with_its_place(run_page, old, new, said):
    text = PAGE.replace("errors[1]", "errors[0] / 2 - 0.19")
    assert old in text
    outcomes, output = run_page(text.replace(old, new))
    assert outcomes == {"passed": 4, "failed": 1}
    assert said in output


def test_claims_of_a_figure_hold_after_its_cell(run_page):
    outcomes, output = run_page(PAGE)
    assert outcomes == {"passed": 4, "failed": 1}
    assert output.count("the text says 0.31, but `errors[1]` is 2.0") == 2


def test_claims_wait_while_outputs_are_recorded(run_page):
    assert run_page(PAGE, "--accept")[0] == {"passed": 5}


def test_a_page_that_fails_makes_no_claims(run_page):
    outcomes, _ = run_page(PAGE.replace("shape = ", "1 / 0; "))
    assert outcomes == {"failed": 1, "skipped": 4}


@pytest.mark.parametrize(
    ("words", "expression", "holds"),
    [
        ("87 %", "0.871", True),
        ("87 %", "0.88", False),
        ("three of eight", "3, 8", True),
        ("three of eight", "8, 3", False),
        ("eight", "np.int64(8)", True),
        ("−0.3", "-0.31", True),
        ("0.3", "-0.31", False),
        ("0.5 and 0.25", "np.array([0.5, 0.25])", True),
        ("half", "0.5", True),
        ("none", "0", True),
        ("none", "'none'", False),
        ("about 12", "11.7", True),
        ("about 12", "11.4", False),
        ("twelve", "[]", False),
    ],
)
def test_a_number_states_what_its_code_gives(words, expression, holds):
    claim = Claim(words, expression, 1, is_number=True)
    assert (complaint_about(claim, value_of(claim, {})) is None) == holds


@pytest.mark.parametrize(
    ("expression", "holds"),
    [
        ("x < 2", True),
        ("x > 2", False),
        ("np.all(np.array([x]) < 2)", True),
        ("x", False),
        ("close(slope(np.sin, 0.3), np.cos(0.3))", True),
        ("close(slope(np.sin, 0.3), np.sin(0.3))", False),
        ("neuralnet.sigmoid(0.0) == 1 / 2", True),
    ],
)
def test_words_hold_if_their_code_is_true(expression, holds):
    namespace = {"x": 1}
    claim = Claim("so", expression, 1)
    assert (complaint_about(claim, value_of(claim, namespace)) is None) == holds
    assert namespace == {"x": 1}


def test_a_comment_holds_several_remarks():
    text = """It falls and rises since 1943.
<!--
claim "It falls":
    errors[0]
    > errors[1]
number 1943: a year
claim "rises": errors[1] < errors[2]
-->
"""
    (passage,) = passages_of(Page("page.md", text).blocks)
    assert passage.claims == [
        Claim("It falls", "errors[0] > errors[1]", 3),
        Claim("rises", "errors[1] < errors[2]", 7),
    ]
    assert [(item.numbers, item.reason) for item in passage.exemptions] == [(["1943"], "a year")]
    assert (passage.line, passage.end) == (1, 8)
