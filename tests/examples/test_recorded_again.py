"""The examples give today what is recorded; tested wherever their libraries are installed."""

import os

import pytest

from examples import records

os.environ["KERAS_BACKEND"] = "torch"
for library in ("torch", "keras", "safetensors"):
    pytest.importorskip(library)


@pytest.mark.parametrize("name", records.names())
def test_results_are_those_recorded(name):
    assert records.differences(name) == []
