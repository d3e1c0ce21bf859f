"""The history of a run: what it notes, and what an error says of it."""

import pickle

import pytest

from neuralnet import History, TrainingDiverged


def test_new_history_is_empty_and_says_finished():
    history = History(0.1)
    assert history.learning_rate == 0.1
    assert (history.epochs, history.steps) == ([], [])
    assert (history.loss, history.validation_loss) == ([], [])
    assert history.stopped == "finished"


def test_two_histories_share_no_list():
    History(0.1).record_epoch(0, 1.5, 2.5)
    History(0.1).record_step(0, 1.5)
    assert History(0.1) == History(0.1, [], [], [], [])


def test_epochs_are_kept_in_order():
    history = History(0.1)
    history.record_epoch(0, 1.5)
    history.record_epoch(1, 0.75)
    assert history == History(0.1, epochs=[0, 1], loss=[1.5, 0.75])


def test_steps_are_kept_in_order():
    history = History(0.1)
    history.record_step(0, 1.5)
    history.record_step(100, 0.75)
    assert history == History(0.1, steps=[0, 100], loss=[1.5, 0.75])


def test_validation_losses_are_kept_beside_the_others():
    history = History(0.1)
    history.record_epoch(0, 1.5, 2.0)
    history.record_epoch(1, 0.75, 0.0)
    assert (history.loss, history.validation_loss) == ([1.5, 0.75], [2.0, 0.0])


# The best epoch


def test_best_epoch_is_the_first_with_the_least_loss():
    history = History(0.1)
    for epoch, loss in enumerate([3.0, 1.0, 2.0, 1.0]):
        history.record_epoch(epoch, loss)
    assert history.best_epoch == 1


def test_best_epoch_looks_at_the_validation_rows_if_there_are_any():
    history = History(0.1)
    for epoch, losses in enumerate([(3.0, 2.0), (2.0, 0.5), (1.0, 0.75)]):
        history.record_epoch(epoch, *losses)
    assert history.best_epoch == 1


def test_best_epoch_is_named_by_its_number():
    history = History(0.1)
    for epoch, loss in [(0, 3.0), (100, 2.0), (150, 2.5)]:
        history.record_epoch(epoch, loss)
    assert history.best_epoch == 100


def test_history_without_epochs_has_no_best_one():
    for history in (History(0.1), History(0.1, steps=[0], loss=[1.0])):
        with pytest.raises(ValueError, match=r"^no epoch was recorded, so none is the best: train"):
            _ = history.best_epoch


# Interrupted


@pytest.mark.parametrize("loss", [[3.0, 2.0], [3.0, 2.0, 1.0]])
@pytest.mark.parametrize("validation_loss", [[], [4.0, 5.0], [4.0, 5.0, 6.0]])
def test_record_that_was_interrupted_is_dropped(loss, validation_loss):
    history = History(0.1, [0, 1], [], list(loss), list(validation_loss))
    history.interrupt()
    assert history == History(0.1, [0, 1], [], [3, 2], validation_loss[:2], "interrupted")


def test_interrupted_record_of_a_step_is_dropped():
    history = History(0.1, steps=[0, 100], loss=[3.0, 2.0, 1.0])
    history.interrupt()
    assert history == History(0.1, steps=[0, 100], loss=[3.0, 2.0], stopped="interrupted")


def test_first_record_may_be_interrupted_too():
    history = History(0.1, loss=[3.0], validation_loss=[4.0])
    history.interrupt()
    assert history == History(0.1, stopped="interrupted")


# Diverged


def test_error_says_when_how_fast_and_from_where():
    history = History(0.5, epochs=[0, 1], loss=[1.5, 1.25])
    error = TrainingDiverged(history, 0.25, epoch=2)
    assert (error.history, error.learning_rate) == (history, 0.25)
    assert (error.epoch, error.step) == (2, None)
    assert str(error) == (
        "the loss or a parameter is no longer a finite number in epoch 2 with learning_rate=0.25 "
        "(the last loss was 1.25): start again with a smaller rate, such as 0.025, and scale "
        "features that are far from 1"
    )


def test_error_of_a_neuron_says_after_how_many_steps():
    error = TrainingDiverged(History(0.5), 0.5, step=100)
    assert (error.epoch, error.step) == (None, 100)
    assert str(error) == (
        "the loss or a parameter is no longer a finite number after 100 steps with "
        "learning_rate=0.5 (the last loss was not measured): start again with a smaller rate, "
        "such as 0.05, and scale features that are far from 1"
    )


@pytest.mark.parametrize(("rate", "proposed"), [(1e308, "1"), (50.0, "1"), (1e-300, "1e-301")])
def test_rate_that_is_proposed_is_not_above_one(rate, proposed):
    assert f"such as {proposed}, and" in str(TrainingDiverged(History(rate), rate, epoch=0))


def test_divergence_is_an_arithmetic_error():
    assert issubclass(TrainingDiverged, ArithmeticError)


@pytest.mark.parametrize("when", [{"epoch": 7}, {"step": 7}])
def test_error_survives_the_way_between_processes(when):
    error = TrainingDiverged(History(0.5, [0], [], [1.25]), 0.25, **when)
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is TrainingDiverged
    assert (str(copy), vars(copy)) == (str(error), vars(error))
