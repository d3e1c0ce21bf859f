"""scikit-learn's multi-layer perceptron.

It knows no squared error behind a sigmoid and no network without biases: in W1 and W2 it takes the
logarithmic loss, in W2 also biases.  It draws its own start values, and prepares its data anew in
each call of `fit`, as it does for everyone.  All other settings are those of the workload.
"""

import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier, MLPRegressor

from benchmarks.peers.trainer import Trainer, vector
from benchmarks.workloads import SEED, Array

ACTIVATIONS = {"sigmoid": "logistic", "relu": "relu"}


class ScikitTrainer(Trainer):
    """`MLPRegressor` for the mean of squares, else `MLPClassifier`."""

    def prepare(self) -> None:
        work = self.work
        is_regression = work.loss == "mean of squares"
        options = {
            "hidden_layer_sizes": work.widths[1:-1],
            "activation": ACTIVATIONS[work.activations[0]],
            "solver": "adam" if work.adam else "sgd",
            "alpha": 0.0,
            "batch_size": work.batch or work.rows,
            # Its squared error is half of ours.
            "learning_rate_init": work.rate * (2 if is_regression else 1),
            "momentum": 0.0,
            "max_iter": work.epochs,
            "shuffle": work.shuffle,
            "tol": 0.0,
            "n_iter_no_change": work.epochs + 1,
            "random_state": SEED,
        }
        self.net = (MLPRegressor if is_regression else MLPClassifier)(**options)

    def train(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            self.net.fit(self.data.X, np.ravel(self.data.y))

    def parameters(self) -> Array | None:
        if not self.work.bias:
            return None  # it has more of them
        return vector(list(zip(self.net.coefs_, self.net.intercepts_, strict=True)))
