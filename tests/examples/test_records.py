"""What the pages show of the examples belongs to the code that they show beside it."""

import pytest

from examples import records
from tests.tools.complaints import fail_if_any
from tests.tools.pages import pages_of_book

AGAIN = "run make frameworks RECORD=1"


def complaints_about(name):
    if not records.path_of(name).is_file():
        yield f"what examples/{name}.py gives is not recorded: {AGAIN}"
    elif records.read(name)["code"] != records.fingerprint(name):
        yield f"examples/{name}.py has changed since its results were recorded: {AGAIN}"


def test_every_record_belongs_to_the_code_of_today():
    fail_if_any(complaint for name in records.names() for complaint in complaints_about(name))


def test_helpers_have_no_record(small):
    assert records.names() == ["sums"]


def test_no_record_is_left_over():
    kept = {path.stem for path in (records.HERE / "recorded").glob("*.json")}
    assert kept <= set(records.names())


def test_every_record_is_shown_on_a_page():
    text = "\n".join(page.text for page in pages_of_book())
    fail_if_any(
        f"no page shows what is recorded of examples/{name}.py"
        for name in records.names()
        if f'recorded("{name}")' not in text
    )


@pytest.fixture
def small(tmp_path, monkeypatch):
    """Examples in a folder of their own: `sums`, which imports `numbers`."""
    files = {
        "records.py": "",
        "numbers.py": "TWO = 2\n",
        "sums.py": "from examples.numbers import TWO\n\n\ndef results():\n    return {}\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(records, "HERE", tmp_path)
    return tmp_path


@pytest.mark.parametrize(("changed", "is_seen"), [("sums", 1), ("numbers", 1), ("records", 0)])
def test_a_change_of_the_code_is_seen(small, changed, is_seen):
    before = records.fingerprint("sums")
    with (small / f"{changed}.py").open("a", encoding="utf-8") as file:
        file.write("THREE = 3\n")
    assert (records.fingerprint("sums") != before) == is_seen


@pytest.mark.parametrize("text", ["from examples import numbers\n", "import examples.numbers\n"])
def test_every_way_of_importing_is_seen(small, text):
    (small / "sums.py").write_text(text, encoding="utf-8")
    assert [path.stem for path in records.sources_of("sums")] == ["numbers", "sums"]


@pytest.mark.parametrize(
    ("before", "now", "same"),
    [
        (1, 1, True),
        (1, 2, False),
        (1, 1.0, False),
        (True, 1, False),
        (0.5, 0.5 + 1e-9, True),
        (0.5, 0.50001, False),
        (2e-16, 7e-13, True),
        (2e-16, 2e-10, False),
        ([0.1, 0.2], [0.1, 0.2], True),
        ([0.1, 0.2], [0.1], False),
        ([0.1, 0.2], [0.1, 0.3], False),
        ({"a": 1.0}, {"a": 1.0}, True),
        ({"a": 1.0}, {"b": 1.0}, False),
        ({"a": [1.0, "x"]}, {"a": [1.0, "y"]}, False),
    ],
)
def test_results_agree_but_for_rounding(before, now, same):
    assert records.agree(before, now) is same
