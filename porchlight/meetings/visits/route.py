"""An afternoon's way: which home when, by the planner, and how long from one door to the next. No map, no address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from random import Random
from typing import Any

from porchlight.meetings.arranging import clashes
from porchlight.meetings.models import SLOT, Mode, Travel, Visit, VisitTime
from porchlight.meetings.planner import first
from porchlight.meetings.planner.board import Board
from porchlight.meetings.planner.instance import FORMAT, Round
from porchlight.meetings.planner.plan import told
from porchlight.meetings.planner.planning import Effort, Planning
from porchlight.meetings.visits.rules import unsuitable
from porchlight.schools.models import School, StaffMember

STEPS = 400  # an afternoon is small; the same visits always come out the same
UNKNOWN = 15  # minutes, where nobody wrote any
GOES = ("first", "second")


@dataclass(frozen=True, slots=True)
class Stop:
    """One home on the way. `minutes`: from the one before, or from school."""

    visit: Visit
    starts_at: datetime
    minutes: int
    is_known: bool  # somebody wrote these minutes in
    is_chosen: bool  # the family said this time itself


@dataclass(frozen=True, slots=True)
class Route:
    """In their order; `left`: which had no place that afternoon."""

    stops: Sequence[Stop]
    left: Sequence[Visit]

    @property
    def travel(self) -> int:
        """Minutes on the way, without the way back."""
        return sum(stop.minutes for stop in self.stops)


def propose(
    visits: Sequence[Visit], pair: tuple[StaffMember, StaffMember], starts: datetime, ends: datetime
) -> Route:
    """Times that suit the families. Both go to every one of them; a family whom they do not suit is left out."""
    fit = [one for one in visits if not unsuitable(one, pair)]
    if not fit:
        return Route([], list(visits))
    school = fit[0].student.school
    minutes = minutes_between(school)
    board = Board(Round(_instance(fit, pair, starts, ends, minutes)))
    first.fill(board, Random(1))  # noqa: S311 - a plan, no secret
    planning = Planning(board, Effort(steps=STEPS))
    planning.alone()
    planning.finish()
    plan = told(board.round, planning.best(), {})
    at = {one["request"]: starts + timedelta(minutes=SLOT * one["start"]) for one in plan["assignments"]}
    chosen = _chosen(fit)
    stops, here = list[Stop](), ""
    for visit in sorted((one for one in fit if one.key in at), key=lambda one: at[one.key]):
        known = minutes.get(_way(here, visit.district))
        same = here == visit.district and bool(here)
        when = at[visit.key]
        stops.append(
            Stop(visit, when, 0 if same else known or UNKNOWN, same or known is not None, when in chosen[visit.pk])
        )  # fmt: skip
        here = visit.district
    return Route(stops, [one for one in visits if one.key not in at])


def minutes_between(school: School) -> dict[tuple[str, str], int]:
    """By two parts of the town in their order; "" is the school."""
    rows = Travel.objects.in_school(school).values_list("one", "other", "minutes")
    return {(one, other): minutes for one, other, minutes in rows}


def keep_travel(school: School, one: str, other: str, minutes: int) -> Travel:
    """Written in by hand; both ways take as long."""
    here, there = sorted((one.strip().upper(), other.strip().upper()))
    row, _new = Travel.objects.update_or_create(
        school=school, one=here, other=there, defaults={"minutes": minutes}
    )
    return row


def _way(one: str, other: str) -> tuple[str, str]:
    here, there = sorted((one, other))
    return here, there


def _chosen(visits: Sequence[Visit]) -> dict[int, set[datetime]]:
    found: dict[int, set[datetime]] = {one.pk: set() for one in visits}
    rows = VisitTime.objects.filter(visit__in=visits).exclude(chosen_at=None)
    for visit_id, at in rows.values_list("visit_id", "starts_at"):
        found[visit_id].add(at)
    return found


def _instance(
    visits: Sequence[Visit], pair: tuple[StaffMember, StaffMember], starts: datetime, ends: datetime,
    minutes: dict[tuple[str, str], int],
) -> dict[str, Any]:  # fmt: skip
    """The afternoon as the planner reads it: one day, two hosts who go together, homes with their way from school."""
    slots = int((ends - starts).total_seconds() // 60) // SLOT
    chosen = _chosen(visits)
    return {
        "format": FORMAT,
        "name": "visits",
        "slot_minutes": SLOT,
        "days": [{"id": 0, "label": "", "start": f"{starts:%H:%M}", "slots": slots}],
        "zones": {"count": 1, "walk": [[0]]},
        "rules": {"max_run": max(slots, 1), "break_slots": 1},
        "weights": {"must_unmet": 4000, "unmet_per_priority": 200, "fairness": 60, "gap_slot": 0, "trip": 0,
                    "teacher_idle_slot": 1},
        "teachers": [
            {"id": who, "zone": 0, "windows": _windows(one, starts, ends, slots)}
            for who, one in zip(GOES, pair, strict=True)
        ],
        "interpreters": [],
        "parties": [_party(one, chosen[one.pk], starts, ends, slots, minutes) for one in visits],
        "separations": [],
        "requests": [
            {"id": one.key, "party": one.key, "teachers": list(GOES), "duration": ceil(one.minutes / SLOT),
             "must": False, "priority": 2, "modes": [str(Mode.HOME)]}
            for one in visits
        ],
    }  # fmt: skip


def _party(
    visit: Visit, chosen: set[datetime], starts: datetime, ends: datetime, slots: int,
    minutes: dict[tuple[str, str], int],
) -> dict[str, Any]:  # fmt: skip
    length = ceil(visit.minutes / SLOT)
    begins = [_slot(at, starts) for at in sorted(chosen) if starts <= at < ends]
    windows = [{"day": 0, "from": one, "to": one + length} for one in begins]
    if not chosen:
        windows = [{"day": 0, "from": 0, "to": slots}]
    way = minutes.get(_way("", visit.district), UNKNOWN) if visit.district else UNKNOWN
    return {"id": visit.key, "family": visit.key, "windows": windows, "travel": ceil(way / SLOT), "language": None,
            "mode_cost": {}}  # fmt: skip


def _windows(person: StaffMember, starts: datetime, ends: datetime, slots: int) -> list[dict[str, Any]]:
    """When they are free that afternoon: what they already sit in is left out."""
    windows, begin = [], 0
    for meeting in clashes([person.pk], starts, ends):
        windows.append((begin, max(begin, _slot(meeting.starts_at, starts))))
        begin = max(begin, ceil((meeting.ends_at - starts).total_seconds() / 60 / SLOT))
    windows.append((begin, max(begin, slots)))
    modes = [str(Mode.HOME)]
    return [{"day": 0, "from": a, "to": b, "modes": modes} for a, b in windows if b > a]


def _slot(at: datetime, starts: datetime) -> int:
    return int((at - starts).total_seconds() // 60) // SLOT
