"""JAX: a step that is compiled, and a whole run that is compiled, before the measuring.

A step returns its loss, too, as that of `neuralnet` does.  In W1 the loss over all eight points is
never computed, which is in its favour.
"""

import os
from functools import partial
from typing import Any

import jax
import numpy as np
from jax import lax
from jax import numpy as jnp

from benchmarks.peers.trainer import Trainer, vector
from benchmarks.workloads import Array, Data, Workload

ACTIVATIONS = {"sigmoid": jax.nn.sigmoid, "relu": jax.nn.relu, "none": lambda z: z}
State = tuple[Any, Any, Any, Any]  # parameters, the two means of Adam, steps so far


def loss_of(work: Workload, layers: Any, X: Any, y: Any) -> Any:
    """Return the loss over some rows."""
    for (weights, biases), name in zip(layers, work.activations, strict=True):
        z = X @ weights
        X = ACTIVATIONS[name](z + biases if work.bias else z)
    if work.loss == "sum of squares":
        return jnp.sum((X - y) ** 2)
    if work.loss == "mean of squares":
        return jnp.mean((X - y) ** 2)
    right = jnp.take_along_axis(X, y[:, None], axis=1)[:, 0]
    return jnp.mean(jax.nn.logsumexp(X, axis=1) - right)


def step(work: Workload, state: State, X: Any, y: Any, rows: Any = None) -> tuple[State, Any]:
    """Change the parameters once, by all rows or by some of them."""
    layers, mean, square, steps = state
    if rows is not None:
        X, y = X[rows], y[rows]
    loss, gradients = jax.value_and_grad(partial(loss_of, work))(layers, X, y)
    if not work.adam:
        layers = jax.tree.map(lambda p, g: p - work.rate * g, layers, gradients)
        return (layers, mean, square, steps), loss
    steps = steps + 1
    mean = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, mean, gradients)
    square = jax.tree.map(lambda s, g: 0.999 * s + 0.001 * g**2, square, gradients)

    def moved(p: Any, m: Any, s: Any) -> Any:
        root = jnp.sqrt(s / (1 - 0.999**steps)) + 1e-8
        return p - work.rate * m / (1 - 0.9**steps) / root

    return (jax.tree.map(moved, layers, mean, square), mean, square, steps), loss


class Step(Trainer):
    """One compiled call for each step."""

    def __init__(self, work: Workload, data: Data) -> None:
        super().__init__(work, data)
        jax.config.update("jax_enable_x64", work.dtype == "float64")
        start_with_threads(int(os.environ["OMP_NUM_THREADS"]))
        self.X, self.y = jnp.asarray(data.X), jnp.asarray(data.y)
        self.call = jax.jit(partial(step, work))

    def prepare(self) -> None:
        layers = jax.tree.map(jnp.asarray, self.work.split(self.work.start()))
        zeros = jax.tree.map(jnp.zeros_like, layers) if self.work.adam else ()
        self.state = layers, zeros, zeros, jnp.zeros((), self.work.dtype)

    def train(self) -> None:
        state = self.state
        for order in self.work.orders():
            if self.work.batch is None:
                state, _ = self.call(state, self.X, self.y)
                continue
            for first in range(0, len(order), self.work.batch):
                rows = order[first : first + self.work.batch]
                state, _ = self.call(state, self.X, self.y, rows)
        self.state = jax.block_until_ready(state)

    def parameters(self) -> Array:
        return vector([(np.asarray(weights), np.asarray(b)) for weights, b in self.state[0]])


def epoch(work: Workload, X: Any, y: Any, state: State, order: Any) -> tuple[State, Any]:
    """Take a step for each batch of one order of the rows."""
    if work.batch is None:
        return step(work, state, X, y)
    whole = work.rows // work.batch * work.batch
    batches = order[:whole].reshape(-1, work.batch)
    state, losses = lax.scan(lambda s, rows: step(work, s, X, y, rows), state, batches)
    if whole < work.rows:
        state, _ = step(work, state, X, y, order[whole:])
    return state, losses


class Scan(Step):
    """One compiled call for the whole run."""

    def __init__(self, work: Workload, data: Data) -> None:
        super().__init__(work, data)
        self.call = jax.jit(
            lambda state, X, y, orders: lax.scan(partial(epoch, work, X, y), state, orders)
        )

    def train(self) -> None:
        orders = np.stack(list(self.work.orders()))
        state, _ = self.call(self.state, self.X, self.y, orders)
        self.state = jax.block_until_ready(state)


def start_with_threads(threads: int) -> None:
    """Start JAX with so many threads: it counts the cores that the process may use as it starts."""
    if not hasattr(os, "sched_setaffinity"):
        return
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(cores)[:threads])
    jax.devices()
    os.sched_setaffinity(0, cores)
