"""The file that the page on PyTorch writes by hand is one that the library reads."""

import json
import re

import numpy as np
import pytest

from examples.records import HERE
from neuralnet import Dense, Network, ReLU

torch = pytest.importorskip("torch")
safetensors = pytest.importorskip("safetensors.torch")
PAGE = HERE.parent / "book" / "frameworks" / "pytorch.md"
CELL = re.compile(r"^```\{code-cell\} python\n(.*?)^```$", re.M | re.S)


@pytest.fixture(scope="module")
def packed():
    """Return the function of the page."""
    (cell,) = (code for code in CELL.findall(PAGE.read_text("utf-8")) if "def packed(" in code)
    names = {"json": json, "np": np}
    exec(cell, names)
    return names["packed"]


@pytest.fixture
def net():
    return Network([Dense(5, 4), ReLU(), Dense(4, 3)], rng=0)


@pytest.fixture
def tables(net):
    named = {0: net.layers[0], 2: net.layers[2]}
    return {
        f"{number}.{name}": values
        for number, layer in named.items()
        for name, values in (("weight", layer.weights.T), ("bias", layer.biases))
    }


def test_the_library_finds_every_table(packed, tables):
    found = safetensors.load(packed(tables))
    assert found.keys() == tables.keys()
    for name, table in tables.items():
        assert np.array_equal(found[name].numpy(), table)


def test_a_model_loads_it_and_answers_as_we_do(packed, tables, net):
    nn = torch.nn
    model = nn.Sequential(nn.Linear(5, 4), nn.ReLU(), nn.Linear(4, 3)).double()
    model.load_state_dict(safetensors.load(packed(tables)))
    rows = np.random.default_rng(0).normal(size=(20, 5))
    with torch.no_grad():
        found = model(torch.from_numpy(rows)).numpy()
    np.testing.assert_allclose(found, net.predict(rows), rtol=0, atol=1e-12)
