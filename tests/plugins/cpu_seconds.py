"""`--cpu`: where the work goes. At the end, CPU seconds by file and of the dearest tests, whatever else the machine does.

A test's seconds are those of its own process and of programs that it started and saw end, with what was set up for
it. A database server's are not among them, nor is collecting. `--cpu=60` names sixty files instead of thirty.
"""

from __future__ import annotations

import resource
from collections import Counter
from collections.abc import Iterator

import pytest

SPENT = "cpu seconds"
_began = pytest.StashKey[float]()
_files: Counter[str] = Counter()
_tests: Counter[str] = Counter()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--cpu", nargs="?", type=int, const=30, default=0, help="say where the CPU seconds go")


def used() -> float:
    """CPU seconds of this process so far, and of its children that have ended."""
    each = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in each)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    item.stash[_began] = used()
    yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.when == "teardown" and item.config.getoption("--cpu"):
        report.user_properties.append((SPENT, used() - item.stash.get(_began, used())))
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    for name, value in report.user_properties:
        if name == SPENT and report.when == "teardown":
            _files[report.nodeid.partition("::")[0]] += value
            _tests[report.nodeid] += value


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    most = config.getoption("--cpu")
    if not most:
        return
    terminalreporter.section(f"CPU seconds: {sum(_files.values()):.0f} in {len(_tests)} tests")
    for counted in (_files, _tests):
        for name, seconds in counted.most_common(most):
            terminalreporter.line(f"{seconds:8.2f}  {name}")
        terminalreporter.line("")
