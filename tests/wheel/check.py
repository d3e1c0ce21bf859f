"""Install the package as its users do, beside NumPy alone, and try what came along.

    python tests/wheel/check.py --numpy 2.0.0

A wheel is built and put into a fresh environment of this Python, with the named NumPy or the newest
one.  There `first_steps.py` is run; then the tests of the package, on what the wheel installed.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "_build" / "wheel"
ALONE = {"tested-neuralnet", "numpy", "pip", "setuptools"}
TEST_TOOLS = ["autograd", "hypothesis", "matplotlib", "pytest", "pytest-xdist", "scikit-learn"]
PIN = re.compile(r"^([\w.-]+==\S+(?: ;[^\\\n]*)?)", re.MULTILINE)


class Environment:
    """A fresh virtual environment in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
        venv.create(folder, with_pip=True)

    def run(self, *arguments, folder=ROOT):
        """Run a Python command; end with its code if it fails."""
        print("$ python", *arguments, flush=True)
        finished = subprocess.run([self.python, *arguments], cwd=folder)
        if finished.returncode:
            sys.exit(finished.returncode)

    def pip(self, *arguments):
        """Run pip without questions or news of itself."""
        self.run("-m", "pip", "--disable-pip-version-check", "--no-input", *arguments)

    def packages(self):
        """Return the names of what is installed."""
        code = "from importlib.metadata import distributions as d; print(*(x.name for x in d()))"
        listed = subprocess.run([self.python, "-c", code], capture_output=True, text=True)
        return set(listed.stdout.split())


def install(environment, numpy):
    """Build the wheel, and install it and NumPy, and see that nothing else came along."""
    # What an older build left in the wheel's folder must not be installed in its place.
    environment.pip("wheel", "--quiet", "--no-deps", "--wheel-dir", str(WORK / "dist"), ".")
    (wheel,) = (WORK / "dist").glob("tested_neuralnet-*.whl")
    environment.pip("install", "--quiet", str(wheel), numpy)
    if others := environment.packages() - ALONE:
        sys.exit(f"the wheel brought along {', '.join(sorted(others))}: it needs NumPy alone")


def test(environment, numpy):
    """Run the tests of the package in a folder that holds no other copy of it."""
    pins = PIN.findall((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    pins = [pin for pin in pins if not pin.startswith("numpy==")]
    (WORK / "pins.txt").write_text("\n".join(pins), encoding="utf-8")
    environment.pip("install", "--quiet", "-c", str(WORK / "pins.txt"), *TEST_TOOLS, numpy)
    shutil.copytree(ROOT / "tests", WORK / "copy" / "tests")
    shutil.copy(ROOT / "pyproject.toml", WORK / "copy")
    environment.run("-m", "pytest", "-q", "tests/package", folder=WORK / "copy")


def main():
    """Read the command line and do it all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--numpy", metavar="VERSION", help="the newest unless given")
    version = parser.parse_args().numpy
    numpy = f"numpy=={version}" if version else "numpy"
    shutil.rmtree(WORK, ignore_errors=True)
    environment = Environment(WORK / "environment")
    install(environment, numpy)
    first_steps = Path(__file__).with_name("first_steps.py")
    environment.run("-I", "-W", "error", str(first_steps), folder=WORK)
    test(environment, numpy)


if __name__ == "__main__":
    main()
