"""Keeping a network in a file, and bringing it back bit for bit.

The file is an npz archive: a JSON text that describes the layers, and one vector.
"""

import errno
import os
import stat
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from neuralnet.checks import picture_shape, positive_int
from neuralnet.convolution import Conv2D, MaxPool2D
from neuralnet.dropout import Dropout
from neuralnet.layers import Dense, Layer, ReLU, Sigmoid, Standardize, Tanh
from neuralnet.network import Network

if TYPE_CHECKING:
    from pathlib import Path
    from zipfile import ZipFile

    Call = tuple[type[Any], dict[str, Any]]

FORMAT = "neuralnet network"
VERSION = 1
# The layers that a file can hold, and their arguments: no file can name anything else.
LAYERS: dict[type[Any], dict[str, type]] = {
    Dense: {"inputs": int, "outputs": int, "bias": bool},
    Sigmoid: {},
    Tanh: {},
    ReLU: {},
    Standardize: {"mean": list, "std": list},
    Conv2D: {"shape": list, "filters": int, "side": int, "bias": bool, "padding": int},
    MaxPool2D: {"shape": list, "side": int},
    Dropout: {"rate": float},
}
MEMBERS = ["network.npy", "parameters.npy"]
# Far more than any network of use needs, and little enough to be read in a second.
MOST_LAYERS = 10_000
LONGEST_TEXT = 1 << 24  # bytes: room for 300 000 columns of Standardize


def save(net: Network, path: str | os.PathLike[str]) -> None:
    """Write a network to a file, in one stroke: the old file stays whole until the new one is.

    Parameters
    ----------
    net : Network
        Of at most 10 000 layers of :mod:`neuralnet.layers` and :mod:`neuralnet.convolution`, with
        up to some 300 000 columns of :class:`neuralnet.layers.Standardize`, in ``numpy.float64``
        or ``numpy.float32``.  The start values have been drawn, so who drew them, the
        `initializer` of a layer, is left out.
    path : str or path-like
        The name of the file, taken as it is.  A file of this name is replaced and its
        permissions are kept; a symbolic link stays, and what it points to is replaced.

    Raises
    ------
    ValueError
        If the network cannot come back from a file as it is, or `path` is no name for a file.
    TypeError
        If `net` is no Network, or of a class derived from it.
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
    content = _packed(net)
    _unpacked(BytesIO(content))
    _replace(_as_path(path), content)


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
        If the file is not whole, was not written by :func:`save`, or is of a newer version, or
        `path` is no name for a file.
    FileNotFoundError
        If there is no such file.
    """
    path = _as_path(path)
    _mode_of(path)
    with path.open("rb") as file:
        try:
            return _unpacked(file)
        # What a broken archive can raise has no end: KeyError, RuntimeError, RecursionError ...
        except Exception as error:
            said = " ".join(str(error).split())[:200] or type(error).__name__
            raise ValueError(
                f"{path} holds no network that can be loaded ({said}): take a whole file that "
                "neuralnet.save wrote, or update neuralnet if a newer one wrote it"
            ) from error


def _as_path(path: str | os.PathLike[str]) -> "Path":
    """Return the name of a file as a path; refuse a home folder that was not written out."""
    from pathlib import Path

    path = Path(path)
    # Path.expanduser would refuse the name of a user whom the system does not know.
    if os.path.expanduser(path) != str(path) and not Path(path.parts[0]).exists():  # noqa: PTH111
        raise ValueError(
            f"nothing is called {path.parts[0]} here, and it does not stand for a home folder: "
            f"pass pathlib.Path({str(path)!r}).expanduser()"
        )
    return path


def _packed(net: Network) -> bytes:
    """Return a description of the layers, and the parameters, as an npz archive."""
    import json

    if type(net) is not Network:
        raise TypeError(
            f"net is a {type(net).__name__}, and a file holds only a plain Network: make one of "
            "its layers, Network(net.layers)"
        )
    layers = [_record_of(number, layer) for number, layer in enumerate(net.layers)]
    description = {"format": FORMAT, "version": VERSION, "layers": layers}
    text = json.dumps(description).encode()
    _check_text(text)
    stream = BytesIO()
    np.savez(stream, network=np.frombuffer(text, np.uint8), parameters=_sound(net.parameters))
    return stream.getvalue()


def _record_of(number: int, layer: Layer) -> dict[str, Any]:
    """Return the name and the arguments of a layer, in types that JSON knows."""
    if type(layer) not in LAYERS:
        raise ValueError(
            f"layer {number} is a {type(layer).__name__}, and a file knows only layers of "
            "neuralnet: save net.parameters alone, with numpy.save, and keep the code that makes "
            "the layers"
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


def _check_text(text: bytes) -> None:
    """Refuse a description that takes too much time and memory to read, before it is read."""
    # The text has a brace for each layer and one of its own, and at most two lists a layer.
    layers = max(text.count(b"{") - 1, text.count(b"[") // 2)
    if layers > MOST_LAYERS or len(text) > LONGEST_TEXT:
        raise ValueError(
            f"{layers} layers, in {len(text)} bytes of text, are more than a file holds "
            f"({MOST_LAYERS} in {LONGEST_TEXT}): save net.parameters alone, with numpy.save, and "
            "keep the code that makes the layers"
        )


def _unpacked(file: BinaryIO) -> Network:
    """Make a network from an npz archive; what the archive says of itself is not believed."""
    from zipfile import ZipFile

    size = file.seek(0, os.SEEK_END)
    _check_directory(file, size)
    with ZipFile(file) as archive:
        text = _member(archive, MEMBERS[0], min(size, LONGEST_TEXT))
        described = _described(text.tobytes())
        parameters = _sound(_member(archive, MEMBERS[1], size))
        if archive.namelist() != MEMBERS:
            raise ValueError(f"it holds {archive.namelist()}, not {MEMBERS}")
    return _network_of(described, parameters)


def _network_of(described: list["Call"], parameters: NDArray[np.floating]) -> Network:
    """Make a network of the classes and arguments of its layers, and its parameters."""
    wanted = sum(_size_of(layer, arguments) for layer, arguments in described)
    # Asked before layers and network make room for their parameters.
    if parameters.shape != (wanted,):
        raise ValueError(
            f"its layers need {wanted} parameters, and it holds {parameters.shape}: make it anew"
        )
    layers = [layer(**arguments) for layer, arguments in described]
    for layer in layers:
        # Values that are in the file need not be drawn; but a Dropout needs a generator.
        layer.is_initialized = layer.size > 0
    net = Network(layers, dtype=parameters.dtype)
    net.parameters = parameters
    return net


def _check_directory(file: BinaryIO, size: int) -> None:
    """Refuse an archive of many members before ZipFile reads the list of them at its end."""
    from struct import unpack

    file.seek(max(0, size - 58))
    end = file.read().rjust(58, b"\0")
    # Beyond 2 GiB two more records, of 76 bytes, stand before the last one and count in its place.
    length64, mark64, place64, mark, length = unpack("<Q8x4s4xQ4x4s8xL6x", end)
    is_other = mark64 == b"PK\6\7" and (length64, place64) != (length, size - 98)
    # The list of two members takes 117 bytes, and a few more beyond 2 GiB.
    if mark != b"PK\5\6" or length > 1000 or is_other:
        raise ValueError("it does not end as an archive of two members does")


def _member(archive: "ZipFile", name: str, most: int) -> NDArray[Any]:
    """Return an array of an archive, without making room for more than `most` bytes."""
    info = archive.getinfo(name)
    if info.compress_type or info.compress_size > most:
        raise ValueError(f"{name} is compressed, or larger than {most} bytes")
    content = archive.read(info)
    header = BytesIO(content)
    np.lib.format.read_magic(header)
    shape, _, dtype = np.lib.format.read_array_header_1_0(header)
    # An array of objects would have to be unpickled; of plain bytes none can be made.
    return np.frombuffer(content, dtype, offset=header.tell()).reshape(shape)


def _described(text: bytes) -> list["Call"]:
    """Return the classes and the arguments of the layers that a JSON text describes."""
    import json

    _check_text(text)
    description = json.loads(text)
    found = description["format"], description["version"]
    if found != (FORMAT, VERSION):
        raise ValueError(f"its format and version are {found}, not {(FORMAT, VERSION)}")
    return [_call_of(record) for record in description["layers"]]


def _call_of(record: dict[str, Any]) -> "Call":
    """Return class and arguments of a layer, if its name and theirs are on the fixed list."""
    arguments = dict(record)
    found = arguments.pop("layer"), {name: type(value) for name, value in arguments.items()}
    for layer, kinds in LAYERS.items():
        if found == (layer.__name__, kinds):
            return layer, arguments
    raise ValueError(f"there is no layer {record!r}")


def _size_of(layer: type[Any], arguments: dict[str, Any]) -> int:
    """Return how many parameters a layer will have, before there is room for them."""
    if layer is Dense:
        inputs, outputs = (positive_int(name, arguments[name]) for name in ("inputs", "outputs"))
    elif layer is Conv2D:
        side, outputs = (positive_int(name, arguments[name]) for name in ("side", "filters"))
        inputs = side * side * picture_shape("shape", arguments["shape"])[2]
    else:
        return 0
    return (inputs + bool(arguments["bias"])) * outputs


def _mode_of(path: "Path") -> int:
    """Return the permissions of a file; refuse a folder, a pipe, a device, a circle of links."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        raise ValueError(
            f"{path} leads through too many symbolic links, or in a circle: name the file itself"
        ) from error
    if not stat.S_ISREG(mode):
        raise ValueError(f"{path} is a folder or a device: name a file")
    return stat.S_IMODE(mode)


def _replace(path: "Path", content: bytes) -> None:
    """Write a draft beside the file, and let it take the file's place once it is whole."""
    mode = None
    with suppress(FileNotFoundError, NotADirectoryError):
        mode = _mode_of(path)
    target = path.resolve()
    if not target.parent.is_dir():
        raise FileNotFoundError(f"there is no folder for {path}: create it first")
    if mode is not None:
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
