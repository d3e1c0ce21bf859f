"""The environment of every kernel, in which nothing of the reader's own settings counts.

A Matplotlib style, a start-up file of IPython or a time zone of the reader's would change the
figures and outputs, and the cache would keep them.
"""

import os

from book.extensions.fingerprint import ROOT

BUILD = ROOT / "_build"
IPYTHON = BUILD / ".ipython"
MATPLOTLIB = BUILD / ".matplotlib"
# Every kernel would warn that it talks to the build over a local port.
PROFILE = """\
c.IPKernelApp.log_level = "ERROR"
c.HistoryManager.enabled = False
c.InteractiveShell.xmode = "Minimal"
"""
SETTINGS = {
    "LC_ALL": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONNOUSERSITE": "1",
    "PYTHONUTF8": "1",
    "TZ": "UTC",
}
# Where the system keeps what Python needs.
PASSED_ON = (
    "APPDATA",
    "COMSPEC",
    "DYLD_LIBRARY_PATH",
    "HOME",
    "LD_LIBRARY_PATH",
    "LOCALAPPDATA",
    "PATH",
    "PATHEXT",
    "PROGRAMDATA",
    "SYSTEMDRIVE",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "TMPDIR",
    "USERPROFILE",
    "WINDIR",
)


def kernel_environment():
    """Return the whole environment of a kernel."""
    system = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    folders = {"IPYTHONDIR": IPYTHON, "MPLCONFIGDIR": MATPLOTLIB, "PYTHONPATH": ROOT}
    return system | SETTINGS | {name: str(folder) for name, folder in folders.items()}


def write_profile():
    """Write the one profile that IPython reads."""
    profile = IPYTHON / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text(PROFILE, encoding="utf-8")
