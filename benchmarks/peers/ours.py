"""This package: its general network, and its neuron by itself."""

import numpy as np

import neuralnet
from benchmarks.peers.trainer import Trainer
from benchmarks.workloads import PICTURE, SEED, Array, Data, Workload
from neuralnet.datasets import eight_points

ACTIVATIONS = {"sigmoid": [neuralnet.Sigmoid()], "relu": [neuralnet.ReLU()], "none": []}
LOSSES = {
    "sum of squares": neuralnet.sum_squared_error,
    "mean of squares": neuralnet.mean_squared_error,
    "cross-entropy": neuralnet.cross_entropy,
}


class NetworkTrainer(Trainer):
    """`Network` and `train`, which also records the loss of each epoch."""

    def __init__(self, work: Workload, data: Data) -> None:
        super().__init__(work, data)
        layers: list[neuralnet.layers.Layer] = []
        for (inputs, outputs), name in zip(work.shapes(), work.activations, strict=True):
            if work.side:
                shape = PICTURE, PICTURE, 1
                layers.append(neuralnet.Conv2D(shape, outputs, work.side, bias=work.bias))
            else:
                layers.append(neuralnet.Dense(inputs, outputs, bias=work.bias))
            layers += ACTIVATIONS[name]
        self.net = neuralnet.Network(layers, dtype=work.dtype)

    def prepare(self) -> None:
        self.net.parameters = self.work.start()
        self.optimizer = (neuralnet.Adam if self.work.adam else neuralnet.SGD)(self.work.rate)

    def train(self) -> None:
        work = self.work
        neuralnet.train(
            self.net,
            self.data.X,
            self.data.y,
            LOSSES[work.loss],
            self.optimizer,
            epochs=work.epochs,
            batch_size=work.batch,
            shuffle=work.shuffle,
            rng=SEED,
        )

    def parameters(self) -> Array:
        return self.net.parameters


class NeuronTrainer(Trainer):
    """`Neuron.train`, which draws its rows itself and records the loss every 100 steps."""

    def prepare(self) -> None:
        start = self.work.start()
        self.neuron = neuralnet.Neuron(2)
        self.neuron.weights, self.neuron.bias = start[:2], float(start[2])

    def train(self) -> None:
        rate, steps = self.work.rate, self.work.steps
        self.neuron.train(*eight_points(), learning_rate=rate, steps=steps, rng=SEED)

    def parameters(self) -> Array:
        return np.append(self.neuron.weights, self.neuron.bias)
