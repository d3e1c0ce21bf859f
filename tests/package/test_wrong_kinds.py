"""What is of the wrong kind, and what is usual elsewhere but not here: one sentence that helps."""

import itertools

import numpy as np
import pytest
from scipy import sparse

from neuralnet import (
    SGD,
    Adam,
    Dense,
    Network,
    Neuron,
    ReLU,
    Sigmoid,
    Standardize,
    Tanh,
    accuracy,
    binary_cross_entropy,
    cross_entropy,
    evaluate,
    gradient_check,
    mean_squared_error,
    sum_squared_error,
    train,
)
from neuralnet.layers import Layer
from tests.package.tools import X, Y, network, refusal, wrong_kind

MANY = np.arange(1e6)
LABELS = (Y > 0).astype(int)


def run(net, loss=mean_squared_error, optimizer=None, X=X, y=Y, **options):
    return train(net, X, y, loss, optimizer or SGD(0.1), **{"epochs": 2} | options)


# The network


NO_NETWORKS = {
    "a list of layers": ([Dense(3, 1)], "[Dense(3, 1)]"),
    "a layer": (Dense(3, 1), "Dense(3, 1)"),
    "a class": (Network, "<class 'neuralnet.network.Network'>"),
    "nothing": (None, "None"),
}
QUESTIONS = {
    "train": run,
    "evaluate": lambda net: evaluate(net, X, Y, mean_squared_error),
    "accuracy": lambda net: accuracy(net, X, LABELS),
    "gradient_check": lambda net: gradient_check(net, X, Y, mean_squared_error),
}
every_question = pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)


@every_question
@pytest.mark.parametrize(("value", "found"), NO_NETWORKS.values(), ids=NO_NETWORKS)
def test_what_is_no_network(question, value, found):
    assert wrong_kind(question, value) == (
        f"net is {found}, but it must be of type Network: pass one, such as Network([Dense(2, 1)])"
    )


@every_question
def test_neuron_is_no_network(question):
    neuron = Neuron(2, rng=0)
    before = repr(neuron)
    said = wrong_kind(question, neuron)
    assert said.startswith("net is Neuron(weights=[")
    assert said.endswith("must be of type Network: pass one, such as Network([Dense(2, 1)])")
    assert repr(neuron) == before


# The loss


NO_LOSSES = ["mse", None, 0.5, (len, 1.0)]


@pytest.mark.parametrize("loss", NO_LOSSES, ids=str)
def test_loss_is_a_function(loss):
    net = network()
    for said in (
        wrong_kind(run, net, loss),
        wrong_kind(evaluate, net, X, Y, loss),
        wrong_kind(gradient_check, net, X, Y, loss),
        wrong_kind(net.loss_and_gradient, X, Y, loss),
    ):
        assert said.startswith("loss is ")
        assert said.endswith(", but it must be a function")


def value_alone(predictions, targets):
    return float(np.sum((predictions - targets) ** 2))


def gradient_alone(predictions, targets):
    return 2 * (predictions - targets)


def three_things(predictions, targets):
    return 0.0, 2 * (predictions - targets), "more"


def as_list(predictions, targets):
    return list(mean_squared_error(predictions, targets))


def nothing(predictions, targets):
    pass


@pytest.mark.parametrize("loss", [value_alone, gradient_alone, three_things, as_list, nothing])
def test_loss_returns_two_things(loss):
    net = network()
    before = net.parameters.tolist(), net.gradients.tolist()
    for said in (
        wrong_kind(run, net, loss),
        wrong_kind(run, net, loss, batch_size=3, validation=(X, Y)),
        wrong_kind(evaluate, net, X, Y, loss),
        wrong_kind(gradient_check, net, X, Y, loss),
        wrong_kind(net.loss_and_gradient, X, Y, loss),
    ):
        assert said.startswith("the loss returned ")
        assert said.endswith(
            ": let it return two things, its value and the gradient of that with respect to the "
            "predictions"
        )
    assert (net.parameters.tolist(), net.gradients.tolist()) == before


WRONG_GRADIENTS = {
    "a number": (lambda d: d.sum(), "has shape ()"),
    "flat": (lambda d: d[:, 0], "has shape (10,)"),
    "a row": (lambda d: d.sum(axis=0), "has shape (1,)"),
    "turned": (lambda d: d.T, "has shape (1, 10)"),
    "nothing": (lambda d: None, "is None: pass an array of numbers"),
    "text": (lambda d: "none", "is no array of numbers (str"),
    "masked": (lambda d: np.ma.masked_less(d, 0), "has masked entries: fill"),
}


@pytest.mark.parametrize(("change", "said"), WRONG_GRADIENTS.values(), ids=WRONG_GRADIENTS)
def test_gradient_of_the_loss_has_the_shape_of_the_predictions(change, said):
    def loss(predictions, targets):
        value, d = mean_squared_error(predictions, targets)
        return value, change(d)

    net = network()
    before = net.parameters.tolist(), net.gradients.tolist()
    for message in (
        refusal(run, net, loss),
        refusal(evaluate, net, X, Y, loss),
        refusal(gradient_check, net, X, Y, loss),
        refusal(net.loss_and_gradient, X, Y, loss),
    ):
        assert message.startswith(f"the gradient of the loss {said}")
    assert (net.parameters.tolist(), net.gradients.tolist()) == before


@pytest.mark.parametrize(
    "value", [None, "small", np.ones((10, 1)), np.ones(3), [1.0], 1j], ids=repr
)
def test_value_of_the_loss_is_a_number(value):
    def loss(predictions, targets):
        return value, np.zeros_like(predictions)

    net = network()
    before = net.parameters.tolist(), net.gradients.tolist()
    for message in (
        refusal(run, net, loss),
        refusal(evaluate, net, X, Y, loss),
        refusal(net.loss_and_gradient, X, Y, loss),
    ):
        assert message.startswith("the value of the loss ")
    assert (net.parameters.tolist(), net.gradients.tolist()) == before


# A loss that was right at first


def turning(steps, change):
    """Return a loss that is right before and during so many steps, and then gives other things."""
    calls = itertools.count()

    def loss(predictions, targets):
        value, d = mean_squared_error(predictions, targets)
        return (value, d) if next(calls) <= steps else change(value, d)

    return loss


def last_words(refused, loss, steps):
    """Return how a run is refused after so many steps, of which it undoes none."""
    net = network()
    states = [(net.parameters.tolist(), net.gradients.tolist())]

    def note(history):
        states.append((net.parameters.tolist(), net.gradients.tolist()))

    text = refused(run, net, loss, epochs=9, callback=note)
    assert len(states) == 1 + steps
    assert (net.parameters.tolist(), net.gradients.tolist()) == states[-1]
    return text


@pytest.mark.parametrize("steps", [0, 3])
@pytest.mark.parametrize(
    "change",
    [lambda value, d: d, lambda value, d: [value, d], lambda value, d: None],
    ids=["gradient alone", "list", "nothing"],
)
def test_loss_always_returns_two_things(change, steps):
    said = last_words(wrong_kind, turning(steps, change), steps)
    assert said.startswith("the loss returned ")


@pytest.mark.parametrize("steps", [0, 3])
@pytest.mark.parametrize(("change", "said"), WRONG_GRADIENTS.values(), ids=WRONG_GRADIENTS)
def test_gradient_of_the_loss_always_has_the_shape_of_the_predictions(change, said, steps):
    loss = turning(steps, lambda value, d: (value, change(d)))
    text = last_words(refusal, loss, steps)
    assert text.startswith(f"the gradient of the loss {said}")


@pytest.mark.parametrize("steps", [0, 3])
@pytest.mark.parametrize("wrong", [None, "0.5", [1.0], np.ones((1, 1)), 1j], ids=repr)
def test_value_of_the_loss_is_always_a_number(wrong, steps):
    loss = turning(steps, lambda value, d: (wrong, d))
    assert last_words(refusal, loss, steps).startswith("the value of the loss ")


# The optimizer and the callback


@pytest.mark.parametrize("optimizer", [SGD, Adam, "adam", 0.1, None, {"learning_rate": 0.1}])
def test_optimizer_has_to_be_made(optimizer):
    net = network()
    before = net.parameters.tolist()
    said = wrong_kind(train, net, X, Y, mean_squared_error, optimizer, epochs=5)
    assert said == (
        f"optimizer is {optimizer!r}, but it must be of type Optimizer: pass one, such as SGD(0.1)"
    )
    assert net.parameters.tolist() == before


@pytest.mark.parametrize("callback", ["print", True, 10, [print]], ids=repr)
def test_callback_is_a_function(callback):
    net = network()
    before = net.parameters.tolist()
    said = wrong_kind(run, net, callback=callback)
    assert said == f"callback is {callback!r}, but it must be a function"
    assert net.parameters.tolist() == before


# Layers


@pytest.mark.parametrize("dtype", [np.float16, np.longdouble, "float16", "g", int, bool])
def test_network_computes_in_double_or_single_precision(dtype):
    said = f"dtype is {np.dtype(dtype)}: pass numpy.float64 or numpy.float32"
    assert refusal(Network, [Dense(2, 1)], dtype=dtype) == said


@pytest.mark.parametrize("layer", [Dense(2, 1), Tanh(), Layer(), 5, {1.0}], ids=repr)
def test_layers_are_a_list(layer):
    said = wrong_kind(Network, layer)
    assert said == f"layers is {layer!r}: pass a list of layers, Network([...])"


@pytest.mark.parametrize("value", [ReLU, "relu", np.tanh, 16, None, [Dense(2, 1)]], ids=repr)
def test_layers_are_layers(value):
    said = wrong_kind(Network, [Dense(2, 1), value])
    assert (
        said == f"layer 1 is {value!r}, but it must be of type Layer: pass one, such as Sigmoid()"
    )


# Labels


LABEL_DOORS = {
    "cross_entropy": (lambda y: cross_entropy(X, y), "labels"),
    "loss_and_gradient": (lambda y: network(2).loss_and_gradient(X, y, cross_entropy), "y"),
    "train": (lambda y: run(network(2), cross_entropy, y=y), "y"),
    "validation": (
        lambda y: run(network(2), cross_entropy, y=LABELS, validation=(X, y)),
        "y",
    ),
    "evaluate": (lambda y: evaluate(network(2), X, y, cross_entropy), "y"),
    "gradient_check": (lambda y: gradient_check(network(2), X, y, cross_entropy), "y"),
    "accuracy": (lambda y: accuracy(network(2), X, y), "labels"),
}
NO_LABELS = {
    "yes and no": (LABELS > 0, "bool such as "),
    "floats": (LABELS.astype(float), "float64 such as "),
    "text": (np.where(LABELS, "cat", "dog"), "<U3 such as '"),
    "objects": (LABELS.astype(object), "object such as "),
    "from one": (LABELS + 1, "int64 from 1 to 2"),
    "minus one and one": (2 * LABELS - 1, "int64 from -1 to 1"),
    "pixels": ((255 * LABELS).astype(np.uint8), "uint8 from 0 to 255"),
    "targets of a regression": (Y, "float64 such as "),
}


@pytest.mark.parametrize(("door", "name"), LABEL_DOORS.values(), ids=LABEL_DOORS)
@pytest.mark.parametrize(("labels", "found"), NO_LABELS.values(), ids=NO_LABELS)
def test_labels_are_the_numbers_of_the_classes(door, name, labels, found):
    said = refusal(door, labels)
    assert said.startswith(
        f"{name} must be whole numbers from 0 to 1, one for each class: these are {found}"
    )
    assert said.endswith(f": number them, classes, {name} = np.unique({name}, return_inverse=True)")


@pytest.mark.parametrize(("door", "name"), LABEL_DOORS.values(), ids=LABEL_DOORS)
@pytest.mark.parametrize("dtype", [int, float, bool])
def test_labels_are_no_columns_of_yes_and_no(door, name, dtype):
    said = refusal(door, np.eye(2, dtype=dtype)[LABELS])
    assert said == f"{name} has a column for each class: pass {name}.argmax(axis=1)"


BINARY = [LABELS * 2 - 1, LABELS + 1, (255 * LABELS).astype(np.uint8), Y, 2.0 * LABELS]


@pytest.mark.parametrize("y", BINARY, ids=["minus one", "from one", "pixels", "numbers", "twos"])
def test_yes_or_no_is_from_zero_to_one(y):
    net = network()
    for said in (
        refusal(run, net, binary_cross_entropy, y=y),
        refusal(run, net, binary_cross_entropy, y=LABELS, validation=(X, y)),
        refusal(evaluate, net, X, y, binary_cross_entropy),
        refusal(gradient_check, net, X, y, binary_cross_entropy),
        refusal(net.loss_and_gradient, X, y, binary_cross_entropy),
    ):
        assert said.startswith("y holds numbers from ")
        assert said.endswith(": write 0 for no and 1 for yes")


@pytest.mark.parametrize("kind", [bool, float, np.float32, np.uint8, int, object])
def test_yes_or_no_may_be_of_any_kind(kind):
    plain, other = network(), network()
    first = run(plain, binary_cross_entropy, y=LABELS.astype(float))
    second = run(other, binary_cross_entropy, y=LABELS.astype(kind))
    assert first.loss == second.loss
    assert plain.parameters.tolist() == other.parameters.tolist()


# Last layers that give probabilities, where the loss takes raw outputs


class Softmax(Layer):
    """A layer of one's own that makes probabilities of its inputs."""

    def forward(self, x):
        raised = np.exp(x - x.max(axis=1, keepdims=True))
        self.y = raised / raised.sum(axis=1, keepdims=True)
        return self.y

    def backward(self, d_output):
        inner = (d_output * self.y).sum(axis=1, keepdims=True)
        return self.y * (d_output - inner)


PROBABILITIES = {
    "a sigmoid": ([Dense(2, 1), Sigmoid()], binary_cross_entropy, LABELS),
    "two sigmoids": ([Dense(2, 2), Sigmoid()], binary_cross_entropy, np.eye(2)[LABELS]),
    "sigmoids for classes": ([Dense(2, 3), Sigmoid()], cross_entropy, LABELS),
    "a softmax": ([Dense(2, 3), Softmax()], cross_entropy, LABELS),
    "a softmax for two": ([Dense(2, 2), Softmax()], binary_cross_entropy, np.eye(2)[LABELS]),
}


@pytest.mark.parametrize(("layers", "loss", "y"), PROBABILITIES.values(), ids=PROBABILITIES)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_last_layer_gives_no_probabilities_where_raw_outputs_are_needed(layers, loss, y, dtype):
    net = Network(layers, rng=0, dtype=dtype)
    before = net.parameters.tolist(), net.gradients.tolist()
    doors = [
        lambda: run(net, loss, y=y),
        lambda: run(net, loss, y=y, validation=(X, y), batch_size=2),
        lambda: evaluate(net, X, y, loss),
        lambda: net.loss_and_gradient(X, y, loss),
    ]
    if dtype is np.float64:
        doors.append(lambda: gradient_check(net, X, y, loss))
    for door in doors:
        assert refusal(door) == (
            "the last layer gives probabilities, but this loss takes raw outputs: leave the last "
            "layer out; sigmoid or softmax of the predictions are then the probabilities"
        )
    assert (net.parameters.tolist(), net.gradients.tolist()) == before


@pytest.mark.parametrize(("layers", "loss", "y"), PROBABILITIES.values(), ids=PROBABILITIES)
def test_remedy_for_probabilities_works(layers, loss, y):
    history = run(Network(layers[:-1], rng=0), loss, SGD(1.0), y=y, epochs=50)
    assert history.loss[-1] < history.loss[0]


@pytest.mark.parametrize(
    ("layers", "loss", "y"),
    [
        ([Dense(2, 1), Sigmoid()], mean_squared_error, LABELS),
        ([Dense(2, 3), Softmax()], sum_squared_error, np.eye(3)[LABELS]),
        ([Dense(2, 4), Sigmoid(), Dense(4, 1)], binary_cross_entropy, LABELS),
        ([Dense(2, 4), Softmax(), Dense(4, 2)], cross_entropy, LABELS),
        ([Dense(2, 3), Layer()], cross_entropy, LABELS),
        ([Dense(2, 1), Tanh()], binary_cross_entropy, LABELS),
        ([Dense(2, 2), Sigmoid(), Standardize([0.5] * 2, [0.1] * 2)], cross_entropy, LABELS),
    ],
)
def test_other_last_layers_are_taken(layers, loss, y):
    assert run(Network(layers, rng=0), loss, y=y).stopped == "finished"


class Same(Layer):
    """A last layer of one's own that gives the same numbers for each row."""

    def __init__(self, numbers):
        self.numbers, self.counts = numbers, []

    def forward(self, x):
        self.counts.append(len(x))
        return np.tile(self.numbers, (len(x), 1))


def refused_as_probabilities(numbers):
    """Return whether a network that gives these numbers is refused where none may be."""
    outputs = len(numbers)
    net = Network([Dense(2, outputs), Same(numbers)], rng=0)
    try:
        net.check_data(X, LABELS, binary_cross_entropy if outputs == 1 else cross_entropy)
    except ValueError:
        return True
    return False


@pytest.mark.parametrize("numbers", [[0.25, 0.75], [1.0, 0.0], [0.5, 0.25, 0.25]])
def test_numbers_that_add_up_to_one_are_probabilities(numbers):
    assert refused_as_probabilities(numbers)


@pytest.mark.parametrize("numbers", [[1.5, -0.5], [0.5, 0.25], [2.0, 3.0], [-1.0, -2.0], [1.0]])
def test_other_numbers_are_raw_outputs(numbers):
    assert not refused_as_probabilities(numbers)


def test_a_hundred_rows_tell_whether_there_are_probabilities():
    net = Network([Dense(2, 2), Same([2.0, 3.0])], rng=0)
    net.check_data(np.zeros((300, 2)), np.zeros(300, int), cross_entropy)
    assert net.layers[1].counts == [100]


# Long arguments make short messages


class Nothing(Layer):
    def __repr__(self):
        return "Nothing(" + "no" * 10**6 + ")"


class Wide(Nothing):
    inputs = 7


LONG = {
    "net": lambda: train(MANY, X, Y, mean_squared_error, SGD(0.1), epochs=1),
    "net as a list": lambda: evaluate(MANY.tolist(), X, Y, mean_squared_error),
    "loss": lambda: evaluate(network(), X, Y, MANY),
    "loss as text": lambda: evaluate(network(), X, Y, "mse" * 10**6),
    "what a loss returns": lambda: evaluate(network(), X, Y, lambda p, t: MANY),
    "what a loss returns, as a list": lambda: evaluate(network(), X, Y, lambda p, t: MANY.tolist()),
    "value of a loss": lambda: evaluate(network(), X, Y, lambda p, t: (MANY, p)),
    "optimizer": lambda: train(network(), X, Y, mean_squared_error, MANY, epochs=1),
    "epochs": lambda: run(network(), epochs=MANY),
    "epochs as a list": lambda: run(network(), epochs=MANY.tolist()),
    "batch_size": lambda: run(network(), batch_size=MANY),
    "l2": lambda: run(network(), l2=MANY),
    "l2 as text": lambda: run(network(), l2="0" * 10**6),
    "shuffle": lambda: run(network(), shuffle=MANY),
    "validation": lambda: run(network(), validation=MANY),
    "validation of three": lambda: run(network(), validation=(MANY, MANY, MANY)),
    "patience": lambda: run(network(), validation=(X, Y), patience=MANY),
    "callback": lambda: run(network(), callback=MANY),
    "rows": lambda: run(network(), X=MANY),
    "rows that are missing": lambda: run(network(), X=np.full((10**5, 2), np.nan)),
    "rows as text": lambda: run(network(), X=[["0" * 10**6, "1"]]),
    "targets": lambda: run(network(), y=MANY),
    "labels": lambda: run(network(2), cross_entropy, y=MANY.reshape(10, -1)),
    "labels as text": lambda: run(network(2), cross_entropy, y=["a" * 10**6] * 10),
    "labels as numbers": lambda: accuracy(network(2), X, (10 ** MANY[:10]).astype(int)),
    "layers": lambda: Network([Dense(2, 1), MANY]),
    "layers as text": lambda: Network(["relu" * 10**6]),
    "inputs": lambda: Dense(MANY, 1),
    "outputs": lambda: Dense(1, MANY.tolist()),
    "bias": lambda: Dense(1, 1, bias=MANY),
    "learning_rate": lambda: SGD(MANY),
    "momentum": lambda: SGD(0.1, momentum=MANY.tolist()),
    "epsilon": lambda: Adam(epsilon="0" * 10**6),
    "mean": lambda: Standardize(MANY, MANY),
    "std": lambda: Standardize(MANY, [1.0]),
    "a digit too many": lambda: positive_number(10 ** (10**5)),
    "parameters": lambda: setattr(network(), "parameters", MANY),
    "weights": lambda: setattr(Dense(1, 1), "weights", MANY.astype(str)),
    "weights of a neuron": lambda: setattr(Neuron(2), "weights", MANY),
    "bias of a neuron": lambda: setattr(Neuron(2), "bias", MANY),
    "rows of a neuron": lambda: Neuron(2).predict(MANY),
    "steps of a neuron": lambda: Neuron(2).train(X, LABELS, learning_rate=0.1, steps=MANY),
}


def positive_number(value):
    return Dense(value, 0.5)


@pytest.mark.parametrize("call", LONG.values(), ids=LONG)
def test_long_argument_makes_a_short_message(call):
    with pytest.raises((ValueError, TypeError)) as caught:
        call()
    assert 20 < len(str(caught.value)) <= 400
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "layers",
    [
        lambda: Nothing(),
        lambda: [Dense(2, 1), Standardize(MANY, MANY + 1)],
        lambda: [Standardize(MANY, MANY + 1), Dense(2, 1)],
        lambda: [Nothing(), Dense(2, 1), Dense(2, 1)],
        lambda: [Nothing(), Dense(2, 1), Wide()],
    ],
)
def test_long_layers_make_a_short_message(layers):
    with pytest.raises((ValueError, TypeError)) as caught:
        Network(layers())
    assert len(str(caught.value)) <= 400


# Sparse matrices and strings are in tests/package/test_no_arrays_of_numbers.py; here, with labels


@pytest.mark.parametrize("question", [accuracy, Network.predict])
def test_sparse_rows(question):
    rows = sparse.csr_array(X)
    arguments = (network(2), rows, LABELS) if question is accuracy else (network(2), rows)
    assert refusal(question, *arguments) == "X is sparse: pass X.toarray()"
