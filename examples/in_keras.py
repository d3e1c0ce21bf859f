"""The same network in Keras: the layers and the rule by name, the loop inside `fit`."""

import keras
import numpy as np

from book.pictures import handwritten_digits
from neuralnet import SGD, Dense, Network, ReLU, accuracy, cross_entropy, train

SEEDS = range(3)


def port(net):
    """Return the same network in Keras."""
    model = keras.Sequential(
        [
            keras.Input((64,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10),
        ]
    )
    for theirs, ours in zip(model.layers, net.layers[::2], strict=True):
        theirs.set_weights([ours.weights, ours.biases])
    return model


def learn(model, X, y, epochs):
    """Choose loss and rule, and let Keras go through the rows in their order."""
    model.compile(
        optimizer=keras.optimizers.SGD(0.1, momentum=0.9),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    model.fit(X, y, batch_size=32, epochs=epochs, shuffle=False, verbose=0)


def distance(model, net):
    """Return the largest difference between two parameters that belong together."""
    found = [values for layer in model.layers for values in layer.get_weights()]
    ours = [values for layer in net.layers[::2] for values in (layer.weights, layer.biases)]
    return max(float(np.abs(a - b).max()) for a, b in zip(found, ours, strict=True))


def digits():
    """Return pictures and numbers of the digits, for training and for testing."""
    pictures, numbers = handwritten_digits()
    order = np.random.default_rng(0).permutation(len(numbers))
    X, y = pictures[order] / 16, numbers[order]
    return (X[:1077], y[:1077]), (X[1437:], y[1437:])


def side_by_side(seed):
    """Return the distance after five epochs, and the shares of right answers of both."""
    (X, y), test = digits()
    net = Network([Dense(64, 64), ReLU(), Dense(64, 10)], rng=seed, dtype=np.float32)
    model, rule = port(net), SGD(0.1, momentum=0.9)
    train(net, X, y, cross_entropy, rule, epochs=5, batch_size=32, shuffle=False)
    learn(model, X, y, epochs=5)
    answers = np.asarray(model.predict(test[0], verbose=0)).argmax(axis=1)
    shares = [float(np.mean(answers == test[1])), accuracy(net, *test)]
    return {"distance": float(f"{distance(model, net):.1e}"), "right": shares}


def results():
    """Return what the page shows of Keras."""
    return {
        "single": [side_by_side(seed) for seed in SEEDS],
        "double times double": keras.backend.result_type("float64", "float64"),
    }


def stay_close(before, now):
    """Return whether the distances are small and the answers alike, in both runs."""
    return all(
        run["distance"] < 1e-4 and abs(run["right"][0] - run["right"][1]) < 0.01
        for found in (before, now)
        for run in found
    )


COMPARED = {"single": stay_close}
