"""Where PyTorch is missing, the bridge says so."""

import sys

import pytest

from neuralnet import Dense, Network
from neuralnet.frameworks import from_torch, to_torch


@pytest.mark.parametrize("ask", [lambda: to_torch(Network([Dense(2, 1)])), lambda: from_torch(0)])
def test_who_lacks_torch_is_told_what_to_do(monkeypatch, ask):
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(ImportError, match=r'needs PyTorch.* install "\.\[torch\]"'):
        ask()
