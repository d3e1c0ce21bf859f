"""What a training run leaves behind.

A run that ends well returns its history; a run that fails raises an error that holds it.
"""

from dataclasses import dataclass, field
from typing import Self


@dataclass
class History:
    """The losses that a training run recorded.

    Attributes
    ----------
    learning_rate : float
        The learning rate with which the run began.
    epochs : list of int
        Of a network: the number of the epoch of each record, from 0.
    steps : list of int
        Of a neuron: how many steps had been made at each record.
    loss : list of float
        The loss over the training rows at each record.
    validation_loss : list of float
        The loss over rows that were never learned from, if there were any.
    stopped : str
        Why the run ended: ``"finished"``, ``"interrupted"``, ``"no improvement"`` or
        ``"callback"``.
    """

    learning_rate: float
    epochs: list[int] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)
    loss: list[float] = field(default_factory=list)
    validation_loss: list[float] = field(default_factory=list)
    stopped: str = "finished"

    @property
    def best_epoch(self) -> int:
        """The epoch with the least validation loss, or with the least loss without any."""
        if not self.epochs:
            raise ValueError("no epoch was recorded, so none is the best: train for longer")
        losses = self.validation_loss or self.loss
        return self.epochs[losses.index(min(losses))]

    def record_epoch(self, epoch: int, loss: float, validation_loss: float | None = None) -> None:
        """Note the losses of an epoch.

        Parameters
        ----------
        epoch : int
            Its number, from 0.
        loss : float
            The loss over the training rows.
        validation_loss : float, optional
            The loss over rows that were never learned from.
        """
        self.loss.append(loss)
        if validation_loss is not None:
            self.validation_loss.append(validation_loss)
        self.epochs.append(epoch)

    def record_step(self, step: int, loss: float) -> None:
        """Note the loss after a number of steps.

        Parameters
        ----------
        step : int
            How many steps have been made.
        loss : float
            The loss over all training rows.
        """
        self.loss.append(loss)
        self.steps.append(step)

    def interrupt(self) -> None:
        """Say that the run was interrupted, and drop a record of which only a part was noted."""
        self.stopped = "interrupted"
        records = len(self.epochs or self.steps)
        del self.loss[records:], self.validation_loss[records:]


class TrainingDiverged(ArithmeticError):
    """The loss or a parameter became infinite or NaN: the steps were too long.

    Attributes
    ----------
    history : History
        All that was recorded before.
    learning_rate : float
        The learning rate that was in force; where a schedule multiplies it, without the factor.
    epoch, step : int or None
        When it was noticed: for a network in which epoch, for a neuron after how many steps.
    """

    def __init__(
        self,
        history: History,
        learning_rate: float,
        epoch: int | None = None,
        step: int | None = None,
    ) -> None:
        self.history, self.learning_rate = history, learning_rate
        self.epoch, self.step = epoch, step
        when = f"after {step} steps" if epoch is None else f"in epoch {epoch}"
        last = f"{history.loss[-1]:g}" if history.loss else "not measured"
        super().__init__(
            f"the loss or a parameter is no longer a finite number {when} with "
            f"learning_rate={learning_rate:g} (the last loss was {last}): start again with a "
            f"smaller rate, such as {min(learning_rate / 10, 1):g}, and scale features that are "
            "far from 1"
        )

    def __reduce__(self) -> tuple[type[Self], tuple[History, float, int | None, int | None]]:
        return type(self), (self.history, self.learning_rate, self.epoch, self.step)
