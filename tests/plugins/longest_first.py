"""What may take minutes begins first: nobody waits for it alone at the end, while the other core has nothing to do."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """By the time a test says it may take; the order of all others stays."""
    items.sort(key=lambda item: -_minutes(item))


def _minutes(item: pytest.Item) -> int:
    marker = item.get_closest_marker("timeout")
    return int(marker.args[0]) // 60 if marker and marker.args else 0
