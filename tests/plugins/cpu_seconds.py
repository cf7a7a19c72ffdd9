"""`--cpu`: where the work goes. At the end, CPU seconds by file and of the dearest tests, whatever else the machine does,
and which tests took the longest beyond that: they wait for a browser, a server, a clock, or for their turn.

A test's seconds are those of its own process and of programs that it started and saw end, with what was set up for
it. A database server's are not among them, nor is collecting. `--cpu=60` names sixty files instead of thirty.
"""

from __future__ import annotations

import resource
from collections import Counter
from collections.abc import Iterator
from time import monotonic

import pytest

SPENT, WAITED = "cpu seconds", "seconds beside them"
_began = pytest.StashKey[tuple[float, float]]()
_files: Counter[str] = Counter()
_tests: Counter[str] = Counter()
_waited: Counter[str] = Counter()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--cpu", nargs="?", type=int, const=30, default=0, help="say where the CPU seconds go")


def used() -> float:
    """CPU seconds of this process so far, and of its children that have ended."""
    each = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in each)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    item.stash[_began] = used(), monotonic()
    yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.when == "teardown" and item.config.getoption("--cpu"):
        now = used(), monotonic()
        spent, took = (end - begun for end, begun in zip(now, item.stash.get(_began, now), strict=True))
        report.user_properties += [(SPENT, spent), (WAITED, took - spent)]
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    told = dict(report.user_properties)
    if report.when == "teardown" and SPENT in told:
        _files[report.nodeid.partition("::")[0]] += told[SPENT]
        _tests[report.nodeid] += told[SPENT]
        _waited[report.nodeid] += told[WAITED]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    most = config.getoption("--cpu")
    if not most:
        return
    spent, waited = sum(_files.values()), sum(_waited.values())
    terminalreporter.section(
        f"CPU seconds: {spent:.0f} in {len(_tests)} tests; {waited:.0f} waited beside them"
    )
    for counted in (_files, _tests, _waited):
        for name, seconds in counted.most_common(most):
            terminalreporter.line(f"{seconds:8.2f}  {name}")
        terminalreporter.line("")
