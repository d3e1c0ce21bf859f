"""What no NumPy code can go below: the products of the work, and nothing else."""

import numpy as np

from benchmarks.peers.trainer import Trainer
from benchmarks.workloads import Array, Data, Workload

Product = tuple[Array, Array, Array]


class Floor(Trainer):
    """`np.dot` into results that exist already, with operands that stay the same.

    Each step has the products of a forward pass, of the gradients over all weights, and of the
    gradients over the inputs of all layers but the first.
    """

    def __init__(self, work: Workload, data: Data) -> None:
        super().__init__(work, data)
        batch = work.batch or work.rows
        self.whole, rest = divmod(work.rows, batch)
        self.products = self._products(data.X[:batch])
        self.rest = self._products(data.X[:rest]) if rest else []

    def _products(self, x: Array) -> list[Product]:
        forward, backward = [], []
        for number, (weights, _) in enumerate(self.work.split(self.work.start())):
            z = np.ones((len(x), weights.shape[1]), x.dtype)
            forward.append((x, weights, np.empty_like(z)))
            backward.append((x.T, z, np.empty_like(weights)))
            if number > 0:
                backward.append((z, weights.T, np.empty_like(x)))
            x = z
        return forward + backward

    def prepare(self) -> None:
        """Nothing is learned, so there is no start."""

    def train(self) -> None:
        dot = np.dot
        for _ in range(self.work.epochs):
            for _ in range(self.whole):
                for a, b, out in self.products:
                    dot(a, b, out)
            for a, b, out in self.rest:
                dot(a, b, out)
