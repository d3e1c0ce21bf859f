"""Layers that look at pictures: the same few weights at every place, and the largest of a square.

A picture is a row, as everywhere in this package: its height * width * channels numbers in
reading order, all channels of a pixel side by side.  The layers know its shape.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from neuralnet.checks import Array, non_negative_int, picture_shape, positive_int
from neuralnet.initializers import Initializer, lecun_normal
from neuralnet.layers import Dense, Layer


class Conv2D(Dense):
    """A convolution: one Dense layer that looks at every window of a picture.

    Parameters
    ----------
    shape : (int, int, int)
        Height, width and channels of the pictures that go in.
    filters : int
        How many numbers come out for each window, each from weights of its own.
    side : int
        Height and width of a window, in pixels.
    bias : bool
        Whether a constant is added to each sum.
    padding : int
        How many pixels of zeros to put around the picture first.
    initializer : callable
        Draws the start values of the weights, as for :class:`neuralnet.layers.Dense`, from the
        pixels of a window as inputs and the filters as outputs.

    Attributes
    ----------
    inputs, outputs : int
        How many numbers a picture has, before and after.
    output_shape : (int, int, int)
        Height, width and channels of what comes out: a row and a column for each place of a
        window, and a channel for each filter.
    weights, d_weights : numpy.ndarray
        Of shape (side * side * channels, filters); ``weights.reshape(side, side, channels,
        filters)`` tells which weight is for which pixel of a window.
    biases, d_biases : numpy.ndarray
        Of shape (filters,), or of shape (0,) without bias.

    Raises
    ------
    ValueError
        If `shape` is not three whole numbers above zero, a window is larger than the picture
        with its padding, or another argument will not do.

    Notes
    -----
    The windows are not mirrored, as in all libraries for neural networks; mathematics calls
    this a cross-correlation.

    Examples
    --------
    >>> layer = Conv2D((1, 4, 1), 1, 1)
    >>> layer.weights = [[10.0]]
    >>> print(layer.forward(np.array([[1.0, 2.0, 3.0, 4.0]])))
    [[10. 20. 30. 40.]]
    >>> Conv2D((28, 28, 1), 8, 5).output_shape
    (24, 24, 8)
    """

    def __init__(
        self,
        shape: Sequence[int],
        filters: int,
        side: int,
        *,
        bias: bool = True,
        padding: int = 0,
        initializer: Initializer = lecun_normal,
    ) -> None:
        self.shape, self.side = picture_shape("shape", shape), positive_int("side", side)
        self.filters = positive_int("filters", filters)
        self.padding = non_negative_int("padding", padding)
        height, width, channels = self.shape
        places = [length + 2 * self.padding - self.side + 1 for length in (height, width)]
        if min(places) < 1:
            raise ValueError(
                f"side is {self.side}, but a picture of {height} x {width} pixels with a padding "
                f"of {self.padding} holds no such window: make side smaller, or padding larger"
            )
        self.output_shape = (places[0], places[1], self.filters)
        pixels = self.side**2 * channels
        super().__init__(pixels, self.filters, bias=bias, initializer=initializer)
        self.inputs, self.outputs = math.prod(self.shape), math.prod(self.output_shape)
        self.workspace = places[0] * places[1] * pixels

    def __repr__(self) -> str:
        padding = f", padding={self.padding}" if self.padding else ""
        return f"Conv2D({self.shape}, {self.filters}, {self.side}{self._options()}{padding})"

    def windows(self, x: Array) -> Array:
        """Return each window as a row, of shape (rows * places, side * side * channels)."""
        rim = (self.padding, self.padding)
        pictures = np.pad(x.reshape(len(x), *self.shape), ((0, 0), rim, rim, (0, 0)))
        windows = sliding_window_view(pictures, (self.side, self.side), axis=(1, 2))
        # Each window comes as (channels, side, side).
        return windows.transpose(0, 1, 2, 4, 5, 3).reshape(-1, len(self.weights))

    def forward(self, x: Array) -> Array:
        """Return ``windows(x) @ weights + biases``, of shape (rows, outputs)."""
        return super().forward(self.windows(x)).reshape(len(x), self.outputs)

    def backward(self, d_output: Array) -> Array:
        """Return what the windows of each pixel add up to, (rows, inputs); set both gradients."""
        height, width, filters = self.output_shape
        d_windows = super().backward(d_output.reshape(-1, filters))
        rim, (high, wide, channels), rows = self.padding, self.shape, len(d_output)
        d_windows = d_windows.reshape(rows, height, width, self.side, self.side, channels)
        d_pictures = np.zeros((rows, high + 2 * rim, wide + 2 * rim, channels), d_windows.dtype)
        for i in range(self.side):
            for j in range(self.side):
                d_pictures[:, i : i + height, j : j + width] += d_windows[:, :, :, i, j]
        inside = d_pictures[:, rim : rim + high, rim : rim + wide]
        return inside.reshape(rows, self.inputs)


class MaxPool2D(Layer):
    """Keep the largest number of each square of a picture, for each channel by itself.

    Parameters
    ----------
    shape : (int, int, int)
        Height, width and channels of the pictures that go in.
    side : int
        Height and width of a square, in pixels; height and width of the picture are multiples.

    Attributes
    ----------
    inputs, outputs : int
        How many numbers a picture has, before and after.
    output_shape : (int, int, int)
        Height, width and channels of what comes out.

    Raises
    ------
    ValueError
        If `shape` is not three whole numbers above zero, or does not divide into squares.

    Examples
    --------
    >>> layer = MaxPool2D((2, 4, 1), 2)
    >>> print(layer.forward(np.array([[1.0, 2.0, 0.0, 0.0, 3.0, 4.0, 5.0, 0.0]])))
    [[4. 5.]]
    """

    inputs: int
    outputs: int

    def __init__(self, shape: Sequence[int], side: int) -> None:
        self.shape, self.side = picture_shape("shape", shape), positive_int("side", side)
        height, width, channels = self.shape
        if height % self.side or width % self.side:
            raise ValueError(
                f"side is {self.side}, but a picture of {height} x {width} pixels does not "
                "divide into such squares: choose a side that divides both, or change the picture "
                "by another window or padding of the Conv2D before"
            )
        self.output_shape = (height // self.side, width // self.side, channels)
        self.inputs, self.outputs = math.prod(self.shape), math.prod(self.output_shape)

    def __repr__(self) -> str:
        return f"MaxPool2D({self.shape}, {self.side})"

    def forward(self, x: Array) -> Array:
        """Return the largest number of each square, of shape (rows, outputs)."""
        height, width, channels = self.output_shape
        self.x = x.reshape(len(x), height, self.side, width, self.side, channels)
        largest: Array = self.x.max(axis=2).max(axis=3)
        return largest.reshape(len(x), self.outputs)

    def backward(self, d_output: Array) -> Array:
        """Hand `d_output` to the largest of each square, the first of equals: (rows, inputs)."""
        height, width, channels = self.output_shape
        squares = self.x.transpose(0, 1, 3, 5, 2, 4).reshape(*d_output.shape, self.side**2)
        first = squares.argmax(axis=2, keepdims=True)
        d_squares = np.zeros_like(squares)
        np.put_along_axis(d_squares, first, d_output[:, :, None], axis=2)
        d_squares = d_squares.reshape(-1, height, width, channels, self.side, self.side)
        return d_squares.transpose(0, 1, 4, 2, 5, 3).reshape(len(d_output), self.inputs)
