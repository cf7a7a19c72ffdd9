"""Whose turn it is: lanes that have something due, may send, and waited longest. Rate and breaker live here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from django.db import connection

from porchlight.delivery.outbox.dialect import WAITING, Dialect, dialect
from porchlight.delivery.outbox.outcomes import Settled
from porchlight.toolbox.statements import ask

MOST_LANES = 8  # asked for at a time
BREAKS_AT = 5  # failures in a row
FIRST_REST, LONGEST_REST = 5.0, 300.0  # seconds an open breaker waits before it lets one probe through

# Not held, not resting, something left of its rate, and no kill switch over it.
_MAY_SEND = """
lane.due_at <= %(now)s AND lane.held_at IS NULL
AND (lane.rests_until IS NULL OR lane.rests_until <= {clock}) AND {allowance} >= 1
AND NOT EXISTS (
    SELECT 1 FROM delivery_killswitch AS off WHERE off.lifted_at IS NULL
    AND (off.school_id IS NULL OR off.school_id = lane.school_id)
    AND (off.channel = '' OR off.channel = lane.channel))
"""
# A second's worth may leave at once; time refills it. A lane slower than one a second still has one to give.
# Never more than is left of the account's own limits for the hour and the day (`limits.py`).
_ALLOWANCE = """
{least}(CASE WHEN lane.tokens_at IS NULL THEN {greatest}(lane.rate_per_second, 1.0)
ELSE {least}({greatest}(lane.rate_per_second, 1.0), lane.tokens + lane.rate_per_second * {since}) END,
COALESCE(lane.left_hour, 1e9), COALESCE(lane.left_day, 1e9))
"""
_NEXT_DUE = """
(SELECT MIN(next.due_at) FROM ({arms}) AS next)
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """A lane's turn. `allowance` is how many may leave now by its rate; `failures` what its breaker counts."""

    account_id: int
    school_id: int
    zone: str  # the school's time zone
    failures: int = 0
    tokens: float = 0.0

    @property
    def allowance(self) -> int:
        """While the breaker is half open, one probe."""
        return 1 if self.failures >= BREAKS_AT else int(self.tokens)


def waiting_lanes(now: datetime, most: int = MOST_LANES) -> list[Turn]:
    """Lanes that may send, who waited longest first: one school's fifty thousand never hold up another's one."""
    here = dialect()
    rows = ask(_choose_sql(here), {"now": here.moment(now), "most": most})
    return [Turn(*row) for row in rows]


def lock(turn: Turn, now: datetime) -> Turn | None:
    """Hold the lane's row until the transaction ends. None when another worker does, or it may not send now."""
    here = dialect()
    rows = ask(lock_sql(here), {"now": here.moment(now), "account": turn.account_id})
    return locked(turn, *rows[0]) if rows else None


def locked(turn: Turn, failures: int, tokens: float) -> Turn:
    """The turn with what the lane's row says while we hold it."""
    return replace(turn, failures=failures, tokens=float(tokens))


def give_turn(turn: Turn, used: int) -> None:
    """Write down that the lane was served, and what is left of its rate."""
    values = {"account": turn.account_id, "tokens": turn.tokens - used, "used": used}
    ask(_serve_sql(dialect()), values)


def note_drained(turn: Turn) -> None:
    """Write down when the lane is due next, now that it was emptied."""
    ask(_drained_sql(), {"account": turn.account_id})


def note_results(turn: Turn, results: Sequence[Settled], now: datetime) -> None:
    """Let the lane feel how its batch went: breaker, pauses, retries to come.

    `results` in the order they came back. Writes nothing when all went well and before it did too.
    """
    tried = [one for one in results if one.was_a_try]
    failures = _failures_after(turn.failures, tried)
    rest = max([one.pauses_lane for one in tried], default=0.0)
    if failures >= BREAKS_AT and any(one.is_failure for one in tried):
        rest = max(rest, min(LONGEST_REST, FIRST_REST * 2 ** (failures - BREAKS_AT)))
    again = [one.due_at or now for one in results if one.status == 0 and not one.stopped and one.rest is None]
    here = dialect()
    if failures != turn.failures or rest or again:
        with connection.cursor() as cursor:
            cursor.execute(
                _note_sql(here, bool(rest), bool(again)),
                {
                    "account": turn.account_id,
                    "failures": failures,
                    "rest": rest,
                    "due": here.moment(min(again, default=now)),
                },
            )


def _failures_after(before: int, tried: Sequence[Settled]) -> int:
    """A whole batch that failed at once opens the breaker for its first short rest, not for its longest."""
    failures = before
    for one in tried:
        failures = failures + 1 if one.is_failure else 0
    return failures if before >= BREAKS_AT else min(failures, BREAKS_AT)


@cache
def _allowance(here: Dialect) -> str:
    since = here.seconds_since.format("lane.tokens_at")
    return f"({_ALLOWANCE.format(greatest=here.greatest, least=here.least, since=since)})"


@cache
def _choose_sql(here: Dialect) -> str:
    may_send = _MAY_SEND.format(clock=here.clock, allowance=_allowance(here))
    return (
        "SELECT lane.account_id, lane.school_id, school.timezone FROM delivery_lane AS lane"
        f" JOIN schools_school AS school ON school.id = lane.school_id WHERE {may_send}"
        " ORDER BY lane.served_at NULLS FIRST, lane.account_id LIMIT %(most)s"
    )


@cache
def lock_sql(here: Dialect) -> str:
    """SQL: the lane `account`, when it may send, and held until the transaction ends: its failures and tokens."""
    may_send = _MAY_SEND.format(clock=here.clock, allowance=_allowance(here))
    return (
        f"SELECT lane.failures, {_allowance(here)} AS tokens FROM delivery_lane AS lane"
        f" WHERE lane.account_id = %(account)s AND {may_send} {here.skip_locked}"
    )


@cache
def _serve_sql(here: Dialect) -> str:
    return (
        f"UPDATE delivery_lane SET served_at = {here.clock}, tokens = %(tokens)s, tokens_at = {here.clock},"
        " left_hour = left_hour - %(used)s, left_day = left_day - %(used)s WHERE account_id = %(account)s"
    )


@cache
def _drained_sql() -> str:
    return f"UPDATE delivery_lane SET due_at = {next_due('%(account)s')} WHERE account_id = %(account)s"


@cache
def next_due(account: str) -> str:
    """SQL: when the next delivery of an account is due that nobody works on; null when there is none."""
    arms = " UNION ALL ".join(
        "SELECT (SELECT due_at FROM delivery_delivery WHERE"
        f" account_id = {account} AND priority = {priority} AND {WAITING} AND lease_until IS NULL"
        " ORDER BY due_at, id LIMIT 1) AS due_at"
        for priority in (0, 1)
    )
    return _NEXT_DUE.format(arms=arms).strip()


@cache
def _note_sql(here: Dialect, rests: bool, again: bool) -> str:
    sets = ["failures = %(failures)s"]
    if rests:
        sets.append(f"rests_until = {here.clock_in('%(rest)s')}")
    if again:
        sets.append(f"due_at = {here.least}(COALESCE(due_at, %(due)s), %(due)s)")
    return f"UPDATE delivery_lane SET {', '.join(sets)} WHERE account_id = %(account)s"


def wake_lanes() -> None:
    """Lanes that have something due and do not know it. In the context of their schools."""
    ask(_wake_sql(), {})


@cache
def _wake_sql() -> str:
    due = next_due("delivery_lane.account_id")
    return (
        f"UPDATE delivery_lane SET due_at = {due} WHERE held_at IS NULL AND ({due} < due_at"
        f" OR (due_at IS NULL AND {due} IS NOT NULL))"
    )
