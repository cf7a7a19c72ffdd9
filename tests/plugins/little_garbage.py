"""Garbage is looked for seldom, and never among the tests: with ten thousand of them, that was an eighth of the time."""

from __future__ import annotations

import gc

import pytest

MADE = 50_000  # objects between two looks; Python's own number is 2,000


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What has been loaded and collected stays to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(MADE, 20, 20)
