"""Run the book: the cells of its pages, the README's examples and the package's docstrings."""

import contextlib
import os
import sys

import numpy as np
import pytest
from sybil import Sybil
from sybil.sybil import SybilCollection
from threadpoolctl import threadpool_limits

from book.extensions.kernel_environment import MATPLOTLIB
from tests.tools.example_sybil import DocstringParser, FenceParser
from tests.tools.figure_sybil import FigureParser
from tests.tools.page_sybil import PageDocument

pytest_plugins = ["pytester"]  # for the tests that run small books of their own
# The user's own style of figures must fail no test.
os.environ |= {"MPLBACKEND": "Agg", "MPLCONFIGDIR": str(MATPLOTLIB)}
os.environ.pop("MATPLOTLIBRC", None)
# As in the kernels of the book; threads of several processes would wait for each other.
threadpool_limits(1)


pages = Sybil(
    path="book",
    pattern="*.md",
    parsers=[FigureParser()],
    document_types={".md": PageDocument},
    fixtures=["accepting", "record_property", "settings_of_page"],
)
readme = Sybil(filenames=["README.md"], parsers=[FenceParser("python"), FenceParser("pycon")])
docstrings = Sybil(path="neuralnet", pattern="*.py", parsers=[DocstringParser()])

pytest_collect_file = SybilCollection([pages, readme, docstrings]).pytest()


def pytest_addoption(parser):
    parser.addoption(
        "--accept",
        action="store_true",
        help="record what the cells of the book show, in its pages",
    )


def pytest_configure(config):
    if not config.getoption("accept"):
        return
    if config.getoption("numprocesses", None) and config.getoption("dist") != "loadfile":
        raise pytest.UsageError(
            "--accept needs all cells of a page in one process: --dist loadfile"
        )
    config.pluginmanager.register(Accepted())


@pytest.fixture(scope="session")
def accepting(pytestconfig):
    """Whether the outputs of the pages are to be recorded."""
    return pytestconfig.getoption("accept")


@pytest.fixture(scope="module")
def settings_of_page():
    """Undo what a page sets, and leave its folder: in the book each page has its own kernel."""
    with np.printoptions(), contextlib.chdir("."):
        yield
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcdefaults()


class Accepted:
    """Tell which pages were written, also when other processes wrote them."""

    def __init__(self):
        self.pages = []

    def pytest_runtest_logreport(self, report):
        if report.when == "call":
            self.pages += [value for name, value in report.user_properties if name == "accepted"]

    def pytest_terminal_summary(self, terminalreporter):
        for page in self.pages:
            terminalreporter.write_line(f"accepted: {page}")
