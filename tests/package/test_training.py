"""The history of a run: what it notes and what it refuses to note."""

import math

import pytest

from neuralnet import History, TrainingDiverged


def test_new_history_is_empty_and_says_finished():
    history = History(0.1)
    assert (history.learning_rate, history.record_every) == (0.1, 1)
    assert (history.steps, history.loss) == ([], [])
    assert history.stopped == "finished"


def test_two_histories_share_no_list():
    History(0.1).record(0, 1.5)
    assert History(0.1).steps == []
    assert History(0.1).loss == []


def test_records_are_kept_in_order():
    history = History(0.1)
    history.record(0, 1.5)
    history.record(100, 0.75)
    assert (history.steps, history.loss) == ([0, 100], [1.5, 0.75])


@pytest.mark.parametrize("loss", [math.nan, math.inf, -math.inf])
def test_loss_that_is_no_finite_number_is_not_noted(loss):
    history = History(0.5)
    history.record(0, 1.5)
    with pytest.raises(TrainingDiverged, match="after 100 updates at") as caught:
        history.record(100, loss)
    assert "such as 0.05," in str(caught.value)
    assert caught.value.step == 100
    assert caught.value.history is history
    assert (history.steps, history.loss) == ([0], [1.5])


def test_divergence_is_an_arithmetic_error():
    assert issubclass(TrainingDiverged, ArithmeticError)
