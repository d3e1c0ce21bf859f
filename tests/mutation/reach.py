"""What runs inside pytest: it notes which lines each test reaches, or picks tests by that."""

import json
import os
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import CodeType, FrameType

import pytest

from tests.mutation.mutants import Mutant

Line = tuple[str, int]  # the stem of a module's file, and the number of the line


@dataclass
class Reach:
    """Which lines of the package each test reaches, and how long it takes."""

    lines: dict[str, set[Line]]
    seconds: dict[str, float]
    on_import: set[Line]
    modules: list[str]

    def tests_for(self, module: str, mutant: Mutant) -> list[str]:
        """Return the tests that can see a mistake, those that look at little else first.

        Of a parametrized test all but the first case come later: they see much the same.
        """
        wanted = {(module, line) for line in mutant.lines}
        focused = sorted(self.lines, key=lambda test: len(self.lines[test]))
        near = _mixed([test for test in focused if self.lines[test] & wanted])
        if mutant.on_import or self.on_import & wanted:
            near += _mixed([test for test in focused if not self.lines[test] & wanted])
        return near


def _mixed(tests: list[str]) -> list[str]:
    """Return first cases first, then second cases, and so on."""
    counts: Counter[str] = Counter()
    rank = {}
    for test in tests:
        function = test.split("[")[0]
        rank[test] = counts[function]
        counts[function] += 1
    return sorted(tests, key=rank.__getitem__)


class Watch:
    """A pytest plugin that writes a `Reach` to a file."""

    def __init__(self, package: Path, path: Path) -> None:
        self.package, self.path = package, path
        self.lines: dict[str, set[Line]] = defaultdict(set)
        self.seconds: dict[str, float] = {}

    @contextmanager
    def watching(self, lines: set[Line]) -> Iterator[None]:
        """Note the lines of the package that are run meanwhile."""
        modules = {str(file): file.stem for file in self.package.glob("*.py")}
        unseen: dict[CodeType, set[int]] = {}

        def trace(frame: FrameType, _event: str, _arg: object):
            code = frame.f_code
            module = modules.get(code.co_filename)
            if module is None:
                return None
            if code not in unseen:
                unseen[code] = {line for *_, line in code.co_lines() if line is not None}

            def line(frame: FrameType, _event: str, _arg: object):
                lines.add((module, frame.f_lineno))
                unseen[code].discard(frame.f_lineno)
                return line

            # Calls to what is known to the last line need not be slowed down.
            return line(frame, "call", None) if unseen[code] else None

        sys.settrace(trace)
        try:
            yield
        finally:
            sys.settrace(None)

    def pytest_sessionstart(self) -> None:
        name = self.package.name
        with self.watching(self.lines["import"]):
            package = import_module(name)
            if Path(package.__file__).parent != self.package:
                raise pytest.UsageError(f"the tests take {name} from {package.__file__}")
            for module in iter_modules(package.__path__):
                with suppress(ImportError):  # of what a module needs and the tests here do not
                    import_module(f"{name}.{module.name}")

    # What a file and its fixtures run may matter to each of its tests.

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self, collector: pytest.Collector):
        with self.watching(self.lines[collector.nodeid.split("::")[0]]):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item: pytest.Item):
        with self.watching(self.lines[item.nodeid.split("::")[0]]):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item):
        start = time.process_time()
        with self.watching(self.lines[item.nodeid]):
            result = yield
        self.seconds[item.nodeid] = time.process_time() - start
        return result

    def pytest_sessionfinish(self) -> None:
        tests = {}
        for test in self.seconds:
            tests[test] = sorted(self.lines[test] | self.lines[test.split("::")[0]])
        what = (tests, self.seconds, sorted(self.lines["import"]), sorted(sys.modules))
        self.path.write_text(json.dumps(what))


def read(path: Path) -> Reach:
    """Return what a `Watch` wrote."""
    tests, seconds, on_import, modules = json.loads(path.read_text())
    lines = {test: {tuple(line) for line in found} for test, found in tests.items()}
    return Reach(lines, seconds, {tuple(line) for line in on_import}, modules)


class Choice:
    """A pytest plugin that runs some tests only, in a given order, and none of them for ever."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self.seconds = seconds

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        rank = {test: i for i, test in enumerate(self.seconds)}
        chosen = [item for item in items if item.nodeid in rank]
        items[:] = sorted(chosen, key=lambda item: rank[item.nodeid])

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        signal.setitimer(signal.ITIMER_PROF, 1 + 10 * self.seconds[nodeid])

    def pytest_runtest_logfinish(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, exitstatus: int) -> None:
        os._exit(exitstatus)  # nobody reads a summary
