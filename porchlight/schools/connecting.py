"""The default database connection under another role, for a while: the owner migrates, the application serves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections


@contextmanager
def connected_with(entry: dict[str, Any]) -> Iterator[None]:
    """Until the block ends, the default alias means this DATABASES entry, also in threads started meanwhile.

    The earlier connection of this thread is kept as it is and comes back, its transaction included.
    """
    before, settings_before = connections[DEFAULT_DB_ALIAS], connections.settings[DEFAULT_DB_ALIAS]
    connections.settings.update(connections.configure_settings({DEFAULT_DB_ALIAS: dict(entry)}))
    connections[DEFAULT_DB_ALIAS] = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS].close()
        connections.settings[DEFAULT_DB_ALIAS] = settings_before
        connections[DEFAULT_DB_ALIAS] = before
