"""What the office and leaders do to the school itself: its facts, its terms and its holidays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import models, transaction

from porchlight.schools.actors import Actor
from porchlight.schools.models import Away, Closure, ReadingHours, School, StaffMember, Term
from porchlight.schools.signals import done


@transaction.atomic
def change_school(school: School, *, by: Actor, values: Mapping[str, Any]) -> list[str]:
    """Write what differs. Returns the names of the fields that changed."""
    changed = sorted(name for name, value in values.items() if getattr(school, name) != value)
    for name in changed:
        setattr(school, name, values[name])
    if changed:
        school.save(update_fields=changed)
        _record("school.changed", school, by, fields=changed)
    return changed


@transaction.atomic
def add_term(*, school: School, name: str, starts_on: date, ends_on: date, by: Actor) -> Term:
    """A stretch of the school year."""
    term = Term.objects.create(school=school, name=name, starts_on=starts_on, ends_on=ends_on)
    _record("term.added", term, by)
    return term


@transaction.atomic
def add_closure(*, school: School, name: str, starts_on: date, ends_on: date, by: Actor) -> Closure:
    """Days without school."""
    closure = Closure.objects.create(school=school, name=name, starts_on=starts_on, ends_on=ends_on)
    _record("closure.added", closure, by)
    return closure


@transaction.atomic
def take_away(row: Term | Closure, *, by: Actor) -> None:
    """It was written down by mistake, or fell through."""
    _record(f"{row._meta.model_name}.taken_away", row, by, starts_on=str(row.starts_on))
    row.delete()


@transaction.atomic
def choose_hours(
    staff: StaffMember, *, weekdays: Sequence[int], reads_from: time, reads_until: time, by: Actor
) -> ReadingHours:
    """The hours in which this colleague reads what homes write."""
    row, _is_new = ReadingHours.objects.update_or_create(
        school_id=staff.school_id,
        staff=staff,
        defaults={"weekdays": sorted(weekdays), "reads_from": reads_from, "reads_until": reads_until},
    )
    _record("hours.chosen", staff, by)
    return row


@transaction.atomic
def usual_hours(staff: StaffMember, *, by: Actor) -> None:
    """The school's again, whatever they become."""
    if ReadingHours.objects.in_school(staff.school_id).filter(staff=staff).delete()[0]:
        _record("hours.usual", staff, by)


@transaction.atomic
def go_away(
    staff: StaffMember, *, since: date, until: date, colleague: StaffMember | None, by: Actor, now: datetime
) -> Away:
    """They read nothing for these days, and the colleague answers. One stretch at a time: an earlier one is over."""
    Away.objects.in_school(staff.school_id).standing().filter(staff=staff).update(ended_at=now)
    row = Away.objects.create(
        school_id=staff.school_id, staff=staff, colleague=colleague, since=since, until=until, said_at=now
    )
    lent = {"colleague": colleague.pk} if colleague is not None else {}
    _record("away.said", row, by, since=str(since), until=str(until), **lent)
    return row


@transaction.atomic
def come_back(row: Away, *, by: Actor, now: datetime) -> None:
    """Before the last day: from now on nothing is lent any more."""
    if Away.objects.standing().filter(pk=row.pk).update(ended_at=now):
        _record("away.ended", row, by)


def _record(verb: str, about: models.Model, by: Actor, **facts: object) -> None:
    done.send(sender=type(about), verb=verb, about=about, by=by, facts=facts)
