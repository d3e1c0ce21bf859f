"""`pytest --accept` writes new outputs into the pages, and changes nothing else."""

import pytest

from tests.tools.accepting import PageChangedError, accept

PAGE = """# Page  \r
```{code-cell} python
print(1.0)
```
```{output}
2.0
```

```{code-cell} python
print("new ```")
```

```{code-cell} python
x = 1
```
```{output}
gone
```
- a tail\twithout a newline"""
ACCEPTED = """# Page  \r
```{code-cell} python
print(1.0)
```
```{output}
1.0
```

```{code-cell} python
print("new ```")
```
````{output}
new ```
````

```{code-cell} python
x = 1
```
- a tail\twithout a newline"""


@pytest.fixture
def page(pytester):
    return pytester.path / "book" / "page.md"


def accept_page(page, run_book, text, *options):
    page.write_bytes(text.encode())
    result = run_book("--accept", *options)
    return result, page.read_bytes().decode()


def test_outputs_are_replaced_added_and_taken_out(page, run_book):
    before, after = (text.replace("  \r", "") for text in (PAGE, ACCEPTED))
    result, text = accept_page(page, run_book, before)
    assert text == after
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["accepted: book/page.md (3 outputs)"])


def test_the_line_ends_of_a_page_are_kept(page, run_book):
    before, after = (text.replace("  \r", "").replace("\n", "\r\n") for text in (PAGE, ACCEPTED))
    _, text = accept_page(page, run_book, before)
    assert text == after


def test_what_is_accepted_passes_afterwards(page, run_book):
    accept_page(page, run_book, PAGE.replace("  \r", ""))
    run_book().assert_outcomes(passed=3)


@pytest.mark.parametrize("recorded", ["2.17", "2.1672  ", "\n2.1672\n"])
def test_an_output_that_holds_is_left_alone(page, run_book, recorded):
    before = f"```{{code-cell}} python\nprint(2.1672)\n```\n```{{output}}\n{recorded}\n```\n"
    result, text = accept_page(page, run_book, before)
    assert text == before
    assert "accepted" not in result.stdout.str()


@pytest.mark.parametrize(
    "broken",
    ["1 / 0", ":tags: [raises-exception]\n\nx = 1"],
)
def test_a_page_with_a_broken_cell_is_not_written(page, run_book, broken):
    before = PAGE.replace("  \r", "") + f"\n\n```{{code-cell}} python\n{broken}\n```\n"
    result, text = accept_page(page, run_book, before)
    assert text == before
    assert result.parseoutcomes() == {"failed": 1, "skipped": 3}
    assert "No output was recorded on this page" in result.stdout.str()


def test_pages_are_accepted_by_several_processes(page, run_book):
    text = PAGE.replace("  \r", "")
    page.with_name("other.md").write_text(text, encoding="utf-8")
    result, _ = accept_page(page, run_book, text, "-n2", "--dist", "loadfile")
    result.stdout.fnmatch_lines_random(
        ["accepted: book/page.md (3 outputs)", "accepted: book/other.md (3 outputs)"]
    )


def test_cells_of_a_page_in_several_processes_are_refused(page, run_book):
    result, text = accept_page(page, run_book, PAGE, "-n2", "--dist", "load")
    assert text == PAGE
    result.stderr.fnmatch_lines(["*--accept needs all cells of a page in one process*"])


def test_a_page_that_was_edited_meanwhile_is_not_written(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("edited", encoding="utf-8")
    with pytest.raises(PageChangedError, match="run pytest --accept again"):
        accept(page, "as it was", [])
    assert page.read_text(encoding="utf-8") == "edited"
    assert list(tmp_path.iterdir()) == [page]
