"""What a training run leaves behind.

A run that ends well returns its history; a run that fails raises an error that holds it.
"""

import math
from dataclasses import dataclass, field


@dataclass
class History:
    """The losses that a training run recorded.

    Attributes
    ----------
    learning_rate : float
        The learning rate of the run.
    record_every : int
        The number of updates between two records.
    steps : list of int
        How many updates had been made at each record, from 0 to the last.
    loss : list of float
        The loss over all training rows at each record.
    stopped : str
        Why the run ended: ``"finished"`` or ``"interrupted"``.
    """

    learning_rate: float
    record_every: int = 1
    steps: list[int] = field(default_factory=list)
    loss: list[float] = field(default_factory=list)
    stopped: str = "finished"

    def record(self, step: int, loss: float) -> None:
        """Note the loss after a number of updates.

        Parameters
        ----------
        step : int
            How many updates have been made.
        loss : float
            The loss over all training rows.

        Raises
        ------
        TrainingDiverged
            If the loss is no longer a finite number.
        """
        if not math.isfinite(loss):
            raise TrainingDiverged(step, self)
        self.steps.append(step)
        self.loss.append(loss)


class TrainingDiverged(ArithmeticError):
    """The loss became infinite or NaN: the steps were too long.

    Attributes
    ----------
    step : int
        The number of updates after which it was noticed.
    history : History
        The learning rate and all that was recorded before.
    """

    def __init__(self, step: int, history: History) -> None:
        rate = history.learning_rate
        super().__init__(
            f"the loss is no longer a finite number after {step} updates at "
            f"learning_rate={rate:g}: start again with a smaller one, such as {rate / 10:g}, "
            "and scale features that are far from 1"
        )
        self.step = step
        self.history = history

    def __reduce__(self) -> tuple:
        return type(self), (self.step, self.history)
