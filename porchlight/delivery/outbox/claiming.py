"""Taking a small batch off a lane: leased by the database's clock, fenced by an epoch, checked a last time.

All in one short transaction that holds the lane's row: two workers never hand out the same allowance, and a
wake-up that comes meanwhile waits for the row and is not lost. On PostgreSQL it is one statement as well; SQLite,
which changes no rows inside WITH, takes the same steps one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from time import monotonic

from porchlight.delivery.outbox.checking import (
    IN_ORDER,
    JOINED,
    Checked,
    Timed,
    check,
    columns,
    put_back,
    timed,
    today_in,
)
from porchlight.delivery.outbox.dialect import WAITING, Dialect, dialect
from porchlight.delivery.outbox.lanes import BREAKS_AT, Turn, give_turn, lock, lock_sql, locked, note_drained
from porchlight.schools.wall import school_context
from porchlight.toolbox.statements import ask

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
        return claim_here(turn, most, now)


def claim_here(turn: Turn, most: int, now: datetime) -> Batch | None:
    """As `claim()`, inside the school's context."""
    take = _at_once if dialect().changes_inside_with else _step_by_step
    checked_at = monotonic()
    taken = take(turn, most, now)
    if taken is None:
        return None
    mine, checked = taken
    if len(checked) < min(most, mine.allowance):
        note_drained(mine)
    return Batch(mine, *put_back(checked, now), checked_at)


def _at_once(turn: Turn, most: int, now: datetime) -> tuple[Turn, list[Timed]] | None:
    here = dialect()
    values = {"account": turn.account_id, "now": here.moment(now), "today": today_in(turn.zone, now)}
    rows = ask(_at_once_sql(here, most), values)
    if not rows:
        return None
    claimed = (Checked(*row[2:]) for row in rows if row[2] is not None)
    return locked(turn, *rows[0][:2]), timed(claimed, now)


def _step_by_step(turn: Turn, most: int, now: datetime) -> tuple[Turn, list[Timed]] | None:
    mine = lock(turn, now)
    if mine is None:
        return None
    here = dialect()
    values = {"account": turn.account_id, "now": here.moment(now)}
    ids = [row[0] for row in ask(_claim_sql(here, min(most, mine.allowance)), values)]
    give_turn(mine, len(ids))
    return mine, check(turn.school_id, ids, now) if ids else []


def _due(here: Dialect, most: int) -> str:
    arms = " UNION ALL ".join(
        "SELECT id FROM ("
        "SELECT id FROM delivery_delivery"
        f" WHERE account_id = %(account)s AND priority = {priority} AND {WAITING}"
        " AND due_at <= %(now)s AND lease_until IS NULL"
        f" ORDER BY due_at, id LIMIT {most:d} {here.skip_locked}) AS arm{priority}"
        for priority in (0, 1)
    )
    return f"SELECT id FROM ({arms}) AS arms"


def _lease(here: Dialect) -> str:
    return (
        f"UPDATE delivery_delivery SET lease_until = {here.clock_in(str(LEASE))}, epoch = epoch + 1,"
        " tries = tries + 1 WHERE id IN (SELECT id FROM due)"
    )


@cache
def _claim_sql(here: Dialect, most: int) -> str:
    return f"WITH due AS ({_due(here, most)} LIMIT {most:d}) {_lease(here)} RETURNING id"


@cache
def _at_once_sql(here: Dialect, most: int) -> str:
    """Lock the lane, lease what it gives, write down that it was served, and check what was leased.

    Materialized: asked once. As plain subqueries PostgreSQL may ask them again and again, and claim past the limit.
    """
    allowed = f"CASE WHEN failures >= {BREAKS_AT} THEN 1 ELSE LEAST({most:d}, floor(tokens)) END"
    return (
        f"WITH lane AS MATERIALIZED ({lock_sql(here)}),"
        f" due AS MATERIALIZED ({_due(here, most)} LIMIT (SELECT COALESCE(MAX({allowed}), 0)::int FROM lane)),"
        f" d AS ({_lease(here)} RETURNING *),"
        f" served AS (UPDATE delivery_lane SET served_at = {here.clock}, tokens_at = {here.clock},"
        " tokens = lane.tokens - used.n, left_hour = left_hour - used.n, left_day = left_day - used.n"
        " FROM lane, (SELECT count(*) AS n FROM due) AS used WHERE account_id = %(account)s)"
        f" SELECT lane.failures, lane.tokens, {columns()} FROM lane LEFT JOIN d ON TRUE {JOINED} {IN_ORDER}"
    )
