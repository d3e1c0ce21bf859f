"""A small neural-network package in NumPy whose every line the book explains."""

from neuralnet.activations import sigmoid, softmax
from neuralnet.convolution import Conv2D, MaxPool2D
from neuralnet.dropout import Dropout
from neuralnet.files import load, save
from neuralnet.history import History, TrainingDiverged
from neuralnet.initializers import glorot_normal, he_normal, lecun_normal, unit_uniform
from neuralnet.layers import Dense, ReLU, Sigmoid, Standardize, Tanh
from neuralnet.losses import (
    binary_cross_entropy,
    cross_entropy,
    mean_squared_error,
    sum_squared_error,
)
from neuralnet.network import Network
from neuralnet.neuron import Neuron
from neuralnet.optimizers import SGD, Adam
from neuralnet.schedules import Scheduled, WarmUp, cosine, linear
from neuralnet.training import accuracy, evaluate, gradient_check, train

__all__ = [
    "SGD",
    "Adam",
    "Conv2D",
    "Dense",
    "Dropout",
    "History",
    "MaxPool2D",
    "Network",
    "Neuron",
    "ReLU",
    "Scheduled",
    "Sigmoid",
    "Standardize",
    "Tanh",
    "TrainingDiverged",
    "WarmUp",
    "accuracy",
    "binary_cross_entropy",
    "cosine",
    "cross_entropy",
    "evaluate",
    "glorot_normal",
    "gradient_check",
    "he_normal",
    "lecun_normal",
    "linear",
    "load",
    "mean_squared_error",
    "save",
    "sigmoid",
    "softmax",
    "sum_squared_error",
    "train",
    "unit_uniform",
]
__version__ = "0.1.0"
