"""Keeping a network in a file, and bringing it back bit for bit.

The file is an npz archive: a JSON text that describes the layers, and one vector.
"""

import os
import stat
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from neuralnet.layers import Dense, Layer, ReLU, Sigmoid, Standardize, Tanh
from neuralnet.network import Network

if TYPE_CHECKING:
    from pathlib import Path
    from zipfile import ZipFile

FORMAT = "neuralnet network"
VERSION = 1
# The layers that a file can hold, and their arguments: no file can name anything else.
LAYERS: dict[type[Any], dict[str, type]] = {
    Dense: {"inputs": int, "outputs": int, "bias": bool},
    Sigmoid: {},
    Tanh: {},
    ReLU: {},
    Standardize: {"mean": list, "std": list},
}
MEMBERS = ["network.npy", "parameters.npy"]


def save(net: Network, path: str | os.PathLike[str]) -> None:
    """Write a network to a file, in one stroke: the old file stays whole until the new one is.

    Parameters
    ----------
    net : Network
        Of the layers of :mod:`neuralnet.layers`, in ``numpy.float64`` or ``numpy.float32``.
    path : str or path-like
        The name of the file, taken as it is.  A file of this name is replaced and its
        permissions are kept; a symbolic link stays, and what it points to is replaced.

    Raises
    ------
    ValueError
        If the network cannot come back from a file as it is, or `path` is no name for a file.
    OSError
        If the file cannot be written.  Whatever is raised, the old file is untouched.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from neuralnet import Dense
    >>> net = Network([Dense(2, 1)], rng=0)
    >>> with TemporaryDirectory() as folder:
    ...     save(net, f"{folder}/net.npz")
    ...     back = load(f"{folder}/net.npz")
    >>> back, bool((back.parameters == net.parameters).all())
    (Network([Dense(2, 1)]), True)
    """
    from pathlib import Path

    content = _checked(net)
    _replace(Path(path), content)


def load(path: str | os.PathLike[str]) -> Network:
    """Read a network from a file that :func:`save` wrote; nothing in the file is run.

    Parameters
    ----------
    path : str or path-like
        The name of the file.

    Returns
    -------
    Network
        With the layers, the parameters and the precision of the one that was saved.

    Raises
    ------
    ValueError
        If the file is not whole, was not written by :func:`save`, or is of a newer version.
    FileNotFoundError
        If there is no such file.
    """
    from pathlib import Path

    path = Path(path)
    _mode_of(path)
    with path.open("rb") as file:
        try:
            return _unpacked(file)
        # What a broken archive can raise has no end: KeyError, RuntimeError, RecursionError ...
        except Exception as error:
            raise ValueError(
                f"{path} holds no network that can be loaded "
                f"({str(error)[:200] or type(error).__name__}): take a whole file that "
                "neuralnet.save wrote, or update neuralnet if a newer one wrote it"
            ) from error


def _checked(net: Network) -> bytes:
    """Return the content of a file from which the network comes back as it is."""
    content = _packed(net)
    back = _unpacked(BytesIO(content))
    for number, layers in enumerate(zip(net.layers, back.layers, strict=True)):
        for name in ("weights", "biases", "mean", "std"):
            now, then = (getattr(layer, name, 0) for layer in layers)
            # An array that was exchanged, not filled, is no longer a view of the parameters.
            if not np.array_equal(now, then):
                raise ValueError(
                    f"layer {number} would come back with other {name}: set values in place, "
                    f"as in net.layers[{number}].{name}[...] = values"
                )
    return content


def _packed(net: Network) -> bytes:
    """Return a description of the layers, and the parameters, as an npz archive."""
    import json

    if type(net) is not Network:
        raise ValueError(f"{net!r} is no plain Network: make one of its layers, Network(layers)")
    layers = [_record_of(number, layer) for number, layer in enumerate(net.layers)]
    description = {"format": FORMAT, "version": VERSION, "layers": layers}
    text = np.frombuffer(json.dumps(description).encode(), np.uint8)
    stream = BytesIO()
    np.savez(stream, network=text, parameters=_sound(net.parameters))
    return stream.getvalue()


def _record_of(number: int, layer: Layer) -> dict[str, Any]:
    """Return the name and the arguments of a layer, in types that JSON knows."""
    if type(layer) not in LAYERS:
        raise ValueError(
            f"layer {number} is {layer!r}, and a file knows only layers of neuralnet: save "
            "net.parameters alone, with numpy.save, and keep the code that makes the layers"
        )
    kinds = LAYERS[type(layer)].items()
    # The digits that JSON writes for a float lead back to the same bits.
    arguments = {name: kind(np.asarray(getattr(layer, name)).tolist()) for name, kind in kinds}
    return {"layer": type(layer).__name__, **arguments}


def _sound(parameters: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the parameters; refuse numbers with which no network can predict."""
    if parameters.dtype.kind != "f" or parameters.itemsize not in (4, 8):
        raise ValueError(f"the parameters are {parameters.dtype}: use numpy.float64 or float32")
    if not np.isfinite(parameters).all():
        raise ValueError("the parameters hold NaN or infinity: train again with smaller steps")
    return parameters


def _unpacked(file: BinaryIO) -> Network:
    """Make a network from an npz archive; what the archive says of itself is not believed."""
    from zipfile import ZipFile

    size = file.seek(0, os.SEEK_END)
    with ZipFile(file) as archive:
        layers = _layers_from(_member(archive, MEMBERS[0], size).tobytes())
        parameters = _sound(_member(archive, MEMBERS[1], size))
        if archive.namelist() != MEMBERS:
            raise ValueError(f"it holds {archive.namelist()}, not {MEMBERS}")
    wanted = sum(layer.size for layer in layers)
    # Asked before the network makes room for its parameters.
    if parameters.shape != (wanted,):
        raise ValueError(
            f"its layers need {wanted} parameters, and it holds {parameters.shape}: make it anew"
        )
    net = Network(layers, rng=0, dtype=parameters.dtype)
    net.parameters[...] = parameters
    return net


def _member(archive: "ZipFile", name: str, size: int) -> NDArray[Any]:
    """Return an array of an archive of `size` bytes, without making room for more than that."""
    info = archive.getinfo(name)
    if info.compress_type or info.compress_size > size:
        raise ValueError(f"{name} is compressed, or larger than the file")
    content = archive.read(info)
    header = BytesIO(content)
    np.lib.format.read_magic(header)
    shape, _, dtype = np.lib.format.read_array_header_1_0(header)
    # An array of objects would have to be unpickled; of plain bytes none can be made.
    return np.frombuffer(content, dtype, offset=header.tell()).reshape(shape)


def _layers_from(text: bytes) -> list[Layer]:
    """Make the layers that a JSON text describes."""
    import json

    description = json.loads(text)
    found = description["format"], description["version"]
    if found != (FORMAT, VERSION):
        raise ValueError(f"its format and version are {found}, not {(FORMAT, VERSION)}")
    return [_layer_from(record) for record in description["layers"]]


def _layer_from(record: dict[str, Any]) -> Layer:
    """Make a layer by its name, if name and arguments are those of the fixed list."""
    arguments = dict(record)
    found = arguments.pop("layer"), {name: type(value) for name, value in arguments.items()}
    for layer, kinds in LAYERS.items():
        if found == (layer.__name__, kinds):
            made: Layer = layer(**arguments)
            return made
    raise ValueError(f"there is no layer {record!r}")


def _mode_of(path: "Path") -> int:
    """Return the permissions of a file; refuse a folder, a pipe or a device."""
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        raise ValueError(f"{path} is a folder or a device: name a file")
    return stat.S_IMODE(mode)


def _replace(path: "Path", content: bytes) -> None:
    """Write a draft beside the file, and let it take the file's place once it is whole."""
    target = path.resolve()
    if not target.parent.is_dir():
        raise FileNotFoundError(f"there is no folder for {path}: create it first")
    mode = None
    if path.exists():
        mode = _mode_of(path)
        path.open("r+b").close()  # as for any other write, who may not write is told so
    draft = target.with_name(f".{target.name[:40]}.{os.urandom(8).hex()}.tmp")
    try:
        _write(draft, mode, content)
        draft.replace(target)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise
    # Otherwise a power cut can bring back the old file, which is whole too.
    with suppress(OSError):
        _settle(target.parent)


def _write(draft: "Path", mode: int | None, content: bytes) -> None:
    """Write a new file, and wait until it is on the disk."""
    with draft.open("xb") as file:
        if mode is not None:
            draft.chmod(mode)
        file.write(content)
        file.flush()
        # What only the system's memory holds, a power cut takes.
        os.fsync(file)


def _settle(folder: "Path") -> None:
    """Wait until a folder's names are on the disk; not every system can."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
