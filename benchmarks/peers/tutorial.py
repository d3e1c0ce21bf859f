"""The tutorials' way of computing, written anew.

The first draws a row a step, computes the sigmoid three times for one slope, and adds up the errors
point by point every 100 steps.  The second writes the slope of the output once for each matrix.
The third keeps what it computes in attributes and divides each slope by the number of rows; the
loss is computed every 100 epochs.  Only the first and the third ever compute a loss, and rarely:
where `neuralnet` does so in every epoch, the comparison is in their favour.
"""

import numpy as np

from benchmarks.peers.trainer import Trainer, vector
from benchmarks.workloads import Array, Data, Workload
from neuralnet.datasets import eight_points


def squash(z):
    """Return the sigmoid, as all three write it."""
    return 1 / (1 + np.exp(-z))


def slope_at(answer):
    """Return the slope of the sigmoid from its answer, as the second and the third do."""
    return answer * (1 - answer)


class OneNeuron:
    """The neuron of the first tutorial."""

    def __init__(self, start, rate):
        self.w, self.b, self.rate = start[:2].copy(), start[2], rate

    def _slope_at_sum(self, z):
        return squash(z) * (1 - squash(z))

    def answer(self, row):
        return squash(np.dot(row, self.w) + self.b)

    def slopes(self, row, goal):
        z = np.dot(row, self.w) + self.b
        by_answer = 2 * (squash(z) - goal)
        answer_by_z = self._slope_at_sum(z)
        z_by_bias = 1
        z_by_weights = 0 * self.w + 1 * row
        return by_answer * answer_by_z * z_by_weights, by_answer * answer_by_z * z_by_bias

    def change(self, for_weights, for_bias):
        self.w = self.w - for_weights * self.rate
        self.b = self.b - for_bias * self.rate

    def run(self, rows, goals, times):
        history = []
        for k in range(times):
            chosen = np.random.randint(len(rows))  # noqa: NPY002 - the tutorial's generator
            self.change(*self.slopes(rows[chosen], goals[chosen]))
            if k % 100 == 0:
                total = 0
                for j in range(len(rows)):
                    total = total + np.square(self.answer(rows[j]) - goals[j])
                history.append(total)
        return history

    def layers(self):
        return [(self.w, np.array([self.b]))]


class NoBiases:
    """The network of the second tutorial: one matrix of weights for each layer."""

    def __init__(self, layers):
        self.first, self.second = (weights.copy() for weights, _ in layers)

    def ahead(self):
        self.hidden = squash(np.dot(self.rows, self.first))
        self.answers = squash(np.dot(self.hidden, self.second))

    def back(self):
        miss = self.goals - self.answers
        for_second = np.dot(self.hidden.T, 2 * miss * slope_at(self.answers))
        miss = self.goals - self.answers
        at_hidden = np.dot(2 * miss * slope_at(self.answers), self.second.T)
        for_first = np.dot(self.rows.T, at_hidden * slope_at(self.hidden))
        self.first += for_first
        self.second += for_second

    def run(self, rows, goals, times):
        self.rows, self.goals = rows, goals
        for _ in range(times):
            self.ahead()
            self.back()

    def layers(self):
        return [(self.first, np.empty(0)), (self.second, np.empty(0))]


class Prices:
    """The network of the third tutorial; its rate has no factor 2, so it is twice ours."""

    def __init__(self, layers, rate):
        (self.w1, b1), (self.w2, b2) = ((w.copy(), b.copy()) for w, b in layers)
        self.b1, self.b2, self.rate = b1[None], b2[None], 2 * rate

    def ahead(self, rows):
        self.sums = np.dot(rows, self.w1) + self.b1
        self.hidden = squash(self.sums)
        self.answers = np.dot(self.hidden, self.w2) + self.b2
        return self.answers

    def back(self, rows, goals, answers):
        count = len(rows)
        self.miss = goals - answers
        self.up_w2 = np.dot(self.hidden.T, self.miss) / count
        self.up_b2 = np.sum(self.miss, axis=0, keepdims=True) / count
        self.at_hidden = np.dot(self.miss, self.w2.T) * slope_at(self.hidden)
        self.up_w1 = np.dot(rows.T, self.at_hidden) / count
        self.up_b1 = np.sum(self.at_hidden, axis=0, keepdims=True) / count
        self.w2 += self.up_w2 * self.rate
        self.b2 += self.up_b2 * self.rate
        self.w1 += self.up_w1 * self.rate
        self.b1 += self.up_b1 * self.rate

    def run(self, rows, goals, times):
        history = []
        for k in range(times):
            answers = self.ahead(rows)
            self.back(rows, goals, answers)
            if k % 100 == 0:
                history.append(np.mean(np.square(goals - answers)))
        return history

    def layers(self):
        return [(self.w1, self.b1), (self.w2, self.b2)]


class TutorialTrainer(Trainer):
    """The code of the tutorial from which the work is taken."""

    def __init__(self, work: Workload, data: Data) -> None:
        super().__init__(work, data)
        self.table = eight_points() if len(work.widths) == 2 else (data.X, data.y)

    def prepare(self) -> None:
        start = self.work.start()
        if len(self.work.widths) == 2:
            self.net = OneNeuron(start, self.work.rate)
        elif self.work.bias:
            self.net = Prices(self.work.split(start), self.work.rate)
        else:
            self.net = NoBiases(self.work.split(start))

    def train(self) -> None:
        self.net.run(*self.table, self.work.steps)

    def parameters(self) -> Array:
        return vector(self.net.layers())
