"""The cells of a page run as in its kernel, and what they show is held against the record."""

import pytest

from tests.tools.cells import Kernel

DISPLAY = "from IPython.display import HTML, SVG, display\n"


@pytest.fixture
def kernel():
    return Kernel("page.md")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("1 + 1", "2\n"),
        ("print('a')\n'b'", "a\n'b'\n"),
        ("x = 1", ""),
        ("1 + 1;", ""),
        ("1 + 1;  # a comment", ""),
        ("None", ""),
        ("", ""),
        ("print('a')\n1 / 0", "a\nZeroDivisionError: division by zero\n"),
        ("assert False", "AssertionError\n"),
        ("{'b': 1, 'a': list(range(3))}", "{'b': 1, 'a': [0, 1, 2]}\n"),
        ("class E(ValueError): pass\nraise E('two\\nlines')", "E: two\nlines\n"),
        ("class R:\n    def _repr_html_(self): return '<p>a<p>b'\nR()", "a\nb\n"),
        ("print('a', end='')\n'b'", "a\n'b'\n"),
        ("print('a', end='')\n1 / 0", "a\nZeroDivisionError: division by zero\n"),
        (DISPLAY + "print('a')\ndisplay(1, 'b')\nprint('c')", "a\n1\n'b'\nc\n"),
        (DISPLAY + "display(HTML('<p>a <b>b</b>'))", "a b\n"),
        (DISPLAY + "display(SVG('<svg></svg>'))", ""),
        ("import matplotlib.pyplot as plt\nplt.figure()", ""),
    ],
)
def test_a_cell_shows_what_the_kernel_shows(kernel, source, text):
    assert kernel.run(source).text == text


def test_long_values_are_broken_as_the_kernel_breaks_them(kernel):
    assert kernel.run("list(range(40))").text.count("\n") == 40


def test_cells_share_a_namespace(kernel):
    kernel.run("x = 2")
    assert kernel.run("x").text == "2\n"


def test_dataclasses_find_their_module(kernel):
    source = "from dataclasses import dataclass\n@dataclass\nclass A:\n    x: 'int'\nA(1)"
    assert kernel.run(source).text == "A(x=1)\n"


def test_figures_are_drawn_noticed_and_closed(kernel):
    import matplotlib.pyplot as plt

    assert kernel.run("import matplotlib.pyplot as plt\nplt.plot([1, 2]);").draws
    assert plt.get_fignums() == []
    assert not kernel.run("x = 1").draws


@pytest.mark.parametrize("source", ["display(SVG('<svg></svg>'))", "SVG('<svg></svg>')"])
def test_images_that_are_displayed_are_noticed(kernel, source):
    assert kernel.run(DISPLAY + source).draws


def test_a_fault_in_the_drawing_comes_to_light(kernel):
    result = kernel.run("import matplotlib.pyplot as plt\nplt.title(r'$\\frac$');")
    assert "ValueError" in result.text


def test_a_warning_is_an_error(kernel):
    result = kernel.run("import numpy as np\nnp.array([1.0]) / 0")
    assert result.text.startswith("RuntimeWarning: divide by zero")


PAGE = """# Page

```{code-cell} python
x = 2.1672
print(x)
```
```{output}
2.17
```

```{code-cell} python
:tags: [raises-exception]

raise ValueError("no")
```
```{output}
ValueError: no
```

```{code-cell} python
y = 1
```
"""


def test_a_page_that_is_right_passes(run_page):
    assert run_page(PAGE)[0] == {"passed": 3}


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("{output}\n2.17\n", "{output}\n2.18\n", 3, "- 2.18\n    + 2.1672"),
        ("```{output}\n2.17\n```\n", "", 3, "shows text that is not recorded"),
        ("```{output}\n2.17\n", "\n```{output}\n2.17\n", 8, "stands under no cell"),
        ("2.17\n```\n", "2.17\n```\n```{output}\n1\n```\n", 10, "stands under no cell"),
        ("y = 1\n```\n", "y = 1\n```\n```{output}\n1\n```\n", 20, "shows no text"),
        ("y = 1\n```\n", "y = 1\n```\n```{output}\n...\n```\n", 20, "shows no text"),
        ("{output}\n2.17\n", "{output}\n...\n", 3, "- ...\n    + 2.1672"),
        (":tags: [raises-exception]\n\n", "", 11, "ValueError: no"),
        ("raise ValueError", "print", 11, "is tagged raises-exception but raised nothing"),
        ("ValueError: no\n", "ValueError: yes\n", 11, "- ValueError: yes"),
        ("y = 1", "y = (", 20, "SyntaxError"),
        ("y = 1", "import matplotlib.pyplot as p; p.plot([1]);", 20, "no name, caption and alt"),
        ("y = 1", "import warnings; warnings.warn('w')", 20, "UserWarning: w"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(run_page, old, new, line, said):
    assert old in PAGE
    outcomes, output = run_page(PAGE.replace(old, new))
    assert outcomes["failed"] >= 1
    assert f"book/page.md:{line}:" in output
    assert said in output


def test_a_changed_output_names_the_code_and_the_remedy(run_page):
    _, output = run_page(PAGE.replace("2.17", "2.18"))
    assert "    x = 2.1672\n    print(x)" in output
    assert "pytest --accept book/page.md" in output


def test_an_error_shows_the_line_of_the_page(run_page):
    _, output = run_page(PAGE.replace("y = 1", "y = 1\n1 / 0"))
    assert 'book/page.md", line 22, in <module>\n        1 / 0' in output


def test_after_an_error_the_page_is_left(run_page):
    outcomes, output = run_page(PAGE.replace("x = 2.1672", "x"), "-rs")
    assert outcomes == {"failed": 1, "skipped": 2}
    assert "another cell of this page failed, on line 3" in output


def test_a_single_cell_runs_after_those_above_it(run_page):
    text = PAGE.replace("y = 1", "y = x + 1")
    assert run_page(text, "book/page.md::line:20,column:1")[0] == {"passed": 1}
    assert run_page(text.replace("x = 2.1672", "1 / 0"), "book/page.md::line:20,column:1")[0] == {
        "failed": 1
    }


def test_pages_do_not_share_settings(pytester, run_book):
    setting = "import numpy as np\nnp.set_printoptions(precision=2)"
    showing = "import numpy as np\nprint(np.array([1 / 3]))"
    for name, source, shown in [("a", setting, ""), ("b", showing, "[0.33333333]")]:
        output = f"```{{output}}\n{shown}\n```\n" if shown else ""
        text = f"```{{code-cell}} python\n{source}\n```\n{output}"
        (pytester.path / "book" / f"{name}.md").write_text(text, encoding="utf-8")
    run_book().assert_outcomes(passed=2)


DOCSTRING = '''"""A module.

>>> 2.172
2.18
"""
'''
README = """```python
>>> 1 + 1
4
```

```pycon
>>> 1 + 1
5
>>> 2.1672, "x"
(2.17, 'x')
```

```python
assert 1 == 2
```
"""


def test_docstrings_and_the_readme_run(pytester, run_book):
    (pytester.path / "neuralnet").mkdir()
    pytester.syspathinsert(pytester.path / "neuralnet")
    (pytester.path / "neuralnet" / "half.py").write_text(DOCSTRING, encoding="utf-8")
    (pytester.path / "README.md").write_text(README, encoding="utf-8")
    result = run_book("neuralnet", "README.md")
    result.assert_outcomes(passed=1, failed=4)
    places = ["half.py:3:", "README.md:2:", "README.md:7:", "README.md:14: AssertionError"]
    result.stdout.fnmatch_lines([f"*{place}*" for place in places])
