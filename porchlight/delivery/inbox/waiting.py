"""What waits to be understood, as rows: taken off in order, written back together."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from porchlight.delivery.inbox.wording import RECEIPTS
from porchlight.delivery.outbox.dialect import Dialect, dialect
from porchlight.toolbox.statements import ask

AT_A_TIME = 200
MOST_LOOKS = 10  # how often something parked is looked at: about an hour and a half in all
MOST_TRIES = 5  # of something that fails, or whose reader does not live to say what came of it
IN_HAND = timedelta(minutes=1)  # nobody else takes up what somebody reads
STATUSES = ("receipt", RECEIPTS)
FIRST_WAIT = timedelta(seconds=5)

JOINED, PARKED = "joined", "parked"

_PATHS = """
SELECT id, school_id, account_id, waiting_since FROM delivery_webhookroute WHERE waiting_since IS NOT NULL
ORDER BY waiting_since LIMIT %(most)s
"""
_UNMARK = (
    "UPDATE delivery_webhookroute SET waiting_since = NULL WHERE id = %(path)s AND waiting_since = %(mark)s"
)


@dataclass(slots=True)
class Waiting:
    """One event that waits, without its raw payload, and what has become of it meanwhile."""

    id: int
    kind: str
    tries: int
    words: str  # JSON, see wording.py
    outcome: str = ""
    again_at: datetime | None = None  # when it is looked at again; None once it is understood

    @property
    def holds_receipts(self) -> bool:
        return self.kind in STATUSES

    def receipts(self) -> list[dict[str, Any]]:
        """The statuses it holds, for `wording.receipt_in()`."""
        found = json.loads(self.words)
        return list(found[RECEIPTS]) if self.kind == RECEIPTS else [found]

    def settle(self, outcome: str) -> None:
        """It is understood; `outcome` says in a word or two what came of it."""
        self.outcome, self.again_at = outcome[:60], None

    def park(self, now: datetime, outcome: str) -> None:
        """Look again later, and in the end no more."""
        if self.holds_receipts:  # of others the try was counted when it began
            self.tries += 1
        self.outcome = outcome[:60]
        last = self.tries >= (MOST_LOOKS if self.holds_receipts else MOST_TRIES)
        self.again_at = None if last else now + FIRST_WAIT * 2 ** (self.tries - 1)

    @property
    def is_spent(self) -> bool:
        """Everybody who began to read it died of it, or of something that happened at the time."""
        return self.tries > MOST_TRIES


class WaitingPath(NamedTuple):
    """A webhook path on which something came in, and its mark as it was when we looked."""

    id: int
    school_id: int
    account_id: int
    mark: datetime | str | None  # SQLite gives text


def waiting_paths(most: int) -> list[WaitingPath]:
    """Who waited longest first. They stand outside the wall."""
    return [WaitingPath(*row) for row in ask(_PATHS, {"most": most})]


def unmark(path: WaitingPath) -> None:
    """Nothing waits on it any more, unless it was marked again meanwhile."""
    if path.mark is not None:
        ask(_UNMARK, {"path": path.id, "mark": path.mark})


def take(account_id: int, now: datetime) -> list[Waiting]:
    """The next statuses of an account, who was due first; on PostgreSQL no other worker takes them until we commit."""
    here = dialect()
    values = {"account": account_id, "now": here.moment(now)}
    return [Waiting(*row) for row in ask(_take_sql(here), values)]


def take_in_hand(account_id: int, now: datetime) -> tuple[list[Waiting], list[Waiting]]:
    """The next of everything else: what nobody began to read, and at most one that somebody did.

    Each counts as tried from now on, whatever becomes of who reads it; so keep that before it is read. What was begun
    before and never ended is read alone: it may be what its reader died of, and those beside it are none the worse.
    """
    here = dialect()
    values = {"account": account_id, "now": here.moment(now), "until": here.moment(now + IN_HAND)}
    rows = sorted((Waiting(*row) for row in ask(_take_in_hand_sql(here), values)), key=lambda row: row.id)
    return [row for row in rows if row.tries == 1], [row for row in rows if row.tries > 1]


def write_down(rows: Sequence[Waiting], now: datetime) -> None:
    """What became of all of them."""
    here = dialect()
    joined = [row.id for row in rows if row.outcome == JOINED]
    others = [_row(row, here) for row in rows if row.outcome != JOINED]
    if joined:
        ask(_joined_sql(here), {"ids": here.ids(joined), "now": here.moment(now)})
    if others:
        ask(_others_sql(here), {"rows": json.dumps(others), "now": here.moment(now)})


def _row(row: Waiting, here: Dialect) -> dict[str, object]:
    again_at = here.written(row.again_at) if row.again_at else None
    return {"event_id": row.id, "outcome": row.outcome, "tries": row.tries, "again_at": again_at}


@cache
def _take_sql(here: Dialect) -> str:
    return f"SELECT id, kind, tries, event {_due(f'kind IN {STATUSES!r}', AT_A_TIME, here)}"


@cache
def _take_in_hand_sql(here: Dialect) -> str:
    arms = " UNION ALL ".join(
        f"SELECT id FROM (SELECT id {_due(f'kind NOT IN {STATUSES!r} AND {tried}', most, here)}) AS {name}"
        for name, tried, most in (("fresh", "tries = 0", AT_A_TIME), ("begun", "tries > 0", 1))
    )
    return (
        f"WITH due AS MATERIALIZED ({arms})"
        " UPDATE delivery_inboundevent SET tries = tries + 1, due_at = %(until)s"
        " WHERE id IN (SELECT id FROM due) RETURNING id, kind, tries, event"
    )


def _due(which: str, most: int, here: Dialect) -> str:
    return (
        "FROM delivery_inboundevent WHERE account_id = %(account)s AND processed_at IS NULL"
        f" AND due_at <= %(now)s AND {which} ORDER BY due_at, id LIMIT {most:d} {here.skip_locked}"
    )


@cache
def _joined_sql(here: Dialect) -> str:
    return f"UPDATE delivery_inboundevent SET processed_at = %(now)s, outcome = '{JOINED}' WHERE id {here.in_ids}"


@cache
def _others_sql(here: Dialect) -> str:
    table = here.table(event_id="bigint", outcome="text", tries="smallint", again_at="timestamptz")
    mine = "delivery_inboundevent"
    return (
        f"UPDATE {mine} SET outcome = v.outcome, tries = v.tries, due_at = COALESCE(v.again_at, {mine}.due_at),"
        " processed_at = CASE WHEN v.again_at IS NULL THEN %(now)s ELSE NULL END"
        f" FROM {table} WHERE {mine}.id = v.event_id"
    )
