"""Arrays that keep their place: to assign to one is to fill it.

So the arrays of the layers and the one vector of their network can never come apart.
"""

from typing import Any, Self, overload

import numpy as np
from numpy.typing import ArrayLike

from neuralnet.checks import Array, as_float_array

NOTHING = np.zeros(0)


class Filled:
    """An attribute that holds one array: the first that is assigned, which later ones fill."""

    def __set_name__(self, kind: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, owner: None, kind: type) -> Self: ...

    @overload
    def __get__(self, owner: object, kind: type) -> Array: ...

    def __get__(self, owner: object | None, kind: type) -> Array | Self:
        return self if owner is None else self._held(owner)

    def __set__(self, owner: object, values: ArrayLike) -> None:
        held, values = self._held(owner), as_float_array(self.name, values)
        if held is NOTHING:
            vars(owner)[self.name] = values.copy()
        elif values.shape == held.shape:
            held[...] = values
        else:
            raise ValueError(
                f"{self.name} has shape {held.shape}, but what was assigned has shape "
                f"{values.shape}: make the two alike"
            )

    def _held(self, owner: object) -> Array:
        held: Array = vars(owner).get(self.name, NOTHING)
        return held


class Parameter(Filled):
    """What a layer learns; its start values are drawn when they are first asked for."""

    def _held(self, owner: Any) -> Array:
        owner.prepare()
        return super()._held(owner)


class Gradient(Filled):
    """The gradient over a parameter: an array of the same shape, with zeros at first."""

    def _held(self, owner: object) -> Array:
        if self.name not in vars(owner):
            vars(owner)[self.name] = np.zeros_like(getattr(owner, self.name.removeprefix("d_")))
        return super()._held(owner)
