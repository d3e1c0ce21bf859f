"""A convolution as its formula says it: windows are copied into rows, then comes one product."""

import numpy as np

from benchmarks.peers.trainer import Trainer, vector
from benchmarks.workloads import Array


class Windows(Trainer):
    """What one writes first.  The gradient over the pictures is not asked for, and not computed."""

    def prepare(self) -> None:
        [(weights, biases)] = self.work.split(self.work.start())
        self.weights, self.biases, self.losses = weights.copy(), biases.copy(), []

    def train(self) -> None:
        rate, (x, y, *_) = self.work.rate, self.data
        targets = y.reshape(-1, len(self.biases))
        for _ in range(self.work.epochs):
            windows = self.work.windows(x)
            difference = windows @ self.weights + self.biases - targets
            self.losses.append(np.mean(difference**2))
            d = 2 * difference / difference.size
            self.weights -= rate * (windows.T @ d)
            self.biases -= rate * d.sum(axis=0)

    def parameters(self) -> Array:
        return vector([(self.weights, self.biases)])
