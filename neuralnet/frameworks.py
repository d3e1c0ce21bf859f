"""Networks in PyTorch: there and back, with the same numbers.

PyTorch is imported by the functions that need it, so the module can be read without it.
"""

# PyTorch need not be installed where types are checked.
# mypy: allow-subclassing-any

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuralnet.checks import Array, instance, picture_shape, shown
from neuralnet.convolution import Conv2D, MaxPool2D
from neuralnet.dropout import Dropout
from neuralnet.layers import Dense, Layer, ReLU, Sigmoid, Standardize, Tanh
from neuralnet.network import Network

Shape = tuple[int, int, int]


def to_torch(net: Network) -> Any:
    """Make the same network in PyTorch.

    Parameters
    ----------
    net : Network
        Of layers of this package; it is left as it was.

    Returns
    -------
    torch.nn.Sequential
        With copies of the parameters, in the same precision.  It takes rows as `net` does, of
        shape (rows, inputs): pictures are turned to PyTorch's order of axes within.  Like every
        new module it is in training mode: call ``eval()`` before it predicts, if it has a Dropout.

    Raises
    ------
    ImportError
        If PyTorch is not installed.
    TypeError
        If `net` is no Network.
    ValueError
        If a layer has no counterpart in PyTorch.
    """
    instance("net", net, Network, "Network([Dense(2, 1)])")
    modules: list[Any] = []
    shape: Shape | None = None
    for number, layer in enumerate(net.layers):
        modules += _turned(shape, layer)
        modules.append(_module_of(number, layer))
        shape = _shape_after(shape, layer)
    return _torch().nn.Sequential(*modules, *_to_rows(shape))


def from_torch(
    model: Any,
    *,
    shape: Sequence[int] | None = None,
    rng: np.random.Generator | int | None = None,
) -> Network:
    """Make a network of the same layers and parameters as a model of PyTorch.

    Parameters
    ----------
    model : torch.nn.Sequential
        Of Linear, Sigmoid, Tanh, ReLU, Dropout, Conv2d, MaxPool2d, Flatten and what
        :func:`to_torch` makes; it is left as it was.
    shape : sequence of int, optional
        Height, width and channels of the pictures, if the model takes pictures of shape (rows,
        channels, height, width).  The network takes each as a row, channels last.
    rng : numpy.random.Generator or int, optional
        Who decides what a Dropout drops.

    Returns
    -------
    Network
        With copies of the parameters, in the same precision.

    Raises
    ------
    ImportError
        If PyTorch is not installed.
    TypeError
        If `model` is no Sequential.
    ValueError
        If a module has no counterpart in this package, or the shape of pictures is not known.
    """
    instance("model", model, _torch().nn.Sequential, "nn.Sequential(nn.Linear(2, 1))")
    reader = _Reader(None if shape is None else picture_shape("shape", shape))
    layers: list[Layer] = []
    for number, module in enumerate(_in_a_row(model)):
        layers += reader.layers_of(number, module)
    reader.end()
    kinds = {parameter.dtype for parameter in model.parameters()}
    if len(kinds) > 1:
        raise ValueError(f"the parameters are of {len(kinds)} kinds: use model.double() first")
    dtype = _numbers(next(model.parameters())).dtype if kinds else np.float64
    return Network(layers, rng=rng, dtype=dtype)


def _torch() -> Any:
    """Import PyTorch; say what to do where there is none."""
    try:
        import torch
    except ImportError as error:
        raise ImportError(
            "neuralnet.frameworks needs PyTorch: in the book's folder, run "
            'python -m pip install ".[torch]"'
        ) from error
    return torch


# Modules that PyTorch lacks


@cache
def _standardized() -> Any:
    torch = _torch()
    base: Any = torch.nn.Module

    class Standardized(base):
        """``(x - mean) / std`` in double precision, as the layer does it."""

        def __init__(self, mean: Array, std: Array, dtype: Any) -> None:
            super().__init__()
            self.register_buffer("mean", torch.tensor(mean))
            self.register_buffer("std", torch.tensor(std))
            self.dtype = torch.from_numpy(np.zeros(0, dtype)).dtype

        def forward(self, x: Any) -> Any:
            return ((x - self.mean) / self.std).to(self.dtype)

    return Standardized


@cache
def _pictures() -> Any:
    base: Any = _torch().nn.Module

    class Pictures(base):
        """From rows, channels last, to pictures, (rows, channels, height, width)."""

        def __init__(self, shape: Shape) -> None:
            super().__init__()
            self.shape = shape

        def forward(self, x: Any) -> Any:
            return x.reshape(-1, *self.shape).permute(0, 3, 1, 2)

    return Pictures


@cache
def _rows() -> Any:
    base: Any = _torch().nn.Module

    class Rows(base):
        """From pictures, (rows, channels, height, width), to rows, channels last."""

        def forward(self, x: Any) -> Any:
            return x.permute(0, 2, 3, 1).flatten(1)

    return Rows


# From a layer to a module


def _module_of(number: int, layer: Layer) -> Any:
    """Return the module that computes the same as a layer."""
    if type(layer) not in MODULES:
        raise ValueError(
            f"layer {number} is a {type(layer).__name__}, which has no counterpart in PyTorch "
            "here: give to_torch a network of the other layers, and write this one there yourself"
        )
    return MODULES[type(layer)](layer, _torch().nn)


def _linear(layer: Dense, nn: Any) -> Any:
    """Return a Linear, whose weights have a row for each output."""
    return _filled(layer, layer.weights.T, nn.Linear, layer.inputs, layer.outputs, bias=layer.bias)


def _conv2d(layer: Conv2D, nn: Any) -> Any:
    """Return a Conv2d, whose weights have the axes (filters, channels, side, side)."""
    side, channels = layer.side, layer.shape[2]
    weights = layer.weights.reshape(side, side, channels, layer.filters).transpose(3, 2, 0, 1)
    options = {"padding": layer.padding, "bias": layer.bias}
    return _filled(layer, weights, nn.Conv2d, channels, layer.filters, side, **options)


def _filled(layer: Layer, weights: Array, kind: Any, *sizes: int, **options: Any) -> Any:
    """Return a module with copies of weights and biases, without drawing any first."""
    torch = _torch()
    options["dtype"] = torch.from_numpy(layer.weights).dtype
    module = torch.nn.utils.skip_init(kind, *sizes, **options)
    with torch.no_grad():
        module.weight.copy_(torch.tensor(weights))
        if module.bias is not None:
            module.bias.copy_(torch.tensor(layer.biases))
    return module


MODULES: dict[type[Layer], Callable[[Any, Any], Any]] = {
    Dense: _linear,
    Sigmoid: lambda layer, nn: nn.Sigmoid(),
    Tanh: lambda layer, nn: nn.Tanh(),
    ReLU: lambda layer, nn: nn.ReLU(),
    Standardize: lambda layer, nn: _standardized()(layer.mean, layer.std, layer.dtype),
    Dropout: lambda layer, nn: nn.Dropout(layer.rate),
    Conv2D: _conv2d,
    MaxPool2D: lambda layer, nn: nn.MaxPool2d(layer.side),
}


def _turned(shape: Shape | None, layer: Layer) -> list[Any]:
    """Return what turns outputs of a shape, None for rows, to what the next layer takes."""
    wanted = _shape_before(shape, layer)
    if wanted == shape:
        return []
    return _to_rows(shape) + ([] if wanted is None else [_pictures()(wanted)])


def _to_rows(shape: Shape | None) -> list[Any]:
    """Return what turns outputs of a shape to rows."""
    return [] if shape is None else [_rows()()]


def _shape_before(shape: Shape | None, layer: Layer) -> Shape | None:
    """Return the shape that a layer takes; what looks at single numbers takes any."""
    if isinstance(layer, Conv2D | MaxPool2D):
        return (layer.shape[0], layer.shape[1], layer.shape[2])
    return None if isinstance(layer, Dense | Standardize) else shape


def _shape_after(shape: Shape | None, layer: Layer) -> Shape | None:
    """Return the shape of what comes out of a layer."""
    if isinstance(layer, Conv2D | MaxPool2D):
        return layer.output_shape
    return _shape_before(shape, layer)


# From a module to a layer


def _in_a_row(model: Any) -> Iterator[Any]:
    """Yield the modules of a Sequential, and of those within it."""
    for module in model:
        if type(module) is _torch().nn.Sequential:
            yield from _in_a_row(module)
        else:
            yield module


class _Reader:
    """Makes layers of modules, one after the other, and knows what stands between them.

    `shape` is that of a picture, None for rows.  `order` says where each number of a picture
    stands in PyTorch's rows, which have the channels first; None where the next module is told
    nothing of that.
    """

    def __init__(self, shape: Shape | None) -> None:
        self.shape = shape
        self.order: NDArray[np.integer] | None = None

    def layers_of(self, number: int, module: Any) -> list[Layer]:
        """Return the layer that computes the same as a module; none if it only turns axes."""
        for kind, turn in ((_pictures(), self.to_pictures), (_rows(), self.to_rows)):
            if type(module) is kind:
                turn(module)
                return []
        name = type(module).__name__
        if name == "Flatten":
            self.flatten(number, module)
            return []
        known = _standardized() if name == "Standardized" else getattr(_torch().nn, name, None)
        if name not in LAYERS or type(module) is not known:
            raise ValueError(
                f"module {number} is a {shown(module)}, which has no counterpart in neuralnet: "
                "leave it out, or write a layer of your own"
            )
        return [LAYERS[name](self, number, module)]

    def to_pictures(self, module: Any) -> None:
        """Note that what follows gets pictures."""
        self.shape = module.shape

    def to_rows(self, module: Any) -> None:
        """Note that what follows gets rows, channels last as ours."""
        self.shape = None

    def flatten(self, number: int, module: Any) -> None:
        """Note that what follows gets rows, channels first."""
        if (module.start_dim, module.end_dim) != (1, -1):
            raise ValueError(f"module {number} is {shown(module)}: use Flatten()")
        if self.shape is not None:
            height, width, channels = self.shape
            order = np.arange(prod(self.shape)).reshape(channels, height, width)
            self.order, self.shape = order.transpose(1, 2, 0).ravel(), None

    def picture(self, number: int, module: Any) -> Shape:
        """Return the shape of what goes in; refuse rows."""
        if self.shape is None:
            raise ValueError(
                f"module {number} is {shown(module)}, and nothing says how high and wide its "
                "pictures are: pass shape=(height, width, channels)"
            )
        return self.shape

    def dense(self, number: int, module: Any) -> Layer:
        """Return a Dense for a Linear; behind a Flatten its rows take our order."""
        self.check_rows(number, module)
        layer = Dense(module.in_features, module.out_features, bias=module.bias is not None)
        weights = _numbers(module.weight).T
        layer.weights = weights if self.order is None else weights[self.order]
        self.order = None
        if module.bias is not None:
            layer.biases = _numbers(module.bias)
        return layer

    def standardize(self, number: int, module: Any) -> Layer:
        """Return the layer from which the module was made."""
        self.check_rows(number, module)
        return Standardize(_numbers(module.mean), _numbers(module.std))

    def conv2d(self, number: int, module: Any) -> Layer:
        """Return a Conv2D for a Conv2d of square windows that moves by one pixel."""
        shape, side, padding = self.picture(number, module), module.kernel_size[0], module.padding
        wanted = ((side, side), (1, 1), (1, 1), 1, "zeros")
        found = (module.kernel_size, module.stride, module.dilation, module.groups)
        # The padding is two numbers, or the letters of a word.
        if (*found, module.padding_mode) != wanted or len(set(padding)) > 1:
            raise _differs(number, module, "square windows, a stride of 1 and zeros around")
        layer = Conv2D(
            shape, module.out_channels, side, bias=module.bias is not None, padding=padding[0]
        )
        layer.weights = _numbers(module.weight).transpose(2, 3, 1, 0).reshape(layer.weights.shape)
        if module.bias is not None:
            layer.biases = _numbers(module.bias)
        self.shape = layer.output_shape
        return layer

    def max_pool(self, number: int, module: Any) -> Layer:
        """Return a MaxPool2D for a MaxPool2d of squares side by side."""
        shape, side = self.picture(number, module), module.kernel_size
        side = side[0] if isinstance(side, tuple) else side
        sizes = {module.kernel_size, module.stride} - {side, (side, side)}
        if sizes or module.padding not in (0, (0, 0)) or module.dilation not in (1, (1, 1)):
            raise _differs(number, module, "squares that lie side by side")
        layer = MaxPool2D(shape, side)
        self.shape = layer.output_shape
        return layer

    def check_rows(self, number: int, module: Any) -> None:
        """Refuse pictures."""
        if self.shape is not None:
            raise ValueError(
                f"module {number} is {shown(module)}, but gets pictures: put a Flatten before it"
            )

    def end(self) -> None:
        """Refuse a model that gives pictures, or rows in PyTorch's order."""
        if self.shape is not None or self.order is not None:
            raise ValueError("the model gives pictures: let it end with a Flatten and a Linear")


def _differs(number: int, module: Any, wanted: str) -> ValueError:
    """Return an error for a module that can do what no layer can."""
    return ValueError(f"module {number} is {shown(module)}, but a layer of ours has {wanted}")


def _numbers(tensor: Any) -> Array:
    """Return what a tensor holds, in an array that looks into it."""
    array: Array = tensor.detach().cpu().numpy()
    return array


LAYERS: dict[str, Callable[[_Reader, int, Any], Layer]] = {
    "Linear": _Reader.dense,
    "Sigmoid": lambda reader, number, module: Sigmoid(),
    "Tanh": lambda reader, number, module: Tanh(),
    "ReLU": lambda reader, number, module: ReLU(),
    "Standardized": _Reader.standardize,
    "Dropout": lambda reader, number, module: Dropout(module.p),
    "Conv2d": _Reader.conv2d,
    "MaxPool2d": _Reader.max_pool,
}
