"""Signatures of many lines, in a small package: without type hints, and no wider than a page."""

import pytest

from book.extensions.package_source import MOST_COLUMNS, code_of, find, outline_of

NAMES = [f"{name}_of_the_gate" for name in ("height", "width", "angle", "colour", "weight")]
TAKEN = "\n".join(f"        {name}: float = 0.5," for name in NAMES)
PACKAGE = f'''"""A package."""


class Gate:
    """Opens and shuts."""

    def __init__(
        self,
{TAKEN}
    ) -> None:
        """Start."""
        self.angle = 0
'''


@pytest.fixture
def root(tmp_path):
    (tmp_path / "gates").mkdir()
    (tmp_path / "gates" / "__init__.py").write_text(PACKAGE, encoding="utf-8")
    return tmp_path


@pytest.fixture(params=["listing", "outline"])
def lines(root, request):
    if request.param == "outline":
        return outline_of(find("gates.Gate", root))[1:]
    return code_of(find("gates.Gate.__init__", root))[:-1]


def test_the_lines_are_short_and_of_one_number(lines):
    assert len(lines) > 1
    assert {number for number, _ in lines} == {7}
    assert max(len(text) for _, text in lines) <= MOST_COLUMNS


def test_all_names_and_defaults_are_there_and_no_hints(lines):
    text = " ".join(text.strip() for _, text in lines).removesuffix(" ...")
    taken = ", ".join(f"{name}=0.5" for name in NAMES)
    assert text == f"def __init__(self, {taken}):"


def test_the_first_line_stands_out(lines):
    depths = [len(text) - len(text.lstrip()) for _, text in lines]
    assert {depth - depths[0] for depth in depths[1:]} == {8}


OVERLOADED = """from typing import overload

@overload
def half(x: int) -> float: ...
@overload
def half(x: str) -> str: ...
def half(x):
    return x / 2 if isinstance(x, int) else x[: len(x) // 2]
"""


def test_a_function_of_one_line_is_shown_as_it_stands(tmp_path):
    (tmp_path / "halves").mkdir()
    (tmp_path / "halves" / "__init__.py").write_text(OVERLOADED, encoding="utf-8")
    shown = code_of(find("halves.half", tmp_path))
    assert [text for _, text in shown] == OVERLOADED.splitlines()[2:]
