"""A small neural-network package in NumPy whose every line the book explains."""

from neuralnet.activations import sigmoid

__all__ = ["sigmoid"]
__version__ = "0.1.0"
