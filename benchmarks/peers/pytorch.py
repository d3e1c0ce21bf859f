"""PyTorch as its tutorials teach it: a module, a loss, an optimiser and a loop over batches.

In W1 the loss over all eight points is never computed, which is in its favour.
"""

import os

import numpy as np
import torch
from torch import nn

from benchmarks.peers.trainer import Trainer, vector
from benchmarks.workloads import PICTURE, Array, Data, Workload

ACTIVATIONS = {"sigmoid": [nn.Sigmoid], "relu": [nn.ReLU], "none": []}
LOSSES = {
    "sum of squares": lambda: nn.MSELoss(reduction="sum"),
    "mean of squares": nn.MSELoss,
    "cross-entropy": nn.CrossEntropyLoss,
}


class Eager(Trainer):
    """Each operation is called from Python."""

    def __init__(self, work: Workload, data: Data) -> None:
        super().__init__(work, data)
        torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
        layers: list[nn.Module] = []
        for (inputs, outputs), name in zip(work.shapes(), work.activations, strict=True):
            if work.side:
                layers.append(nn.Conv2d(1, outputs, work.side, bias=work.bias))
            else:
                layers.append(nn.Linear(inputs, outputs, bias=work.bias))
            layers += [new() for new in ACTIVATIONS[name]]
        self.net = nn.Sequential(*layers).to(getattr(torch, work.dtype))
        self.lines = [layer for layer in self.net if isinstance(layer, (nn.Linear, nn.Conv2d))]
        self.loss = LOSSES[work.loss]()
        self.X, self.y = torch.from_numpy(data.X), torch.from_numpy(data.y)
        if work.side:
            # PyTorch has the channels before rows and columns; their order is changed only here.
            places, filters = PICTURE - work.side + 1, layers[0].out_channels
            self.X = self.X.reshape(-1, 1, PICTURE, PICTURE)
            self.y = self.y.reshape(-1, places, places, filters).movedim(3, 1).contiguous()
        self.loss_of = self.forward

    def forward(self, X: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """Return the loss over some rows."""
        return self.loss(self.net(X), y)

    def prepare(self) -> None:
        with torch.no_grad():
            for line, (weights, biases) in zip(
                self.lines, self.work.split(self.work.start()), strict=True
            ):
                line.weight.copy_(torch.from_numpy(weights.T).reshape(line.weight.shape))
                if self.work.bias:
                    line.bias.copy_(torch.from_numpy(biases))
        rule = torch.optim.Adam if self.work.adam else torch.optim.SGD
        self.optimizer = rule(self.net.parameters(), lr=self.work.rate)

    def train(self) -> None:
        if self.work.batch is None:
            for _ in range(self.work.epochs):
                self.step(self.X, self.y)
            return
        for order in self.work.orders():
            for rows in torch.from_numpy(order).split(self.work.batch):
                self.step(self.X[rows], self.y[rows])

    def step(self, X: torch.Tensor, y: torch.Tensor) -> None:
        """Change the parameters once."""
        loss = self.loss_of(X, y)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()

    def parameters(self) -> Array:
        none = np.empty(0)
        return vector(
            [
                (
                    line.weight.detach().flatten(1).numpy().T,
                    none if line.bias is None else line.bias.detach().numpy(),
                )
                for line in self.lines
            ]
        )


class Compiled(Eager):
    """The forward and the backward pass are compiled, before the measuring."""

    def __init__(self, work: Workload, data: Data) -> None:
        super().__init__(work, data)
        self.loss_of = torch.compile(self.forward)
