"""The editions that were made of the built book."""

import pytest


def pytest_collection_modifyitems(items):
    for item in items:
        if "editions" in item.path.parts:
            item.add_marker(pytest.mark.editions)
