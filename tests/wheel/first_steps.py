"""What a user does first.  `check.py` runs it where there is NumPy and nothing else."""

import sys
from importlib.metadata import requires, version
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

import neuralnet
import neuralnet.plots
from neuralnet import SGD, Dense, Network, Neuron, Sigmoid
from neuralnet.datasets import house_sales, two_rows

DISTRIBUTION = "tested-neuralnet"
QUESTIONS, ANSWERS = [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]


def a_neuron_learns():
    points, targets = two_rows()
    neuron = Neuron(2, rng=0)
    neuron.train(points, targets, learning_rate=0.5, steps=5000, rng=0)
    assert np.abs(neuron.predict(points) - targets).max() < 0.2


def a_network_learns_xor_and_comes_back_from_a_file():
    net = Network([Dense(2, 4), Sigmoid(), Dense(4, 1), Sigmoid()], rng=0)
    loss = neuralnet.sum_squared_error
    history = neuralnet.train(net, QUESTIONS, ANSWERS, loss, SGD(1.0), epochs=3000)
    assert history.loss[-1] < 0.1
    assert neuralnet.accuracy(net, QUESTIONS, ANSWERS) == 1
    with TemporaryDirectory() as folder:
        neuralnet.save(net, Path(folder, "xor.npz"))
        back = neuralnet.load(Path(folder, "xor.npz"))
    assert np.array_equal(back.predict(QUESTIONS), net.predict(QUESTIONS))


def the_data_came_along():
    inputs, prices = house_sales()
    assert inputs.shape == (321, 6)
    assert prices.shape == (321,)


def the_type_hints_came_along():
    assert files("neuralnet").joinpath("py.typed").is_file()


def it_says_what_it_is_and_what_it_needs():
    assert version(DISTRIBUTION) == neuralnet.__version__
    assert [need for need in requires(DISTRIBUTION) if "extra ==" not in need] == ["numpy>=2.0"]


def numpy_alone_was_loaded():
    files = {name for name, module in sys.modules.items() if getattr(module, "__file__", None)}
    packages = {name.partition(".")[0] for name in files}
    # Environments of Python 3.11 load a file of setuptools at the start.
    packages -= {*sys.stdlib_module_names, "__main__", "_distutils_hack"}
    assert packages == {"neuralnet", "numpy"}, packages


if __name__ == "__main__":
    a_neuron_learns()
    a_network_learns_xor_and_comes_back_from_a_file()
    the_data_came_along()
    the_type_hints_came_along()
    it_says_what_it_is_and_what_it_needs()
    numpy_alone_was_loaded()
    print("First steps:", version(DISTRIBUTION), "with NumPy", np.__version__, "are all well.")
