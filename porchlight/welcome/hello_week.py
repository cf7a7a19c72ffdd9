"""Beginning and ending hello week, and who said hello to whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Min

from porchlight.activity.record import record
from porchlight.conversations.models import Author, Kind, Message
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.welcome.models import HelloWeek


@transaction.atomic
def start(*, school: School, a_day: int, by: Actor, now: datetime) -> HelloWeek:
    """From now on every home is to be said hello to. While one is on, only its handful changes."""
    if by.post_id is None or not by.is_staff:
        raise PermissionDenied("Somebody at school begins it.")
    week, is_new = HelloWeek.objects.select_for_update().get_or_create(
        school=school,
        ended_at=None,
        defaults={"started_at": now, "started_by_id": by.post_id, "a_day": a_day},
    )
    if is_new:
        record("hello_week.started", about=week, by=by, a_day=a_day)
    elif week.a_day != a_day:
        week.a_day = a_day
        week.save(update_fields=["a_day"])
        record("hello_week.paced", about=week, by=by, a_day=a_day)
    return week


@transaction.atomic
def end(week: HelloWeek, *, by: Actor, now: datetime) -> None:
    """No more handfuls. What was said stays said."""
    if HelloWeek.objects.filter(pk=week.pk, ended_at=None).update(ended_at=now, ended_by_id=by.post_id):
        record("hello_week.ended", about=week, by=by)


def first_hellos(school: School, guardians: Iterable[int], *, since: datetime) -> dict[int, datetime]:
    """By guardian id, when somebody at school first said something good to them alone since then.

    An announcement to a class is no hello: it is said to everybody.
    """
    rows = (
        Message.objects.in_school(school)
        .standing()
        .filter(
            thread__guardian__in=list(guardians),
            author=Author.STAFF,
            notice=None,
            kind=Kind.GOOD_NEWS,
            said_at__gte=since,
        )
        .values_list("thread__guardian_id")
        .annotate(first=Min("said_at"))
    )
    return dict(rows)
