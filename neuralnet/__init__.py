"""A small neural-network package in NumPy whose every line the book explains."""

from neuralnet.activations import sigmoid
from neuralnet.losses import sum_squared_error
from neuralnet.neuron import Neuron
from neuralnet.training import History, TrainingDiverged

__all__ = ["History", "Neuron", "TrainingDiverged", "sigmoid", "sum_squared_error"]
__version__ = "0.1.0"
