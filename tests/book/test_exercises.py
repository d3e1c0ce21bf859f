"""Every chapter ends with exercises, each with one solution that is run."""

import pytest

from tests.tools.complaints import fail_if_any
from tests.tools.pages import Page

FEWEST = 2


def complaints_about(pages):
    places = {}
    for page in pages:
        labels = [exercise.options.get("label", "") for exercise in page.exercises]
        for exercise, label in zip(page.exercises, labels, strict=True):
            places.setdefault(label, []).append(page.place(exercise.line))
        if len(labels) < FEWEST:
            yield f"{page.name}.md: {len(labels)} exercises; a chapter has at least {FEWEST}"
        yield from complaints_about_solutions(page, labels)
        for gate in page.of_kind("exercise-end", "solution-end"):
            if gate.text.strip():
                yield f"{page.place(gate.line)}: close {gate.kind} with a line ``` of its own"
    for label, found in places.items():
        if not label:
            yield from (f"{place}: the exercise needs a :label:" for place in found)
        elif len(found) > 1:
            yield f"two exercises are labelled {label}: {', '.join(found)}"


def complaints_about_solutions(page, labels):
    solutions = page.of_kind("solution", "solution-start")
    solved = [solution.argument for solution in solutions]
    for exercise, label in zip(page.exercises, labels, strict=True):
        if solved.count(label) != 1:
            yield (
                f"{page.place(exercise.line)}: exercise {label} has {solved.count(label)} "
                f"solutions; give it one, ```{{solution-start}} {label}"
            )
    for solution in solutions:
        place = page.place(solution.line)
        if solution.argument not in labels:
            yield f"{place}: no exercise of this page is labelled {solution.argument}"
        if "dropdown" not in str(solution.options.get("class", "")):
            yield f"{place}: fold the solution with :class: dropdown"
        if not cells_in(page, solution):
            yield f"{place}: the solution runs no cell; show that it is right"


def cells_in(page, solution):
    """Return the cells between a solution's gates."""
    ends = [end.line for end in page.of_kind("solution-end") if end.line > solution.line]
    last = min(ends, default=solution.line)
    return [
        cell
        for cell in page.cells
        if solution.line < cell.line < last and "remove-cell" not in cell.tags
    ]


def test_all_chapters(chapters):
    fail_if_any(complaints_about(chapters))


def exercise(label):
    return f"""
```{{exercise-start}}
:label: {label}
```
Halve it.
```{{exercise-end}}
```

```{{solution-start}} {label}
:class: dropdown
```
```{{code-cell}} python
x / 2
```
```{{solution-end}}
```
"""


TWO = exercise("ex-a") + exercise("ex-b")
SOLUTION = exercise("ex-b").partition("\n\n")[2]
CELL = "```{code-cell} python\nx / 2\n```\n"


def complaints_about_text(*texts):
    return list(complaints_about([Page(f"page-{n}.md", text) for n, text in enumerate(texts)]))


def test_solved_exercises_pass():
    assert complaints_about_text(TWO) == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("# A page", "0 exercises"),
        (exercise("ex-a"), "1 exercises"),
        (TWO.replace(SOLUTION, ""), "exercise ex-b has 0 solutions"),
        (TWO + SOLUTION, "exercise ex-b has 2 solutions"),
        (exercise("ex-a") + exercise("ex-b").replace(CELL, "Half.\n"), "runs no cell"),
        (TWO.replace("-start} ex-b", "-start} ex-c"), "no exercise of this page is labelled ex-c"),
        (TWO.replace(":class: dropdown\n", ""), "fold the solution"),
        (TWO + exercise("ex-b"), "two exercises are labelled ex-b"),
        (TWO.replace(":label: ex-b\n", ""), "needs a :label:"),
        (TWO.replace("end}\n```\n", "end}\n", 1), "close exercise-end"),
    ],
)
def test_what_is_missing_is_found(text, complaint):
    assert any(complaint in found for found in complaints_about_text(text))


def test_a_label_that_two_pages_share_is_found():
    (complaint,) = complaints_about_text(TWO, TWO.replace("ex-b", "ex-c"))
    assert complaint.startswith("two exercises are labelled ex-a")
