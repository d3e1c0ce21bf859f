"""The networks of the book in PyTorch: is it the same, and for how long?"""

from math import inf

import numpy as np
import torch
from torch import nn

from book.pictures import handwritten_digits
from neuralnet import SGD, Adam, Dense, Network, ReLU, Tanh, accuracy, cross_entropy, train
from neuralnet.frameworks import from_torch, to_torch
from neuralnet.training import Minibatches

SEEDS, ROWS, SIZE = range(5), 1077, 32


def digits(dtype):
    """Return pictures and numbers of the digits for training, in one precision."""
    pictures, numbers = handwritten_digits()
    order = np.random.default_rng(0).permutation(len(numbers))[:ROWS]
    return (pictures[order] / 16).astype(dtype), numbers[order]


def port(net):
    """Return the same network in PyTorch: 64 inputs, a hidden layer of ReLU, ten outputs."""
    model = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10)).double()
    with torch.no_grad():
        for theirs, ours in zip(model[::2], net.layers[::2], strict=True):
            theirs.weight.copy_(torch.from_numpy(ours.weights.T))
            theirs.bias.copy_(torch.from_numpy(ours.biases))
    return model


def learn(model, rule, X, y, batches):
    """Go through the rows once, with a step for each batch."""
    X, y = torch.from_numpy(X), torch.from_numpy(y)
    for rows in batches:
        rule.zero_grad()
        loss = nn.functional.cross_entropy(model(X[rows]), y[rows])
        loss.backward()
        rule.step()


def distance(model, net):
    """Return the largest difference between two parameters that belong together."""
    pairs = zip(model[::2], net.layers[::2], strict=True)
    return max(
        float(np.abs(found.detach().numpy() - ours).max())
        for theirs, layer in pairs
        for found, ours in ((theirs.weight.T, layer.weights), (theirs.bias, layer.biases))
    )


def after_five_epochs(seed, rule, same_rule):
    """Train one network with both, from the same start and in the same batches."""
    X, y = digits(np.float64)
    net = Network([Dense(64, 64), ReLU(), Dense(64, 10)], rng=seed)
    model = port(net)
    train(net, X, y, cross_entropy, rule, epochs=5, batch_size=SIZE, rng=seed)
    batches, same_rule = Minibatches(ROWS, SIZE, True, seed), same_rule(model.parameters())
    for _ in range(5):
        learn(model, same_rule, X, y, batches)
    return distance(model, net)


def in_double():
    """Return the distances of five starts, for three rules."""
    rules = {
        "SGD(0.1)": (
            lambda: SGD(0.1),
            lambda parameters: torch.optim.SGD(parameters, lr=0.1),
        ),
        "SGD(0.1, momentum=0.9)": (
            lambda: SGD(0.1, momentum=0.9),
            lambda parameters: torch.optim.SGD(parameters, lr=0.1, momentum=0.9),
        ),
        "Adam(0.003)": (
            lambda: Adam(0.003),
            lambda parameters: torch.optim.Adam(parameters, lr=0.003),
        ),
    }
    return {
        name: [after_five_epochs(seed, ours(), theirs) for seed in SEEDS]
        for name, (ours, theirs) in rules.items()
    }


def deep(activation, seed):
    """Return a network with three hidden layers in single precision."""
    hidden = [layer for _ in range(3) for layer in (Dense(64, 64), activation())]
    return Network([*hidden, Dense(64, 10)], rng=seed, dtype=np.float32)


def parting(activation, seed, rate, epochs):
    """Return the distance after each epoch in single precision, with momentum."""
    X, y = digits(np.float32)
    net = deep(activation, seed)
    model = to_torch(net)
    ours, rng = SGD(rate, momentum=0.9), np.random.default_rng(seed)
    theirs = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
    batches, distances = Minibatches(ROWS, SIZE, True, seed), []
    for _ in range(epochs):
        train(net, X, y, cross_entropy, ours, epochs=1, batch_size=SIZE, rng=rng)
        learn(model, theirs, X, y, batches)
        distances.append(float(f"{distance(model, net):.1e}"))
    return distances


def in_single(rate, epochs):
    """Return the distances after each epoch, for five starts and two activations."""
    return {
        activation.__name__: [parting(activation, seed, rate, epochs) for seed in SEEDS]
        for activation in (ReLU, Tanh)
    }


def there_and_back(seed):
    """Train in PyTorch only; return the share of right answers there, and of ours afterwards."""
    X, y = digits(np.float64)
    model = to_torch(Network([Dense(64, 64), ReLU(), Dense(64, 10)], rng=seed))
    rule, batches = torch.optim.Adam(model.parameters(), lr=0.003), Minibatches(ROWS, SIZE, True, 0)
    for _ in range(5):
        learn(model, rule, X, y, batches)
    net = from_torch(model)
    with torch.no_grad():
        theirs = model(torch.from_numpy(X)).numpy()
    return {
        "network": repr(net),
        "difference": float(np.abs(net.predict(X) - theirs).max()),
        "right": [float(np.mean(theirs.argmax(axis=1) == y)), accuracy(net, X, y)],
    }


def results():
    """Return what the page on PyTorch shows."""
    torch.set_num_threads(1)
    return {
        "double": in_double(),
        "there and back": there_and_back(seed=0),
        "single": in_single(rate=0.05, epochs=20),
        "larger steps": in_single(rate=0.1, epochs=20),
    }


def both_part(before, now):
    """Return whether ReLU parts and tanh does not, in both runs: when it does hangs on luck."""
    return all(
        min(final(found["ReLU"])) > 1e-3 and max(final(found["Tanh"])) < 1e-5
        for found in (before, now)
    )


def all_part(before, now):
    """Return whether every network parts, in both runs."""
    return all(
        min(final(found["ReLU"] + found["Tanh"]), default=-inf) > 1e-4 for found in (before, now)
    )


def final(runs):
    """Return where each run ends."""
    return [run[-1] for run in runs]


COMPARED = {"single": both_part, "larger steps": all_part}
