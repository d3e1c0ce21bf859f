"""What our texts tell a reader to install is ours, or one of the few tools that they use."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
TOOLS = {"ipython", "jupyterlab", "matplotlib", "numpy", "uv"}
OURS = {
    name + extra
    for name in (".", PROJECT["name"])
    for extra in ("", *(f"[{extra}]" for extra in EXTRAS))
}
PLACES = (".ci", ".github", "benchmarks", "book", "examples", "neuralnet", "tests/wheel")
SUFFIXES = {"", ".csv", ".html", ".md", ".py", ".txt", ".yml"}
# A command ends with its line, or with the quotation mark that closes a piece of code.
COMMAND = re.compile(r"\b(?:pipx?3?|conda|mamba)\s+install\b([^\n`]*)|\buv\s+add\b([^\n`]*)")
WORD = re.compile(r"""[^\s"'`,;]+""")
EXTRA_OF_ANOTHER = re.compile(rf"(?<![\w-])neuralnet\[(?:{'|'.join(EXTRAS)})\]")
WITH_FILE = {"-r", "--requirement"}


def texts():
    """Return the files in which a reader could find a command."""
    single = [ROOT / name for name in ("README.md", "Makefile", "pyproject.toml", "_config.yml")]
    files = [path for place in PLACES for path in (ROOT / place).rglob("*") if path.is_file()]
    return single + [
        path for path in files if path.suffix in SUFFIXES and "__pycache__" not in path.parts
    ]


def installed_by(text):
    """Return what the commands of a text install, without their options."""
    found = []
    for command in COMMAND.finditer(text.replace("\\\n", " ")):
        words = iter(WORD.findall(command[1] or command[2] or ""))
        for word in words:
            if word in WITH_FILE:
                found.append(f"-r {next(words, None)}")
            elif not word.startswith("-"):
                found.append(word)
    return found


def strangers(text):
    """Return what a text installs that is neither ours nor one of the tools."""
    return [
        name
        for name in installed_by(text)
        if name not in OURS | TOOLS
        and not (name.startswith("-r ") and (ROOT / name.removeprefix("-r ")).is_file())
    ]


def test_name_of_the_distribution_is_not_that_of_another_package():
    assert PROJECT["name"] != "neuralnet"


@pytest.mark.parametrize("path", texts(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_text_installs_what_is_not_ours(path):
    text = path.read_text(encoding="utf-8")
    assert strangers(text) == []
    assert not EXTRA_OF_ANOTHER.search(text)


def test_the_commands_of_the_readme_are_found():
    commands = installed_by((ROOT / "README.md").read_text(encoding="utf-8"))
    assert {".", ".[estimators]", "-r requirements.txt"} <= set(commands)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pip install neuralnet", ["neuralnet"]),
        ('needs scikit-learn: pip install "neuralnet[estimators]"', ["neuralnet[estimators]"]),
        ("run `python -m pip install --upgrade neuralnet` in its folder", ["neuralnet"]),
        ("python -m pip install numpy \\\n    neuralnet==0.2", ["neuralnet==0.2"]),
        ("`uv add neuralnet`, or `conda install neuralnet`", ["neuralnet", "neuralnet"]),
        ('pip install ".[charts]"', [".[charts]"]),
        ("pip install -r missing.txt", ["-r missing.txt"]),
        ('run python -m pip install ".[estimators]"', []),
        ("pip install --require-hashes -r requirements.txt", []),
        (f"pip install {PROJECT['name']}[plots]", []),
    ],
)
def test_strangers_are_found_in_every_spelling(text, found):
    assert strangers(text) == found


def test_supported_versions_of_python_are_the_same_everywhere():
    classifier = re.compile(r"Programming Language :: Python :: (3\.\d+)")
    versions = [
        found[1] for text in PROJECT["classifiers"] if (found := classifier.fullmatch(text))
    ]
    assert PROJECT["requires-python"] == f">={versions[0]}"
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"Python {versions[0]} to {versions[-1]} " in readme
    workflow = (ROOT / ".github" / "workflows" / "book.yml").read_text(encoding="utf-8")
    assert f"python: {versions}".replace("'", '"') in workflow
