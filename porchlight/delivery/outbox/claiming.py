"""Taking a small batch off a lane: leased by the database's clock, fenced by an epoch, checked a last time.

All in one short transaction that holds the lane's row: two workers never hand out the same allowance, and a
wake-up that comes meanwhile waits for the row and is not lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from time import monotonic

from django.db import connection

from porchlight.delivery.outbox.checking import Checked, check, put_back
from porchlight.delivery.outbox.dialect import Dialect, dialect
from porchlight.delivery.outbox.lanes import Turn, give_turn, lock
from porchlight.schools.wall import school_context

LEASE = 60  # seconds: longer than any gateway may take, and what a status may take after a crash


@dataclass(frozen=True, slots=True)
class Batch:
    """What one claim brought. `leaving` may be on the wire until `checked_at` is a quarter of a second old."""

    turn: Turn
    leaving: list[Checked]
    stopped: list[int]  # ids of those that the last check stopped
    checked_at: float  # monotonic, taken before the check was asked


def claim(turn: Turn, most: int, now: datetime) -> Batch | None:
    """Claim up to `most` due deliveries of a lane. None when another worker has the lane, or it may not send."""
    with school_context(turn.school_id):
        locked = lock(turn, now)
        if locked is None:
            return None
        allowed = min(most, locked.allowance)
        ids = _claimed_ids(turn.account_id, allowed, now)
        give_turn(locked, used=len(ids), is_drained=len(ids) < allowed)
        if not ids:
            return Batch(locked, [], [], monotonic())
        checked_at = monotonic()
        checked = check(turn.school_id, ids, now)
        return Batch(locked, *put_back(checked, now), checked_at)


def _claimed_ids(account_id: int, most: int, now: datetime) -> list[int]:
    here = dialect()
    with connection.cursor() as cursor:
        cursor.execute(_claim_sql(here), {"account": account_id, "most": most, "now": here.moment(now)})
        return [row[0] for row in cursor.fetchall()]


@cache
def _claim_sql(here: Dialect) -> str:
    arms = " UNION ALL ".join(
        "SELECT id FROM ("
        "SELECT id FROM delivery_delivery"
        f" WHERE account_id = %(account)s AND priority = {priority} AND status = 0 AND stopped = ''"
        " AND due_at <= %(now)s AND lease_until IS NULL"
        f" ORDER BY due_at, id LIMIT %(most)s {here.skip_locked}) AS arm{priority}"
        for priority in (0, 1)
    )
    # Materialized: asked once. As a plain subquery PostgreSQL may ask it again and again, and claim past the limit.
    return (
        f"WITH due AS MATERIALIZED (SELECT id FROM ({arms}) AS arms LIMIT %(most)s)"
        f" UPDATE delivery_delivery SET lease_until = {here.clock_in(str(LEASE))},"
        " epoch = epoch + 1, tries = tries + 1"
        " WHERE id IN (SELECT id FROM due) RETURNING id"
    )
