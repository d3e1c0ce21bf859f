"""Copies of the project in which mutants are tested, by processes that have all but the package.

A fresh interpreter needs seconds to import NumPy and pytest.  A fork of one that has them needs
none; it imports the mutated package from a copy of the project, and the project stays as it is.
"""

import gc
import os
import resource
import shutil
import signal
import sys
import traceback
from collections import deque
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from importlib import import_module, invalidate_caches
from pathlib import Path

import pytest

from tests.mutation.mutants import Key, Mutant
from tests.mutation.reach import Choice, Reach, Watch, read

NOT_COPIED = shutil.ignore_patterns(".*", "_build", "__pycache__", "*.egg-info")
OPTIONS = ["-x", "-q", "-n", "0", "-p", "no:cacheprovider"]
OPTIONS += ["-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning"]
MEASURING, COLLECTING = 900, 60  # seconds of the processor
MEMORY = 8 << 30  # bytes: a mutant may ask for more than there is
STAGES = 12, 120, None  # tests: few mutants get past the first, which take little to collect
PASSED = {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}
BROKEN = {pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR}


class Workshop:
    """A few copies of a project, each with place for one mutant at a time.

    Parameters
    ----------
    root : Path
        The folder of the project.
    folder : Path
        An empty folder for the copies.
    package : str
        What is mutated, as a path below `root`.
    tests : list of str
        The tests that should notice, in one folder: paths below `root`.
    jobs : int
        The number of copies.
    """

    def __init__(self, root: Path, folder: Path, package: str, tests: list[str], jobs: int) -> None:
        self.root, self.package, self.tests = root, package, tests
        self.copies = [folder / f"copy-{i}" for i in range(jobs)]
        self.reach = self._measure()

    def _measure(self) -> Reach:
        """Run all tests on the package as it is; note what they reach, and import what they do."""
        first, *others = self.copies
        shutil.copytree(self.root, first, ignore=NOT_COPIED)
        path = first.with_suffix(".json")
        pid = self._fork(first, MEASURING, self.tests, Watch(first / self.package, path))
        if _finished(pid)[1] != 0:
            raise SystemExit(f"{_said_in(first)}\nThe tests fail without any mutation: mend them.")
        for other in others:
            shutil.copytree(first, other)
        reach = read(path)
        self._import(reach.modules)
        return reach

    def _import(self, modules: Iterable[str]) -> None:
        """Import what the tests need, but for what lies in the project itself."""
        os.environ |= {"MPLBACKEND": "Agg", "OPENBLAS_NUM_THREADS": "1"}
        for name in modules:
            if not self._is_own(name):
                with suppress(ImportError):
                    import_module(name)
        sys.dont_write_bytecode = True  # or two mutants of one second might share a file
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        gc.freeze()  # pytest collects garbage at its end; what is here is none

    def _is_own(self, module: str) -> bool:
        first = module.split(".")[0]
        return any((self.copies[0] / name).exists() for name in (first, f"{first}.py"))

    def survivors(
        self, module: str, mutants: Iterable[Mutant], known: Container[Key]
    ) -> Iterator[Mutant]:
        """Yield the mutants that no test notices; those known to live are tried by fewer tests."""
        file = Path(self.package, f"{module}.py")
        waiting = deque((mutant, self._stages(module, mutant, known)) for mutant in mutants)
        free, running = self.copies.copy(), {}
        try:
            while waiting or running:
                while waiting and free:
                    mutant, stages = waiting.popleft()
                    if not stages:
                        yield mutant
                        continue
                    copy = free.pop()
                    (copy / file).write_text(mutant.source, encoding="utf-8")
                    running[self._try(copy, stages[0])] = copy, mutant, stages[1:]
                pid, code = _finished()
                copy, mutant, stages = running.pop(pid)
                free.append(copy)
                if code in BROKEN:
                    raise SystemExit(f"{mutant.key}\n{_said_in(copy)}")
                if code in PASSED and stages:
                    waiting.appendleft((mutant, stages))
                elif code in PASSED:
                    yield mutant
        finally:
            for pid in running:
                os.killpg(pid, signal.SIGKILL)
            for copy in self.copies:
                shutil.copy2(self.root / file, copy / file)

    def _stages(self, module: str, mutant: Mutant, known: Container[Key]) -> list[list[str]]:
        tests, stages = self.reach.tests_for(module, mutant), []
        for size in STAGES[:-1] if mutant.key in known else STAGES:
            stages.append(tests[:size])
            tests = tests[len(stages[-1]) :]
        return [stage for stage in stages if stage]

    def _try(self, copy: Path, tests: list[str]) -> int:
        """Begin to run some tests in a copy."""
        files = list(dict.fromkeys(test.split("::")[0] for test in tests))
        choice = Choice({test: self.reach.seconds[test] for test in tests})
        return self._fork(copy, COLLECTING, files, choice)

    def _fork(self, copy: Path, seconds: int, files: list[str], plugin: object) -> int:
        """Run pytest in a process of its own; return the number of the process."""
        if pid := os.fork():
            return pid
        code = pytest.ExitCode.INTERNAL_ERROR
        try:
            os.setsid()
            signal.setitimer(signal.ITIMER_PROF, seconds)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            _write_to(copy.with_suffix(".txt"))
            self._move_to(copy)
            folder = Path(self.tests[0])
            folder = folder if folder.is_dir() else folder.parent
            options = [f"--confcutdir={folder}", f"--basetemp={copy.with_suffix('.tmp')}"]
            code = pytest.main([*OPTIONS, *options, *files], plugins=[plugin])
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)

    def _move_to(self, copy: Path) -> None:
        """Import the project's modules from a copy of it from now on."""
        os.chdir(copy)
        sys.path[:] = [path for path in sys.path if Path(path or ".").resolve() != self.root]
        for name in [name for name in sys.modules if self._is_own(name)]:
            del sys.modules[name]
        invalidate_caches()


def _finished(pid: int = -1) -> tuple[int, int]:
    """Wait until a process ends; return its number and its exit code, and end what it began."""
    pid, status = os.waitpid(pid, 0)
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    return pid, os.waitstatus_to_exitcode(status)


def _write_to(path: Path) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(file, 1)
    os.dup2(file, 2)


def _said_in(copy: Path) -> str:
    return copy.with_suffix(".txt").read_text(encoding="utf-8")
