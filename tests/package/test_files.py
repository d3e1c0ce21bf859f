"""Networks that are saved and loaded: the same to the last bit, or refused unwritten."""

import base64
import json
import os
import re
import stat
import zlib
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

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
    load,
    mean_squared_error,
    save,
    train,
)
from tests.package.tools import X, Y, network, refusal

ACTIVATIONS = [Sigmoid, Tanh, ReLU]


def numbers(dtype):
    """Draw any finite number of a precision: minus zero, the tiny and the huge among them."""
    width = 8 * np.dtype(dtype).itemsize
    return st.floats(allow_nan=False, allow_infinity=False, width=width)


@st.composite
def networks(draw):
    """Draw a network of a few layers that fit, one of them dense, with any parameters."""
    dtype = draw(st.sampled_from([np.float32, np.float64]))
    widths = draw(st.lists(st.integers(1, 4), min_size=2, max_size=4))
    layers = []
    for inputs, outputs in pairwise(widths):
        if draw(st.booleans()):
            mean = draw(arrays(dtype, inputs, elements=numbers(dtype)))
            std = draw(arrays(dtype, inputs, elements=numbers(dtype).filter(bool)))
            layers.append(Standardize(mean, std))
        activation = draw(st.sampled_from(ACTIVATIONS))()
        layers += [Dense(inputs, outputs, bias=draw(st.booleans())), activation]
        if draw(st.booleans()):
            layers.append(Dropout(draw(st.floats(0, 1, exclude_max=True))))
    if draw(st.booleans()):
        options = {"bias": draw(st.booleans()), "padding": draw(st.integers(1, 2))}
        pictures = Conv2D((1, outputs, 1), draw(st.integers(1, 3)), 2, **options)
        layers += [pictures, MaxPool2D(pictures.output_shape, 1)]
    net = Network(layers, rng=0, dtype=dtype)
    net.parameters[...] = draw(arrays(dtype, net.parameters.shape, elements=numbers(dtype)))
    return net


def bits_of(net):
    """Return all that makes a network, numbers as bytes."""
    names = ("weights", "biases", "mean", "std")
    layers = [
        (type(layer), repr(layer), *(getattr(layer, name, X).tobytes() for name in names))
        for layer in net.layers
    ]
    return layers, net.inputs, net.outputs, net.parameters.dtype, net.parameters.tobytes()


@pytest.fixture(scope="module")
def name(tmp_path_factory):
    return tmp_path_factory.mktemp("files") / "net"


@given(net=networks())
def test_loaded_network_is_the_saved_one_bit_for_bit(net, name):
    before = bits_of(net)
    save(net, name)
    assert bits_of(load(name)) == before == bits_of(net)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_smallest_numbers_and_minus_zero_come_back(name, dtype):
    tiny, huge = np.finfo(dtype).smallest_subnormal, np.finfo(dtype).max
    net = Network([Standardize([-0.0, tiny], [tiny, -huge]), Dense(2, 2)], dtype=dtype)
    net.parameters[...] = [-0.0, tiny, -tiny, huge, -huge, 0.1]
    save(net, name)
    assert bits_of(load(name)) == bits_of(net)


def test_other_order_of_bytes_comes_back(name):
    net = Network([Standardize([1.0, 2], [3, 4]), Dense(2, 1)], rng=0, dtype=">f8")
    save(net, name)
    assert bits_of(load(name)) == bits_of(net)


@pytest.mark.parametrize("optimizer", [SGD, Adam])
def test_loaded_network_predicts_and_trains_on_as_the_saved_one(name, optimizer):
    net = network()
    train(net, X, Y, mean_squared_error, SGD(0.1), epochs=5)
    save(net, name)
    back = load(name)
    np.testing.assert_array_equal(back.predict(X), net.predict(X))
    for one in (net, back):
        train(one, X, Y, mean_squared_error, optimizer(0.1), epochs=5)
    assert bits_of(back) == bits_of(net)


def test_loaded_layers_are_views_of_the_parameters(name):
    save(network(), name)
    back = load(name)
    back.parameters[...] = 7
    assert (back.layers[0].weights == 7).all()


def test_same_network_makes_the_same_file(name):
    contents = []
    for _ in range(2):
        save(network(), name)
        contents.append(name.read_bytes())
    assert contents[0] == contents[1]


@pytest.mark.parametrize("bias", [np.True_, np.False_, True])
def test_bias_may_be_any_kind_of_yes_or_no(name, bias):
    net = Network([Dense(2, 1, bias=bias)], rng=0)
    save(net, name)
    assert bits_of(load(name)) == bits_of(net)


def every_layer():
    """Return a network with every layer that a file can hold."""
    activations = [Tanh(), Dense(2, 1, bias=False), Sigmoid(), ReLU()]
    net = Network([Standardize([0.5, -2], [4, 0.25]), Dense(2, 2), *activations])
    net.parameters[...] = np.arange(8) / 4
    return net


DESCRIPTION = {
    "format": "neuralnet network",
    "version": 1,
    "layers": [
        {"layer": "Standardize", "mean": [0.5, -2.0], "std": [4.0, 0.25]},
        {"layer": "Dense", "inputs": 2, "outputs": 2, "bias": True},
        {"layer": "Tanh"},
        {"layer": "Dense", "inputs": 2, "outputs": 1, "bias": False},
        {"layer": "Sigmoid"},
        {"layer": "ReLU"},
    ],
}
# The file of this network, as the first version wrote it; compressed here, and not in the file.
OF_VERSION_1 = (
    "eNoL8GZm0WWAAEWG/bZl0v+hgJtBhCEvtaQ8vyhbL6+gkpFBgGEzI0QhjJ7sF+obEMnIUMZQrZ6SWpxcpG6loF5Taqiuo6"
    "Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GsYG5jqaOgq1CmQDrmoloC25iSVKVgpKeamlRYk5QAcrQB2tpKOgVJZa"
    "VJyZnweUNwTychIrgXwgJ7oawgbpCy5JzEtJLErJrEoF6chNTQQpjzbQM9VR0DXSM4gFChaXpIDETPQMdBQM9IxMY2t1FJ"
    "CMcEnNKwZrzswrKC0BWWAE5OSXliDxkjITQcySotJUVM0hiXkZSqSZZ4gwLw0Uqqi6gzPTc/MzU9DMDEr1CVWqja0NQIlv"
    "21ofK1h88wHjuyCxKDE3tQQYSrAoPwBVC6OxRrlNmgVRUW5BYYQDo5wBBVywh9APoPQLKP0BSn+B0j+g9B/7AG9GJl1m1B"
    "QPSs4gzI1kcgM4iSOlf3SNoKA7AA0YPhSNH4BaUQMywJuVDSTHBISlIOcxgXgAZvnVHQ=="
)


def test_numpy_reads_the_file_without_the_package(name):
    save(every_layer(), name)
    with name.open("rb") as file, np.load(file, allow_pickle=False) as archive:
        assert archive.files == ["network", "parameters"]
        np.testing.assert_array_equal(archive["parameters"], np.arange(8) / 4)
        assert archive["network"].dtype == np.uint8
        assert json.loads(archive["network"].tobytes()) == DESCRIPTION


def test_file_of_the_first_version_stays_readable(name):
    name.write_bytes(zlib.decompress(base64.b64decode(OF_VERSION_1)))
    assert bits_of(load(name)) == bits_of(every_layer())


@pytest.mark.parametrize("ending", ["", ".npz", ".txt", " and a space", "ü" * 120])
@pytest.mark.parametrize("kind", [str, lambda path: path])
def test_name_is_taken_as_it_is(tmp_path, ending, kind):
    save(network(), kind(tmp_path / f"net{ending}"))
    assert [file.name for file in tmp_path.iterdir()] == [f"net{ending}"]
    assert bits_of(load(kind(tmp_path / f"net{ending}"))) == bits_of(network())


class Doubled(Tanh):
    """A layer of a reader's own."""


def changed(change):
    net = network()
    change(net)
    return net


def scaled(name, values):
    """Return a network whose scale was changed by hand."""
    net = Network([Standardize([1, 1], [1, 1]), Dense(2, 1)])
    setattr(net.layers[0], name, np.array(values))
    return net


class OwnNetwork(Network):
    """A network of a reader's own."""


REFUSED = {
    "layer of one's own": (Network([Dense(2, 1), Doubled()]), "layer 1 is a Doubled, and a file"),
    "NaN": (changed(lambda net: net.parameters.__setitem__(3, np.nan)), "hold NaN or infinity: "),
    "missing mean": (scaled("mean", [np.nan, 1]), "mean holds nan at index [0]: "),
    "deviation of zero": (scaled("std", [1.0, 0]), "std is 0 in column 1: "),
    "too many deviations": (scaled("std", [1.0, 1, 1]), "mean has shape (2,) and std (3,): "),
}


def test_scale_keeps_its_double_precision(tmp_path):
    net = Network([Standardize([0, 0.1], [1, 1e-50]), Dense(2, 1)], dtype=np.float32)
    save(net, tmp_path / "net")
    scale = load(tmp_path / "net").layers[0]
    assert (scale.mean.tolist(), scale.std.tolist()) == ([0, 0.1], [1, 1e-50])


@pytest.mark.parametrize(("net", "said"), REFUSED.values(), ids=REFUSED)
def test_what_would_not_come_back_is_refused_before_anything_is_written(tmp_path, net, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        save(net, tmp_path / "net")
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("net", [OwnNetwork([Dense(2, 1)]), "net.npz", [1.0] * 1000, None])
def test_what_is_no_network_is_named_by_its_kind_alone(tmp_path, net):
    said = f"net is a {type(net).__name__}, and a file holds only a plain Network: "
    with pytest.raises(TypeError, match=re.escape(said)) as caught:
        save(net, tmp_path / "net")
    assert len(str(caught.value)) < 200
    assert not any(tmp_path.iterdir())


LARGE = {
    "many layers": [Dense(1, 1), *[Tanh(), Standardize([0], [1]), Dense(1, 1)] * 3333],
    "many columns": [Standardize(*(np.full((2, 100_000), -1 / 3) ** 201)), Dense(100_000, 1)],
}


@pytest.mark.parametrize("layers", LARGE.values(), ids=LARGE)
def test_network_of_many_layers_or_columns_comes_back(name, layers):
    net = Network(layers, rng=0)
    save(net, name)
    assert bits_of(load(name)) == bits_of(net)


@pytest.mark.parametrize(("layers", "columns"), [(10_001, 1), (2, 400_000)])
def test_layers_or_columns_beyond_all_use_are_refused(tmp_path, layers, columns):
    scale = Standardize(*np.full((2, columns), -1 / 3))
    net = Network([scale, *[Tanh()] * (layers - 2), Dense(columns, 1)])
    said = refusal(save, net, tmp_path / "net")
    assert re.match(rf"{layers} layers, in \d+ bytes of text, are more than a file holds ", said)
    assert not any(tmp_path.iterdir())


def test_missing_folder_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError, match=r"no folder for nowhere.net: create it first"):
        save(network(), Path("nowhere", "net"))


def test_missing_file_stays_file_not_found(tmp_path):
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "net")


def test_folder_is_refused(tmp_path):
    said = f"{tmp_path} is a folder or a device: name a file"
    assert refusal(save, network(), tmp_path) == refusal(load, tmp_path) == said


@pytest.mark.skipif(os.name != "posix", reason="these are devices and pipes of POSIX")
def test_pipes_and_devices_are_neither_replaced_nor_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        kind = stat.S_IFMT(path.stat().st_mode)
        assert refusal(save, network(), path) == refusal(load, path)
        assert stat.S_IFMT(path.stat().st_mode) == kind


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return an empty folder in which the test works, of a user who lives elsewhere."""
    (tmp_path / "home").mkdir()
    (tmp_path / "work").mkdir()
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


@pytest.mark.parametrize("path", ["~/net", "~/nowhere/net", "~", Path("~", "net")], ids=repr)
def test_home_folder_that_is_not_written_out_is_refused_with_the_remedy(folder, path):
    said = (
        "nothing is called ~ here, and it does not stand for a home folder: "
        f"pass pathlib.Path({str(path)!r}).expanduser()"
    )
    assert refusal(save, network(), path) == refusal(load, path) == said
    assert not any(folder.iterdir())


def test_folder_that_is_called_like_a_home_folder_is_one(folder):
    (folder / "~").mkdir()
    save(network(), "~/net")
    assert [file.name for file in (folder / "~").iterdir()] == ["net"]
    assert bits_of(load("~/net")) == bits_of(network())
    with pytest.raises(FileNotFoundError, match="no folder for ~"):
        save(network(), Path("~", "nowhere", "net"))


def test_name_that_begins_like_a_home_folder_is_taken_as_it_is(folder):
    save(network(), "~net")
    assert bits_of(load("~net")) == bits_of(network())
    with pytest.raises(FileNotFoundError, match="no folder for ~net"):
        save(network(), Path("~net of nobody", "net"))


CIRCLES = {
    "of one": {"net": "net"},
    "of two": {"net": "other", "other": "net"},
    "on the way": {"net": "circle/net", "circle": "circle"},
    "a row too long": {"net": "0", **{str(k): str(k + 1) for k in range(99)}},
}


@pytest.mark.skipif(os.name != "posix", reason="anyone may make links on POSIX")
@pytest.mark.parametrize("links", CIRCLES.values(), ids=CIRCLES)
def test_links_that_lead_to_no_file_are_refused_and_stay(folder, links):
    for link, goal in links.items():
        (folder / link).symlink_to(goal)
    said = "net leads through too many symbolic links, or in a circle: name the file itself"
    assert refusal(save, network(), "net") == refusal(load, "net") == said
    assert {link.name: str(link.readlink()) for link in folder.iterdir()} == links
