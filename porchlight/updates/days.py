"""The day on which updates are ready, set by the school for all its classes and by a teacher for hers."""

from __future__ import annotations

from datetime import datetime, time

from django.db import transaction

from porchlight.activity.record import record
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, SchoolClass
from porchlight.updates.models import UpdateDay


@transaction.atomic
def set_day(
    school: School,
    school_class: SchoolClass | None,
    *,
    weekday: int,
    hour: time,
    alone: bool,
    by: Actor,
    now: datetime,
) -> UpdateDay:
    """Keep it. `alone`: an update that nobody looked at goes by itself, in the name of whoever set this."""
    rule = UpdateDay.objects.in_school(school).filter(school_class=school_class).first()
    rule = rule or UpdateDay(school=school, school_class=school_class)
    rule.weekday, rule.hour, rule.set_by_id = weekday, hour, by.post_id or 0
    rule.alone_since = (rule.alone_since or now) if alone else None
    rule.save()
    record("update.day_set", about=rule, by=by, alone=alone)
    return rule
