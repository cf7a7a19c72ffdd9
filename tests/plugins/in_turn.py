"""`@pytest.mark.in_turn`: of this test's cases, one is tried in an ordinary run; PORCHLIGHT_EVERY_CASE=1 tries all.

For cases that walk the same way in another surrounding: a phone instead of a desk, without scripts, the other database.
Which one is drawn from the test's name, so that over all such tests every surrounding has its turn.
"""

from __future__ import annotations

import os
import zlib
from collections import defaultdict

import pytest

from tests.plugins import postgres

EVERY_CASE = "PORCHLIGHT_EVERY_CASE" in os.environ


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is not drawn is deselected. Whoever names a case on the command line gets it."""
    if EVERY_CASE or any("[" in word for word in config.args):
        return
    cases: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if item.get_closest_marker("in_turn"):
            cases[item.nodeid.partition("[")[0]].append(item)
    left = {item.nodeid for name, some in cases.items() for item in some if item is not drawn(name, some)}
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid in left])
    items[:] = [item for item in items if item.nodeid not in left]


def drawn(name: str, cases: list[pytest.Item]) -> pytest.Item:
    """One that this machine can try."""
    here = [case for case in cases if not (case.get_closest_marker("postgres") and postgres.why_not())]
    some = here or cases
    return some[zlib.crc32(name.encode()) % len(some)]
