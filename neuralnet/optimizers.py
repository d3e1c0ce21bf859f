"""The rules by which parameters step against their slopes.

Each changes one flat vector in place, whatever the network looks like.
"""

import numpy as np
from numpy.typing import NDArray

from neuralnet.checks import positive


class SGD:
    """Gradient descent: subtract the learning rate times the slopes.

    It is called stochastic when each step looks at a few rows only.

    Parameters
    ----------
    learning_rate : float
        The length of a step as a multiple of the gradient; above zero.

    Raises
    ------
    ValueError
        If `learning_rate` is not a number above zero.
    """

    def __init__(self, learning_rate: float) -> None:
        self.learning_rate = positive("learning_rate", learning_rate)

    def step(self, parameters: NDArray[np.floating], gradients: NDArray[np.floating]) -> None:
        """Change the parameters in place.

        Parameters
        ----------
        parameters, gradients : numpy.ndarray
            What a network holds under these names, each of shape (size,).
        """
        parameters -= self.learning_rate * gradients
