"""Draw the same cases in each run, and leave nothing of them in the tree."""

import os
import tempfile

import pytest
from hypothesis import settings

settings.register_profile(
    "package", derandomize=True, deadline=None, database=None, max_examples=50
)
settings.load_profile("package")


def pytest_configure(config):
    # Hypothesis keeps what it reads of the sources, also when it keeps no cases.
    storage = tempfile.TemporaryDirectory()
    config.add_cleanup(storage.cleanup)
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = storage.name


@pytest.fixture
def axes():
    from matplotlib.figure import Figure

    return Figure().subplots()


@pytest.fixture
def opened():
    """Return a function that tells which figures Matplotlib has opened; at the end close them."""
    from matplotlib import pyplot

    yield lambda: [pyplot.figure(number) for number in pyplot.get_fignums()]
    pyplot.close("all")
