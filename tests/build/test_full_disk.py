"""A site that does not fit on the disk is reported in one sentence, and the last one is kept."""

import pytest

from tests.build.tiny_book import Build, TinyBook

resource = pytest.importorskip("resource", reason="Windows has no limit on the size of files")

LIMIT = 2**24
LIMITED_BUILD = f"""
import resource, runpy
resource.setrlimit(resource.RLIMIT_FSIZE, ({LIMIT}, {LIMIT}))
runpy.run_path("book/build.py", run_name="__main__")
"""


@pytest.fixture
def book(tmp_path):
    """A book whose next site holds a file that is larger than the limit of its build."""
    book = TinyBook(tmp_path).write()
    first = book.build()
    assert first.code == 0, first.err
    book.edit(book.page, "Here it is.", "Here it comes.")
    with (book.work / "large.bin").open("wb") as file:
        file.truncate(LIMIT + 1)
    return book


def test_last_site_is_kept_until_there_is_room_for_the_next(book):
    build = Build(book.run("-c", LIMITED_BUILD))
    assert build.code != 0
    message = build.err.strip().splitlines()[-1]
    assert message.startswith("The book was not published ([Errno ")
    assert "large.bin" in message
    assert message.endswith(
        ", _build/html still holds the last good one: make room on the disk or raise your limit, "
        "then try again."
    )
    assert "Traceback" not in build.err
    assert "Here it is." in book.text()
    assert [path.name for path in book.site.parent.glob("html*")] == ["html"]
    (book.work / "large.bin").unlink()
    build = book.build()
    assert build.code == 0, build.err
    assert build.executed == []
    assert "Here it comes." in book.text()
