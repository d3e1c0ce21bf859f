"""The examples give today what is recorded; tested wherever their libraries are installed."""

import os

import pytest

from examples import records

os.environ["KERAS_BACKEND"] = "torch"
for library in ("torch", "keras", "safetensors"):
    pytest.importorskip(library)


# Keras uses NumPy in a way that NumPy is about to change.
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
@pytest.mark.parametrize("name", records.names())
def test_results_are_those_recorded(name):
    assert records.differences(name) == []
