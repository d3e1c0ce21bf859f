"""What the package offers: every name exported, described, and cheap to import."""

import inspect
import pkgutil
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import neuralnet

# Asked for by their module, not offered at the top.
INSIDE = {"checks", "inplace", "inplace_convolution", "inplace_layers", "parameters"}
APART = INSIDE | {"datasets", "estimators", "frameworks", "plots"}
# For those who write a part of their own, and what a training is made of.
PARTS = {"EarlyStopping", "Layer", "Minibatches", "Optimizer", "one_hot", "summed"}
# What every layer or optimizer does, and how a network does it.  A line that names the shapes
# describes it.
STEPS = {"forward", "backward", "prepare", "share", "direction", "follow", "reset"}
STEPS |= {"as_input", "forward_in_training", "predict_in_blocks", "windows"}
PROTOCOL = STEPS | {"initialize"}
# Who takes one of these says what it refuses.
CHECKED = {"X", "x", "y", "labels", "target", "targets", "inputs", "layers", "learning_rate", "std"}
# These are handed what their caller has looked at.
HANDED = {"one_hot", "lecun_normal", "glorot_normal", "he_normal", "unit_uniform"}
MODULES = {
    info.name: import_module(f"neuralnet.{info.name}")
    for info in pkgutil.iter_modules(neuralnet.__path__)
}


def defined_in(module):
    """Return the functions and classes that the module itself defines, without underscore."""
    return {
        name: value
        for name, value in vars(module).items()
        if not name.startswith("_")
        and (inspect.isfunction(value) or inspect.isclass(value))
        and value.__module__ == module.__name__
    }


def is_own(method, module):
    """Return whether a method stands in the module: scikit-learn adds some to its estimators."""
    method = method.fget if isinstance(method, property) else method
    return callable(method) and method.__module__ == module.__name__


def arguments(function):
    return [name for name in inspect.signature(function).parameters if name != "self"]


def described():
    """Return every public function, class and method by its name."""
    names = {}
    for module in MODULES.values():
        for name, value in defined_in(module).items():
            names[f"{module.__name__}.{name}"] = value
            if inspect.isclass(value):
                names |= {
                    f"{module.__name__}.{name}.{method}": getattr(value, method)
                    for method, function in vars(value).items()
                    if not method.startswith("_") and is_own(getattr(value, method), module)
                }
    return names


DESCRIBED = described()
WITH_STEPS = r"\.(convolution|dropout|layers|network|optimizers|schedules)\."
STEPS_OF_PARTS = {
    name: value
    for name, value in DESCRIBED.items()
    if re.search(WITH_STEPS, name) and name.split(".")[-1] in PROTOCOL
}
PUBLIC = {
    name: value
    for name, value in DESCRIBED.items()
    if name.split(".")[1] not in INSIDE and name not in STEPS_OF_PARTS
}
CALLED = {name: value for name, value in PUBLIC.items() if inspect.isroutine(value)}
CLASSES = {
    name: value for name, value in PUBLIC.items() if inspect.isclass(value) and arguments(value)
}


def documented(docstring, section):
    """Return the names that a section of a numpydoc docstring describes."""
    body = re.search(rf"^{section}\n-+\n(.*?)(?=^\w+\n-+\n|\Z)", docstring, re.M | re.S)
    entries = re.findall(r"^(\S.*?) :", body[1], re.M) if body else []
    return [name for entry in entries for name in entry.split(", ")]


def in_a_fresh_process(code):
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=Path(neuralnet.__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()


def test_all_is_complete():
    offered = set()
    for name in MODULES.keys() - APART:
        offered |= defined_in(MODULES[name]).keys()
    assert sorted(neuralnet.__all__) == sorted(offered - PARTS)


def test_all_names_exist():
    assert all(hasattr(neuralnet, name) for name in neuralnet.__all__)


@pytest.mark.parametrize("module", [neuralnet, *MODULES.values()], ids=lambda m: m.__name__)
def test_module_says_what_it_is_for(module):
    assert re.match(r"[A-Z].*\.\n", module.__doc__ + "\n")


@pytest.mark.parametrize("value", DESCRIBED.values(), ids=DESCRIBED)
def test_docstring_opens_with_a_sentence(value):
    first = inspect.getdoc(value).splitlines()[0]
    assert re.fullmatch(r"[A-Z].*[.:`]", re.sub(r" ?:cite:p:`\w+`", "", first))


@pytest.mark.parametrize("value", CALLED.values(), ids=CALLED)
def test_docstring_describes_the_arguments_in_order(value):
    assert documented(inspect.getdoc(value), "Parameters") == arguments(value)


@pytest.mark.parametrize("value", CALLED.values(), ids=CALLED)
def test_docstring_describes_what_is_returned_and_raised(value):
    docstring = inspect.getdoc(value)
    if arguments(value):
        # Hints may be text.
        returns_something = inspect.signature(value).return_annotation not in (None, "None")
        assert ("Returns\n-------" in docstring) == returns_something
    if CHECKED & set(arguments(value)) and value.__name__ not in HANDED:
        assert "Raises\n------\nValueError" in docstring


@pytest.mark.parametrize("value", STEPS_OF_PARTS.values(), ids=STEPS_OF_PARTS)
def test_line_on_a_step_of_a_layer_or_optimizer_names_the_shapes(value):
    docstring = inspect.getdoc(value)
    assert len(docstring.splitlines()) == 1
    if value.__name__ in STEPS:
        assert re.search(r"shape|\(rows, ", docstring)


@pytest.mark.parametrize("value", CLASSES.values(), ids=CLASSES)
def test_class_describes_its_arguments_and_attributes(value):
    # A class that takes over its constructor says from whom.
    owner = next(base for base in value.__mro__ if "__init__" in vars(base))
    assert owner is value or f":class:`{owner.__name__}`" in inspect.getdoc(value)
    docstring = inspect.getdoc(owner)
    taken = documented(docstring, "Parameters")
    assert set(arguments(value)) <= {*taken, *documented(docstring, "Attributes")}
    if CHECKED & set(taken):
        assert "Raises\n------\nValueError" in docstring


def test_attributes_that_are_described_exist():
    history = neuralnet.History(0.1)
    network = neuralnet.Network([neuralnet.Dense(1, 1)])
    for value in (
        neuralnet.Neuron(2, rng=0),
        history,
        neuralnet.TrainingDiverged(history, 0.1, 1),
        network,
    ):
        names = documented(inspect.getdoc(value), "Attributes")
        assert sorted(name.removeprefix("_") for name in vars(value)) == sorted(names)
        assert all(hasattr(value, name) for name in names)
    convolution, pool = neuralnet.Conv2D((2, 2, 1), 1, 2), neuralnet.MaxPool2D((2, 2, 1), 2)
    others = (convolution, pool, neuralnet.SGD(0.1), neuralnet.Standardize(0, 1))
    for value in (*network.layers, *others):
        docstring = inspect.getdoc(value)
        names = documented(docstring, "Parameters") + documented(docstring, "Attributes")
        assert all(hasattr(value, name) for name in names)


@pytest.mark.parametrize("value", CALLED.values(), ids=CALLED)
def test_everything_public_has_type_hints(value):
    signature = inspect.signature(value)
    hints = [p.annotation for name, p in signature.parameters.items() if name != "self"]
    assert inspect.Signature.empty not in [*hints, signature.return_annotation]


def test_type_hints_are_announced():
    assert (Path(neuralnet.__file__).parent / "py.typed").exists()


def test_import_brings_in_numpy_and_nothing_else_from_outside():
    loaded = in_a_fresh_process(
        "import sys; before = set(sys.modules); import neuralnet\n"
        "new = {name for name in sys.modules if name not in before}\n"
        "files = {name for name in new if getattr(sys.modules[name], '__file__', None)}\n"
        "print(*{name.split('.')[0] for name in files})"
    )
    assert set(loaded) - sys.stdlib_module_names == {"numpy", "neuralnet"}


def test_import_brings_along_little_that_numpy_has_not():
    numpy, others = in_a_fresh_process(
        "import sys, numpy; first = set(sys.modules); import neuralnet\n"
        "others = [n for n in set(sys.modules) - first if n.split('.')[0] != 'neuralnet']\n"
        "print(len(first), len(others))"
    )
    assert int(others) <= 0.15 * int(numpy)


def test_only_the_estimators_need_more_than_numpy():
    others = ", ".join(f"neuralnet.{name}" for name in sorted(MODULES.keys() - {"estimators"}))
    loaded = in_a_fresh_process(f"import sys, {others}; print(*sys.modules)")
    assert not {"matplotlib", "IPython", "sklearn"} & set(loaded)
