"""The command on a small project: what lives is listed, and what is explained may live."""

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.mutation.mutants import mutants_of

ROOT = Path(__file__).parents[2]
SOURCE = '''"""Whole numbers."""


def times(number, by=2):
    """Return how often a number can be divided."""
    count = 0
    while number % by == 0:
        number //= by
        count += 1
    return count
'''
WEAK = """from divided.counting import times


def test_threes():
    assert times(18, 3) == 2
"""
# What the weak tests miss, and what no test can notice: it is divided without a remainder.
STRONG = WEAK + "    assert times(24) == 3\n"
MISSED = {
    ("def times(number, by=2):", "def times(number, by=1):"),
    ("def times(number, by=2):", "def times(number, by=3):"),
}
KNOWN = {("number //= by", "number /= by"), ("number //= by", "number = number // by")}


class Project:
    """A package of one function, its tests, and its explanations."""

    def __init__(self, root, tests, explained=KNOWN, place="counting.times"):
        self.root, self.tests = root, ["tests"]
        self.write("divided/__init__.py", "")
        self.write("divided/counting.py", SOURCE)
        self.write("tests/test_counting.py", tests)
        self.write("pyproject.toml", "[tool.pytest.ini_options]\npythonpath = ['.']\n")
        entry = f'[[survivor]]\nplace = "{place}"\nwas = "%s"\nnow = "%s"\nreason = "known"\n'
        self.write("survivors.toml", "".join(entry % mutation for mutation in explained))

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def files(self):
        paths = [path for path in self.root.rglob("*") if path.is_file()]
        return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}

    def run(self, *modules):
        where = {"root": self.root, "survivors": self.root / "survivors.toml"}
        options = where | {"package": "divided", "jobs": 2}
        given = [f"--{name}={value}" for name, value in options.items()]
        command = [sys.executable, "-m", "tests.mutation", *modules, *given, "--tests", *self.tests]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    def verdict(self, *modules):
        """Return the exit code, the mutants listed as alive, and all that was said."""
        done = self.run(*modules)
        assert not done.stderr
        listed = [part.partition("\n\n")[0] for part in done.stdout.split("[[survivor]]")[1:]]
        entries = [tomllib.loads(part) for part in listed]
        return done.returncode, {(entry["was"], entry["now"]) for entry in entries}, done.stdout


def test_what_is_explained_may_live_and_the_project_stays_as_it_is(tmp_path):
    project = Project(tmp_path, STRONG)
    before = project.files()
    assert project.verdict()[:2] == (0, set())
    assert project.files() == before


def test_what_no_test_notices_is_listed_and_so_is_an_explanation_of_what_one_does(tmp_path):
    was, now = "count += 1", "count += 2"
    code, alive, said = Project(tmp_path, WEAK, {*KNOWN, (was, now)}).verdict("counting")
    assert (code, alive) == (1, MISSED)
    assert "2 live: write tests that notice" in said
    assert "1 explanations are about no mutant that lives: take them out." in said
    assert said.endswith(f"counting.times\n- {was}\n+ {now}\n")
    mutants = len(mutants_of("counting", SOURCE))
    known, missed = len(KNOWN), len(MISSED)
    row = f"counting {mutants} {mutants - known - missed} {known} {missed} "
    assert row in " ".join(said.split())


def test_one_explanation_may_hold_for_whatever_becomes_of_a_statement(tmp_path):
    assert Project(tmp_path, STRONG, {("number //= by", "*")}).verdict()[:2] == (0, set())


def test_explanation_of_a_statement_of_which_nothing_lives_is_listed(tmp_path):
    code, alive, said = Project(tmp_path, STRONG, {*KNOWN, ("count += 1", "*")}).verdict()
    assert (code, alive) == (1, set())
    assert said.endswith("counting.times\n- count += 1\n+ *\n")


def test_explanation_of_a_module_that_is_gone_is_listed(tmp_path):
    code, _, said = Project(tmp_path, STRONG, place="gone.times").verdict("__init__")
    assert code == 1
    assert said.count("gone.times\n- number //= by\n") == len(KNOWN)


def test_tests_that_fail_without_a_mutation_are_shown(tmp_path):
    done = Project(tmp_path, STRONG.replace("== 2", "== 4")).run()
    assert done.returncode == 1
    assert "assert 2 == 4" in done.stderr
    assert done.stderr.endswith("The tests fail without any mutation: mend them.\n")


def test_unknown_module_is_refused(tmp_path):
    assert "divided has no adding" in Project(tmp_path, STRONG).run("adding").stderr


def test_only_the_tests_that_are_named_should_notice(tmp_path):
    project = Project(tmp_path, WEAK)
    project.write("tests/test_more.py", STRONG)
    assert project.verdict()[:2] == (0, set())
    files = ["tests/test_counting.py", "tests/test_empty.py"]
    project.write(files[1], "")
    project.tests = files
    assert project.verdict()[:2] == (1, MISSED)


def test_explanation_needs_a_reason_and_is_given_once(tmp_path):
    project = Project(tmp_path, STRONG)
    explanations = tmp_path / "survivors.toml"
    text = explanations.read_text()
    for wrong in (text.replace("known", ""), 2 * text):
        explanations.write_text(wrong)
        done = project.run()
        assert done.returncode == 1
        assert "give one reason why this may live:\ncounting.times\n- number //= by" in done.stderr
