"""What a training run leaves behind.

A run that ends well returns its history; a run that fails raises an error that holds it.
"""

import math
from dataclasses import dataclass, field
from typing import Self


@dataclass
class History:
    """The losses that a training run recorded.

    Attributes
    ----------
    learning_rate : float
        The learning rate of the run.
    record_every : int
        The number of steps between two records.
    steps : list of int
        How many steps had been made at each record; for a network, the number of its epoch.
    loss : list of float
        The loss over the training rows at each record.
    validation_loss : list of float
        The loss over rows that were only measured, if there were any.
    stopped : str
        Why the run ended: ``"finished"``, ``"interrupted"`` or ``"no improvement"``.
    """

    learning_rate: float
    record_every: int = 1
    steps: list[int] = field(default_factory=list)
    loss: list[float] = field(default_factory=list)
    validation_loss: list[float] = field(default_factory=list)
    stopped: str = "finished"

    def record(self, step: int, loss: float, validation_loss: float | None = None) -> None:
        """Note the losses after a number of updates.

        Parameters
        ----------
        step : int
            How many updates have been made.
        loss : float
            The loss over all training rows.
        validation_loss : float, optional
            The loss over rows that were only measured.

        Raises
        ------
        TrainingDiverged
            If a loss is no longer a finite number; it is then not noted.
        """
        if not math.isfinite(loss) or not math.isfinite(validation_loss or 0.0):
            raise TrainingDiverged(step, self)
        self.steps.append(step)
        self.loss.append(loss)
        if validation_loss is not None:
            self.validation_loss.append(validation_loss)

    @property
    def best_epoch(self) -> int:
        """The epoch with the least validation loss, or with the least loss without any."""
        if not self.steps:
            raise ValueError("no epoch was recorded, so none is the best: train for longer")
        losses = self.validation_loss or self.loss
        return self.steps[losses.index(min(losses))]


class TrainingDiverged(ArithmeticError):
    """The loss or a parameter became infinite or NaN: the steps were too long.

    Attributes
    ----------
    step : int
        How many steps had been made when it was noticed; for a network, how many epochs.
    history : History
        The learning rate and all that was recorded before.
    """

    def __init__(self, step: int, history: History) -> None:
        rate = history.learning_rate
        last = f"{history.loss[-1]:g}" if history.loss else "not measured"
        super().__init__(
            f"the loss or a parameter is no longer a finite number at step {step} with "
            f"learning_rate={rate:g} (the last loss was {last}): start again with a smaller rate, "
            f"such as {rate / 10:g}, and scale features that are far from 1"
        )
        self.step = step
        self.history = history

    def __reduce__(self) -> tuple[type[Self], tuple[int, History]]:
        return type(self), (self.step, self.history)
