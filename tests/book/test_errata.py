"""Every slip of a tutorial that the book follows is told once, in place."""

import pytest

from tests.tools.complaints import fail_if_any
from tests.tools.pages import Page

# How many slips each tutorial has, and the folder of the part that follows it.
TUTORIALS = {
    "T1": (39, "book/neuron/"),
    "T2": (19, "book/network/"),
    "T3": (18, "book/houses/"),
}


def complaints_about(pages):
    places = {}
    for page in pages:
        for erratum in page.of_kind("erratum"):
            places.setdefault(erratum.argument, []).append(page.place(erratum.line))
    known = {
        f"E-{tutorial}-{number:02}": any(page.name.startswith(folder) for page in pages)
        for tutorial, (slips, folder) in TUTORIALS.items()
        for number in range(1, slips + 1)
    }
    for identifier, is_due in known.items():
        if is_due and identifier not in places:
            yield f"{identifier} is told nowhere: write ```{{erratum}} {identifier} in its place"
    for identifier, found in places.items():
        if identifier not in known:
            yield f"{found[0]}: {identifier} is the number of no slip that we know"
        if len(found) > 1:
            yield f"{identifier} is told {len(found)} times: {', '.join(found)}"


def test_all_errata(pages):
    fail_if_any(complaints_about(pages))


def errata(*numbers):
    text = "\n\n".join(
        f"```{{erratum}} E-T1-{number:02}\n:claim: It is.\n\nIt is not.\n```" for number in numbers
    )
    return Page("book/neuron/page.md", text)


def test_every_slip_told_once_passes():
    assert list(complaints_about([errata(*range(1, 40))])) == []


def test_a_slip_that_is_told_nowhere_is_found():
    (complaint,) = complaints_about([errata(*range(1, 39))])
    assert complaint.startswith("E-T1-39 is told nowhere")


@pytest.mark.parametrize(("extra", "complaint"), [(7, "E-T1-07 is told 2 times"), (40, "no slip")])
def test_a_slip_too_many_is_found(extra, complaint):
    (found,) = complaints_about([errata(*range(1, 40), extra)])
    assert complaint in found


def test_a_part_that_is_not_written_owes_no_errata():
    assert not any("E-T2" in complaint for complaint in complaints_about([errata(1)]))
    assert any(
        "E-T2" in complaint for complaint in complaints_about([Page("book/network/a.md", "")])
    )
