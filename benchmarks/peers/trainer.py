"""What all trainers have in common."""

from abc import ABC, abstractmethod

import numpy as np

from benchmarks.workloads import Array, Data, Workload


class Trainer(ABC):
    """Trains one workload, again and again from the same start."""

    def __init__(self, work: Workload, data: Data) -> None:
        self.work, self.data = work, data

    @abstractmethod
    def prepare(self) -> None:
        """Go back to the start; not timed."""

    @abstractmethod
    def train(self) -> None:
        """Do the work; timed."""

    def parameters(self) -> Array | None:
        """Return what was learned, as `Workload.start` orders it."""
        return None


def vector(layers: list[tuple[Array, Array]]) -> Array:
    """Return weights of shape (inputs, outputs) and biases as one vector."""
    return np.concatenate([part.ravel() for layer in layers for part in layer])
