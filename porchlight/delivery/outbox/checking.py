"""The last check before the wire: one statement a batch, at most a quarter of a second before it leaves.

Planning has asked all this before; here it is asked again, because hours may lie between. What planning calls
`NotReached` is said in SQL here, and a test holds the two together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection

from porchlight.delivery.content import Urgency
from porchlight.delivery.models import Stopped
from porchlight.delivery.outbox.dialect import Dialect, dialect
from porchlight.delivery.quiet import next_awake
from porchlight.delivery.service import SPEAKS_TO_THE_OPTED_OUT
from porchlight.schools.models import School
from porchlight.toolbox.statements import ask

SWITCHED_OFF, QUIET = "switched_off", "quiet"  # reasons that put a delivery back instead of stopping it

# A child the parcel is about: some tie of theirs must give the right to receive, and none may be barred. A tie that
# was lent gives no more than the lender's own, which is looked up for such ties alone.
_TIE = """
families_guardianship AS tie JOIN families_student AS child ON child.id = tie.student_id
WHERE tie.guardian_id = p.guardian_id AND tie.student_id = about.student_id AND child.left_at IS NULL
AND (tie.since IS NULL OR tie.since <= %(today)s) AND (tie.until IS NULL OR tie.until >= %(today)s)
"""
_GIVES = """
tie.may_receive AND (tie.lent_by_id IS NULL OR EXISTS (
    SELECT 1 FROM families_guardianship AS lender JOIN families_guardian AS lends ON lends.id = lender.guardian_id
    WHERE lender.id = tie.lent_by_id AND lender.may_receive AND lends.left_at IS NULL
    AND (lender.since IS NULL OR lender.since <= %(today)s) AND (lender.until IS NULL OR lender.until >= %(today)s)))
"""
_BAR = """
EXISTS (SELECT 1 FROM families_restriction AS bar WHERE bar.guardianship_id = {tie} AND bar.scope = 'contact'
    AND bar.lifted_at IS NULL
    AND (bar.since IS NULL OR bar.since <= %(today)s) AND (bar.until IS NULL OR bar.until >= %(today)s))
"""
_BARRED = (
    f"({_BAR.format(tie='tie.id')} OR (tie.lent_by_id IS NOT NULL AND {_BAR.format(tie='tie.lent_by_id')}))"
)
# Of a call, what is outside the hours they may be rung in is as quiet as the night.
_MAY_RING = "CASE WHEN d.channel = 'call' AND g.ring_from IS NOT NULL AND g.ring_until IS NOT NULL THEN"
_QUIET = {
    "quiet_from": f"{_MAY_RING} g.ring_until ELSE school.quiet_from END",
    "quiet_until": f"{_MAY_RING} g.ring_from ELSE school.quiet_until END",
}
_COLUMNS = """
    d.id, d.epoch, d.tries, d.copies, d.reference, d."to", d.to_is_user_id, d.body,
    p.language, p.sender_name, p.urgency, p.service_kind,
    COALESCE(NULLIF(g.timezone, ''), school.timezone) AS timezone, {quiet_from}, {quiet_until},
    CASE WHEN a.window_until > %(now)s THEN 1 ELSE 0 END AS window_open,
    CASE
    WHEN p.withdrawn_at IS NOT NULL THEN 'withdrawn'
    WHEN p.expires_at IS NOT NULL AND p.expires_at <= %(now)s THEN 'expired'
    WHEN EXISTS (SELECT 1 FROM delivery_killswitch AS off WHERE off.lifted_at IS NULL
        AND (off.school_id IS NULL OR off.school_id = d.school_id)
        AND (off.channel = '' OR off.channel = d.channel)) THEN 'switched_off'
    WHEN a.opted_out_at IS NOT NULL AND p.service_kind NOT IN ({speaks_to_the_opted_out}) THEN 'opted_out'
    WHEN (a.state = 'notice_only' OR c.on_trial) AND d.is_personal THEN 'demoted'
    WHEN p.service_kind <> '' THEN ''
    WHEN a.state = 'bad' THEN 'bad_address'
    WHEN g.id IS NULL OR g.left_at IS NOT NULL THEN 'ended'
    WHEN c.id IS NULL AND d.channel <> 'paper' THEN 'ended'
    WHEN c.ended_at IS NOT NULL OR c.unsafe_at IS NOT NULL THEN 'ended'
    WHEN NOT c.consented THEN 'no_consent'
    WHEN EXISTS (SELECT 1 FROM delivery_parcelstudent AS about WHERE about.parcel_id = p.id AND COALESCE((
        SELECT MAX(CASE WHEN {gives} THEN 1 ELSE 0 END) - MAX(CASE WHEN {barred} THEN 1 ELSE 0 END)
        FROM {tie}), 0) < 1) THEN 'restricted'
    WHEN d.code = 'to_record' THEN 'not_recorded'
    ELSE '' END AS obstacle
"""
JOINED = """
LEFT JOIN schools_school AS school ON school.id = d.school_id
LEFT JOIN delivery_parcel AS p ON p.id = d.parcel_id
LEFT JOIN families_address AS a ON a.id = d.address_id
LEFT JOIN families_contactpoint AS c ON c.id = d.contact_point_id
LEFT JOIN families_guardian AS g ON g.id = p.guardian_id
"""
IN_ORDER = "ORDER BY d.priority, d.due_at, d.id"


class Checked(NamedTuple):
    """One claimed delivery after the last check, as the database gave it."""

    id: int
    epoch: int
    tries: int
    copies: int
    reference: str
    to: str
    to_is_user_id: bool
    body: str  # JSON
    language: str
    sender_name: str
    urgency: str
    service_kind: str
    timezone: str  # the home's, or else the school's
    quiet_from: time | str  # SQLite gives text
    quiet_until: time | str
    window_open: int
    obstacle: str

    def rendered(self) -> dict[str, Any]:
        """`rendering.Rendered.as_json()` as it was written down."""
        body: dict[str, Any] = json.loads(self.body)
        return body


type Timed = tuple[Checked, datetime | None]


def check(school_id: int, ids: Sequence[int], now: datetime) -> list[Timed]:
    """Each with the hour it must wait for (quiet at home now), or None. Obstacles are on the rows."""
    here = dialect()
    zone = School.objects.values_list("timezone", flat=True).get(pk=school_id)
    values = {"ids": here.ids(list(ids)), "now": here.moment(now), "today": today_in(zone, now)}
    return timed((Checked(*row) for row in ask(_check_sql(here), values)), now)


def today_in(zone: str, now: datetime) -> str:
    """The school's date, for restrictions that have dates, as a parameter."""
    return now.astimezone(ZoneInfo(zone)).date().isoformat()


def timed(rows: Iterable[Checked], now: datetime) -> list[Timed]:
    """Rows with the hour they must wait for. Homes on the same clock are looked up once."""
    awake: dict[tuple[str, time | str, time | str], datetime | None] = {}
    found: list[Timed] = []
    for row in rows:
        if row.service_kind or row.urgency == Urgency.URGENT:
            found.append((row, None))
            continue
        hours = (row.timezone, row.quiet_from, row.quiet_until)
        if hours not in awake:
            first = next_awake(now, ZoneInfo(row.timezone), _time(row.quiet_from), _time(row.quiet_until))
            awake[hours] = first if first > now else None
        found.append((row, awake[hours]))
    return found


def _time(found: time | str) -> time:
    return found if isinstance(found, time) else time.fromisoformat(found)


def put_back(checked: Iterable[Timed], now: datetime) -> tuple[list[Checked], list[int]]:
    """Write down what may not leave now; hand back what may, and the ids that were stopped for good."""
    leaving: list[Checked] = []
    stopped: list[dict[str, object]] = []
    resting: list[dict[str, object]] = []
    here = dialect()
    for row, waits_until in checked:
        if row.obstacle == SWITCHED_OFF or (not row.obstacle and waits_until):
            due = here.written(waits_until) if waits_until and not row.obstacle else None
            resting.append({"delivery_id": row.id, "due_at": due, "stopped": ""})
        elif row.obstacle:
            stopped.append({"delivery_id": row.id, "due_at": None, "stopped": Stopped(row.obstacle).value})
        else:
            leaving.append(row)
    if stopped or resting:
        with connection.cursor() as cursor:
            rows = json.dumps(stopped + resting)
            cursor.execute(_put_back_sql(here), {"rows": rows, "now": here.moment(now)})
    return leaving, [int(str(row["delivery_id"])) for row in stopped]


@cache
def _check_sql(here: Dialect) -> str:
    return f"SELECT {columns()} FROM delivery_delivery AS d {JOINED} WHERE d.id {here.in_ids} {IN_ORDER}"


@cache
def columns() -> str:
    """SQL: what a Checked holds, of `d` and what JOINED puts beside it."""
    kinds = ", ".join(f"'{kind.value}'" for kind in sorted(SPEAKS_TO_THE_OPTED_OUT))
    return _COLUMNS.format(speaks_to_the_opted_out=kinds, tie=_TIE, gives=_GIVES, barred=_BARRED, **_QUIET)


@cache
def _put_back_sql(here: Dialect) -> str:
    table = here.table(delivery_id="bigint", due_at="timestamptz", stopped="text")
    return (
        "UPDATE delivery_delivery SET lease_until = NULL, tries = tries - 1, stopped = v.stopped,"
        " due_at = COALESCE(v.due_at, delivery_delivery.due_at),"
        " status_at = CASE WHEN v.stopped = '' THEN status_at ELSE %(now)s END"
        f" FROM {table} WHERE delivery_delivery.id = v.delivery_id"
    )
