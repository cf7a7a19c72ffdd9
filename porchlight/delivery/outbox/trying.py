"""Who tries a gateway out that has taken nothing from them yet: one worker at a time, all machines counted.

Each new worker begins with a few. Were several to begin at once on a gateway that fails, their few would be many before
the breaker knows. A lock of the worker's own connection says who is at it; it ends with the worker.
"""

from __future__ import annotations

from django.db import connection

from porchlight.toolbox.statements import ask

_OURS = 519_047  # the first half of PostgreSQL's two-part advisory locks: any number of ours
_LOCK = f"SELECT pg_try_advisory_lock({_OURS}, (%(account)s::bigint %% 2147483647)::int)"
_UNLOCK = f"SELECT pg_advisory_unlock({_OURS}, (%(account)s::bigint %% 2147483647)::int)"


class Trying:
    """The lanes that this worker tries out."""

    def __init__(self) -> None:
        self._accounts: set[int] = set()

    def begin(self, account_id: int) -> bool:
        """Whether nobody else is at it. SQLite has one worker, who is always alone."""
        if account_id in self._accounts:
            return True
        if connection.vendor == "postgresql" and not ask(_LOCK, {"account": account_id})[0][0]:
            return False
        self._accounts.add(account_id)
        return True

    def end(self, account_id: int) -> None:
        """Its few are back, or there were none: whoever is next may try."""
        if account_id in self._accounts:
            self._accounts.discard(account_id)
            if connection.vendor == "postgresql":
                ask(_UNLOCK, {"account": account_id})

    def forget(self) -> None:
        """The connection is gone, and its locks with it."""
        self._accounts.clear()
