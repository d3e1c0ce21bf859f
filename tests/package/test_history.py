"""The history of a run: what it notes and what it refuses to note."""

import math

import pytest

from neuralnet import History, TrainingDiverged

NOT_FINITE = [math.nan, math.inf, -math.inf]


def test_new_history_is_empty_and_says_finished():
    history = History(0.1)
    assert (history.learning_rate, history.record_every) == (0.1, 1)
    assert (history.steps, history.loss, history.validation_loss) == ([], [], [])
    assert history.stopped == "finished"


def test_two_histories_share_no_list():
    History(0.1).record(0, 1.5, 2.5)
    assert History(0.1).steps == []
    assert History(0.1).loss == []
    assert History(0.1).validation_loss == []


def test_records_are_kept_in_order():
    history = History(0.1)
    history.record(0, 1.5)
    history.record(100, 0.75)
    assert (history.steps, history.loss) == ([0, 100], [1.5, 0.75])
    assert history.validation_loss == []


def test_validation_losses_are_kept_beside_the_others():
    history = History(0.1)
    history.record(0, 1.5, 2.0)
    history.record(1, 0.75, 0.0)
    assert (history.loss, history.validation_loss) == ([1.5, 0.75], [2.0, 0.0])


def message_at_step_100(last):
    return (
        "the loss or a parameter is no longer a finite number at step 100 with learning_rate=0.5 "
        f"(the last loss was {last}): start again with a smaller rate, such as 0.05, and scale "
        "features that are far from 1"
    )


@pytest.mark.parametrize("loss", NOT_FINITE)
def test_loss_that_is_no_finite_number_is_not_noted(loss):
    history = History(0.5)
    history.record(0, 1.5)
    history.record(1, 1.25)
    with pytest.raises(TrainingDiverged) as caught:
        history.record(100, loss)
    assert str(caught.value) == message_at_step_100(last=1.25)
    assert caught.value.step == 100
    assert caught.value.history is history
    assert (history.steps, history.loss) == ([0, 1], [1.5, 1.25])


@pytest.mark.parametrize("validation_loss", NOT_FINITE)
def test_validation_loss_that_is_no_finite_number_is_not_noted(validation_loss):
    history = History(0.5)
    with pytest.raises(TrainingDiverged) as caught:
        history.record(100, 1.5, validation_loss)
    assert str(caught.value) == message_at_step_100(last="not measured")
    assert (history.steps, history.loss, history.validation_loss) == ([], [], [])


def test_divergence_is_an_arithmetic_error():
    assert issubclass(TrainingDiverged, ArithmeticError)


def test_best_epoch_is_the_first_with_the_least_loss():
    history = History(0.1)
    for epoch, loss in enumerate([3.0, 1.0, 2.0, 1.0]):
        history.record(epoch, loss)
    assert history.best_epoch == 1


def test_best_epoch_looks_at_the_validation_rows_if_there_are_any():
    history = History(0.1)
    for epoch, losses in enumerate([(3.0, 2.0), (2.0, 0.5), (1.0, 0.75)]):
        history.record(epoch, *losses)
    assert history.best_epoch == 1


def test_best_epoch_is_named_by_its_step():
    history = History(0.1, 100)
    for step, loss in [(0, 3.0), (100, 2.0), (150, 2.5)]:
        history.record(step, loss)
    assert history.best_epoch == 100


def test_empty_history_has_no_best_epoch():
    with pytest.raises(ValueError, match=r"^no epoch was recorded, so none is the best: train"):
        _ = History(0.1).best_epoch
