"""The database's clock, the one that all machines of a house share."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import connection

from porchlight.toolbox import school_time


def database_now() -> datetime:
    """The moment in UTC. SQLite's clock is this machine's."""
    if connection.vendor != "postgresql":
        return datetime.now(UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        [moment] = cursor.fetchone()
    return moment


def school_now() -> datetime:
    """The moment as the school sees it, by the database's clock, for what time alone brings about.

    A worker whose own clock stands a year ahead must not doubt every number for its silence, nor clear away what is
    to be kept for another year.
    """
    return database_now() + school_time.offset()
