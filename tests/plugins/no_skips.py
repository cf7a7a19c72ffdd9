"""PORCHLIGHT_NO_SKIPS=1 turns every skip into a failure: where everything is installed, nothing may be left out."""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import Any

import pytest

STRICT = os.environ.get("PORCHLIGHT_NO_SKIPS", "") not in {"", "0", "no"}


def _harden[R: (pytest.TestReport, pytest.CollectReport)](report: R) -> R:
    if STRICT and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"Skipped, where nothing may be skipped: {_reason(report)}"
    return report


def _reason(report: Any) -> str:
    if hasattr(report, "wasxfail"):
        reason = f"expected to fail: {report.wasxfail}"
        del report.wasxfail
        return reason
    return str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that skipped itself, or is expected to fail."""
    return _harden((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A module that skipped itself."""
    return _harden((yield))
