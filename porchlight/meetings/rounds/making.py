"""A season is made: its days, its classes, how long, by when families answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from porchlight.activity.record import record
from porchlight.meetings.models import HostTime, Round, RoundClass, RoundDay
from porchlight.meetings.rounds.hosts import propose_hosts
from porchlight.meetings.rounds.windows import MOST_WINDOWS, cut_windows
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, SchoolClass, StaffMember

MOST_DAYS = MOST_WINDOWS  # each needs a key of its own on a phone
WEEK = timedelta(days=7)
AHEAD = timedelta(days=14)  # a copy begins no earlier: families need time to answer


@dataclass(frozen=True, slots=True)
class Facts:
    """What the office says of a season. Days are (day, from, until)."""

    name: str
    answer_by: datetime
    days: Sequence[tuple[date, time, time]]
    classes: Sequence[SchoolClass]
    minutes: int = 10
    max_run: int = 18
    break_slots: int = 2
    walk_minutes: int = 5
    apart_minutes: int = 20


@transaction.atomic
def make_round(school: School, facts: Facts, *, by: Actor, now: datetime) -> Round:
    """With its windows, and hosts proposed from who teaches these classes."""
    if by.post_id is None or not by.is_staff:
        raise PermissionDenied("A colleague makes it, by name.")
    made_by = StaffMember.objects.in_school(school).get(pk=by.post_id)
    round_ = Round(school=school, made_by=made_by, made_at=now)
    _write(round_, facts)
    record("round.made", about=round_, by=by, days=len(facts.days), classes=len(facts.classes))
    propose_hosts(round_, now=now)
    return round_


@transaction.atomic
def change_round(round_: Round, facts: Facts, *, by: Actor, now: datetime) -> Round:
    """Once families are asked, days and classes only come to it: what they were asked stands."""
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    new_days = _write(round_, facts)
    record("round.changed", about=round_, by=by)
    propose_hosts(round_, now=now, new_days=new_days)
    return round_


def _write(round_: Round, facts: Facts) -> list[RoundDay]:
    round_.name, round_.minutes = facts.name, facts.minutes
    round_.max_run, round_.break_slots = facts.max_run, facts.break_slots
    round_.walk_minutes, round_.apart_minutes = facts.walk_minutes, facts.apart_minutes
    if round_.asked_at is None:
        round_.answer_by = facts.answer_by
    round_.save()
    new_days = _days(round_, facts)
    _classes(round_, facts)
    cut_windows(round_)
    return new_days


def _days(round_: Round, facts: Facts) -> list[RoundDay]:
    """Those that came to it. Hosts who are there all day are there all of the changed day."""
    new_days = []
    there = {one.day: one for one in round_.days.all()}
    for day, starts, ends in facts.days:
        row = there.pop(day, None)
        if row is None:
            new_days.append(
                RoundDay.objects.create(
                    school_id=round_.school_id, round=round_, day=day, starts=starts, ends=ends
                )
            )
        elif round_.asked_at is None:
            all_day = HostTime.objects.filter(day=row, starts=row.starts, ends=row.ends)
            all_day.update(starts=starts, ends=ends)
            row.starts, row.ends = starts, ends
            row.save(update_fields=["starts", "ends"])
    if round_.asked_at is None:
        round_.days.filter(pk__in=[one.pk for one in there.values()]).delete()
    return new_days


def _classes(round_: Round, facts: Facts) -> None:
    wanted = {one.pk for one in facts.classes}
    there = set(round_.classes.values_list("school_class", flat=True))
    RoundClass.objects.bulk_create(
        RoundClass(school_id=round_.school_id, round=round_, school_class_id=pk)
        for pk in sorted(wanted - there)
    )
    if round_.asked_at is None:
        round_.classes.filter(school_class__in=there - wanted).delete()


def days_like(round_: Round, *, today: date) -> list[tuple[date, time, time]]:
    """The same weekdays and hours, whole weeks later, at least a fortnight from now: for the next month or term."""
    days = list(round_.days.order_by("day"))
    if not days:
        return []
    later = timedelta()
    while days[0].day + later < today + AHEAD:
        later += WEEK
    return [(one.day + later, one.starts, one.ends) for one in days]
