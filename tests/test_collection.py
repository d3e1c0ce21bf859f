"""pytest finds every test: of itself it leaves out folders named `build` or `dist`."""

from fnmatch import fnmatch
from pathlib import Path

TESTS = Path(__file__).parent


def test_no_folder_of_tests_is_left_out(pytestconfig):
    left_out = pytestconfig.getini("norecursedirs")
    folders = {path.relative_to(TESTS).parent for path in TESTS.rglob("test_*.py")}
    assert not [
        folder.as_posix()
        for folder in folders
        if any(fnmatch(part, pattern) for part in folder.parts for pattern in left_out)
    ]
