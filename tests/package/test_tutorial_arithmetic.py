"""The tutorial's numbers, to the last digit it prints.

Source: D. Mesquita's tutorial on Real Python (2021).
"""

import numpy as np
import pytest

from neuralnet import Neuron, sum_squared_error

RIGHT, WRONG = [1.66, 1.56], [2, 1.5]


@pytest.fixture
def neuron():
    neuron = Neuron(2)
    neuron.weights, neuron.bias = np.array([1.45, -0.66]), 0.0
    return neuron


def test_predictions(neuron):
    assert neuron.predict(RIGHT) == 0.7985731042296965
    assert neuron.predict(WRONG) == 0.8710191478537642


def test_error_of_the_wrong_prediction_and_its_derivative(neuron):
    value, derivative = sum_squared_error(neuron.predict(WRONG), 0)
    assert value == 0.7586743559278976
    assert derivative == 1.7420382957075284


def test_gradient_at_the_wrong_prediction(neuron):
    d_weights, d_bias = neuron.gradient(WRONG, 0)
    assert d_weights.round(4).tolist() == [0.3914, 0.2936]
    assert round(d_bias, 4) == 0.1957


def test_shortcut_update_takes_the_derivative_from_both_weights(neuron):
    _, derivative = sum_squared_error(neuron.predict(WRONG), 0)
    neuron.weights -= derivative
    prediction = neuron.predict(WRONG)
    error, _ = sum_squared_error(prediction, 0)
    assert prediction == 0.014962479449257616
    assert error == 0.00022387579126945649
