"""Networks in PyTorch: there and back with the same numbers, and trained with the same steps."""

import subprocess
import sys
from copy import deepcopy

import numpy as np
import pytest

from neuralnet import (
    SGD,
    Adam,
    Conv2D,
    Dense,
    Dropout,
    MaxPool2D,
    Network,
    ReLU,
    Sigmoid,
    Standardize,
    Tanh,
    cross_entropy,
    mean_squared_error,
    train,
)
from neuralnet.frameworks import from_torch, to_torch
from neuralnet.training import Minibatches

torch = pytest.importorskip("torch")
nn = torch.nn
EXACT = {"rtol": 0, "atol": 1e-12}
ROWS = np.random.default_rng(0).normal(size=(40, 12))
LAYERS = {
    "sigmoid": [Dense(12, 5), Sigmoid(), Dense(5, 3, bias=False), Sigmoid()],
    "tanh": [Dense(12, 5), Tanh(), Dense(5, 3)],
    "relu": [Dense(12, 5), ReLU(), Dense(5, 3)],
    "scaled": [Standardize.fit(ROWS), Dense(12, 3), Standardize([1e6, 0.5, -3], [2, 0.1, 40])],
    "dropout": [Dropout(0.25), Dense(12, 5), Tanh(), Dropout(0.5), Dense(5, 3)],
    "pictures": [
        Conv2D((2, 3, 2), 4, 2, padding=1),
        ReLU(),
        Conv2D((3, 4, 4), 5, 2, bias=False),
        Tanh(),
        Dropout(0.1),
        MaxPool2D((2, 3, 5), 1),
        Dense(30, 3),
    ],
    "pooled": [MaxPool2D((2, 6, 1), 2), Dense(3, 3)],
    "ends with pictures": [Dense(12, 12), Conv2D((2, 3, 2), 4, 2), Sigmoid()],
    "another shape": [Conv2D((2, 6, 1), 3, 1), Conv2D((6, 2, 3), 1, 1), MaxPool2D((6, 2, 1), 2)],
}


def network(name, dtype=np.float64):
    net = Network(LAYERS[name], rng=0, dtype=dtype)
    net.parameters = np.random.default_rng(1).normal(size=net.parameters.size)
    return net


def answers(model, X):
    model.eval()
    with torch.no_grad():
        return model(torch.from_numpy(X)).numpy()


@pytest.mark.parametrize("name", LAYERS)
def test_a_model_predicts_what_its_network_does(name):
    net = network(name)
    np.testing.assert_allclose(answers(to_torch(net), ROWS), net.predict(ROWS), **EXACT)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("name", LAYERS)
def test_there_and_back_is_the_same_network(name, dtype):
    net = network(name, dtype)
    back = from_torch(to_torch(net), rng=0)
    assert repr(back) == repr(net)
    assert back.parameters.dtype == dtype
    assert np.array_equal(back.parameters, net.parameters)
    assert np.array_equal(back.predict(ROWS), net.predict(ROWS))


def test_single_precision_stays_single_behind_a_scale():
    net = network("scaled", np.float32)
    model = to_torch(net)
    assert {parameter.dtype for parameter in model.parameters()} == {torch.float32}
    found = answers(model, ROWS)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, net.predict(ROWS), rtol=1e-5)


def test_neither_shares_memory_with_the_other():
    net = network("relu")
    model = to_torch(net)
    back, before = from_torch(model), net.parameters.copy()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.zero_()
    assert np.array_equal(net.parameters, before)
    assert np.array_equal(back.parameters, before)


def test_nothing_is_drawn_from_the_generator_of_torch():
    before = torch.get_rng_state()
    to_torch(network("pictures"))
    assert torch.equal(torch.get_rng_state(), before)


def test_a_model_can_be_copied():
    for name in LAYERS:
        model = to_torch(network(name))
        assert np.array_equal(answers(deepcopy(model), ROWS), answers(model, ROWS))


def test_axes_are_turned_only_where_they_must_be():
    names = [type(module).__name__ for module in to_torch(network("pictures"))]
    windows = ["Conv2d", "ReLU", "Conv2d", "Tanh", "Dropout", "MaxPool2d"]
    assert names == ["Pictures", *windows, "Rows", "Linear"]


def test_the_generator_that_comes_along_decides_what_is_dropped():
    model = to_torch(network("dropout"))
    first, again = (from_torch(model, rng=3).layers[0] for _ in range(2))
    assert np.array_equal(first.forward_in_training(ROWS), again.forward_in_training(ROWS))


def test_names_of_the_parameters_are_those_of_a_plain_sequential():
    plain = nn.Sequential(nn.Linear(12, 5), nn.ReLU(), nn.Linear(5, 3))
    assert list(to_torch(network("relu")).state_dict()) == list(plain.state_dict())


RULES = {
    "plain": (lambda: SGD(0.1), lambda these: torch.optim.SGD(these, lr=0.1)),
    "momentum": (
        lambda: SGD(0.05, momentum=0.9),
        lambda these: torch.optim.SGD(these, lr=0.05, momentum=0.9),
    ),
    "Adam": (lambda: Adam(0.01), lambda these: torch.optim.Adam(these, lr=0.01)),
}
LOSSES = {
    "classes": (cross_entropy, nn.functional.cross_entropy, np.arange(40) % 3),
    "numbers": (mean_squared_error, nn.functional.mse_loss, ROWS[:, :3] ** 2),
}


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu", "scaled", "pictures"])
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("rule", RULES)
def test_five_epochs_of_training_take_both_to_the_same_place(name, loss, rule):
    if (name, loss) == ("sigmoid", "classes"):
        pytest.skip("probabilities are no raw outputs")
    layers = LAYERS["scaled"][:2] if name == "scaled" else LAYERS[name]
    net = Network([layer for layer in layers if not isinstance(layer, Dropout)], rng=0)
    (ours, theirs), (loss, same_loss, y) = RULES[rule], LOSSES[loss]
    model = to_torch(net)
    train(net, ROWS, y, loss, ours(), epochs=5, batch_size=16, rng=0)
    steps, batches = theirs(model.parameters()), Minibatches(len(ROWS), 16, True, 0)
    X, y = torch.from_numpy(ROWS), torch.from_numpy(y)
    for _ in range(5):
        for rows in batches:
            steps.zero_grad()
            same_loss(model(X[rows]), y[rows]).backward()
            steps.step()
    np.testing.assert_allclose(from_torch(model).parameters, net.parameters, **EXACT)


def test_dropout_drops_in_training_mode_only():
    model = to_torch(network("dropout"))
    rows = torch.from_numpy(ROWS)
    assert not torch.equal(model(rows), model(rows))
    model.eval()
    assert torch.equal(model(rows), model(rows))


def pictures_first(flatten=True):
    """Return a model as others write it, for pictures of shape (rows, 2, 4, 6)."""
    torch.manual_seed(0)
    pool = nn.MaxPool2d((2, 2), padding=(0, 0), dilation=(1, 1))
    eyes = nn.Sequential(nn.Conv2d(2, 3, 3, padding=1), nn.ReLU(inplace=True))
    first = nn.Sequential(eyes, pool, nn.MaxPool2d(1))
    last = [nn.Flatten(), nn.Dropout(0.5), nn.Linear(18, 4)] if flatten else []
    return nn.Sequential(first, *last).double()


def test_pictures_with_channels_first_become_rows_with_channels_last():
    model = pictures_first()
    net = from_torch(model, shape=(4, 6, 2))
    pictures = np.random.default_rng(0).normal(size=(7, 4, 6, 2))
    theirs = answers(model, np.ascontiguousarray(pictures.transpose(0, 3, 1, 2)))
    np.testing.assert_allclose(net.predict(pictures.reshape(7, -1)), theirs, **EXACT)


def test_a_flatten_of_rows_changes_nothing():
    net = from_torch(nn.Sequential(nn.Flatten(), nn.Linear(3, 2), nn.Flatten()))
    assert repr(net) == "Network([Dense(3, 2)])"


class Mine(Tanh):
    pass


class Theirs(nn.Linear):
    pass


# A class of others may have the name of one of PyTorch's.
SAME_NAME = type("Linear", (nn.Linear,), {})


def test_what_has_no_counterpart_is_refused():
    with pytest.raises(ValueError, match="layer 1 is a Mine, which has no counterpart"):
        to_torch(Network([Dense(2, 2), Mine()]))
    with pytest.raises(TypeError, match=r"net is .*Sequential.* type Network: .*Dense\(2, 1\)"):
        to_torch(nn.Sequential())
    with pytest.raises(TypeError, match=r"model is .* type Sequential: pass .*Linear\(2, 1\)"):
        from_torch(network("relu"))


@pytest.mark.parametrize(
    ("modules", "complaint"),
    [
        ([nn.Linear(4, 4), nn.GELU()], "module 1 is a GELU.* has no counterpart"),
        ([nn.Sequential(nn.Linear(4, 4)), nn.Softmax(1)], "module 1 is a Softmax"),
        ([nn.TransformerEncoderLayer(4, 1)], r"module 0 is a Trans.{,77}, which has no"),
        ([Theirs(4, 4)], "module 0 is a Theirs"),
        ([SAME_NAME(4, 4)], "module 0 is a Linear.* has no counterpart"),
        ([nn.Conv2d(1, 1, 1)], r"module 0 is Conv2d.* pass shape=\(height, width, channels\)"),
        ([nn.Conv2d(1, 1, 9, 9, 1, padding_mode="reflect")], r"is Conv2d.*\.\.\..* pass shape="),
        ([nn.MaxPool2d(1)], "module 0 is MaxPool2d.* pass shape="),
        ([nn.Linear(4, 4), nn.Linear(4, 1).double()], "2 kinds: use model.double"),
        ([nn.Linear(4, 4).half()], "float16"),
        ([nn.Flatten(0), nn.Linear(4, 4)], r"use Flatten\(\)"),
    ],
)
def test_models_that_cannot_come_over_are_refused(modules, complaint):
    with pytest.raises(ValueError, match=complaint):
        from_torch(nn.Sequential(*modules))


@pytest.mark.parametrize(
    ("modules", "complaint"),
    [
        ([nn.Conv2d(2, 3, (3, 2))], "module 0 is Conv2d.* of ours has square windows"),
        ([nn.Conv2d(2, 3, 3, stride=2)], "a stride of 1"),
        ([nn.Conv2d(2, 3, 3, dilation=2)], "square windows"),
        ([nn.Conv2d(2, 2, 3, groups=2)], "square windows"),
        ([nn.Conv2d(2, 3, 3, padding=(0, 1))], "zeros around"),
        ([nn.Conv2d(2, 3, 3, padding="same")], "zeros around"),
        ([nn.Conv2d(2, 3, 3, padding=1, padding_mode="reflect")], r"\.\.\..*zeros around"),
        ([nn.MaxPool2d(2, stride=1)], "module 0 is MaxPool2d.* has squares that lie side by side"),
        ([nn.MaxPool2d((2, 1))], "side by side"),
        ([nn.MaxPool2d(2, padding=1)], "side by side"),
        ([nn.MaxPool2d(2, dilation=2)], "side by side"),
        ([nn.MaxPool2d(4)], "does not divide into such squares"),
        ([nn.Linear(6, 1)], "module 0 is Linear.* gets pictures: put a Flatten before it"),
        ([to_torch(network("scaled"))[0]], r"module 0 is Standardized\(\), but gets pictures"),
        ([nn.Conv2d(2, 3, 3)], "gives pictures"),
        ([nn.Conv2d(2, 3, 3), nn.Flatten()], "gives pictures"),
    ],
)
def test_pictures_of_which_we_know_nothing_are_refused(modules, complaint):
    with pytest.raises(ValueError, match=complaint):
        from_torch(nn.Sequential(*modules), shape=(4, 6, 2))


def test_a_shape_of_pictures_that_will_not_do_is_named():
    with pytest.raises(ValueError, match=r"^shape is \(4, 6\)"):
        from_torch(pictures_first(), shape=(4, 6))


def test_the_package_does_without_torch_until_it_is_asked():
    code = "import neuralnet.frameworks, sys; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
