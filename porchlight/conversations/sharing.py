"""Giving and taking back one's word to share a thread, and who shares with whom today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db import connection, transaction
from django.db.models import Q

from porchlight.activity.record import record
from porchlight.conversations.models import Sharing, SharingWith, Source, Thread
from porchlight.conversations.placing import thread_between
from porchlight.families.models import Guardian, Guardianship, HouseholdMembership, Restriction, Student
from porchlight.families.models.people import in_force
from porchlight.schools.actors import Actor
from porchlight.toolbox.gaps import Gap, Question


class CannotShareError(ValueError):
    """These adults do not live behind one door, or something stands between them; the reason is not for the page."""


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody who shares a thread, and from when on."""

    thread: Thread
    since: datetime

    @property
    def guardian(self) -> Guardian:
        return self.thread.guardian


def partners_of(guardian: Guardian, student: Student, *, on: date) -> list[Partner]:
    """With whom this adult shares the thread about this child, on a day."""
    covering = _covering(connection.vendor).ask(student=student.pk, guardian=guardian.pk)
    if not covering:  # mostly: what has to be looked at otherwise is much
        return []
    rows = Sharing.objects.held_with(guardian.pk, on=on).filter(thread__student=student)
    held = rows.select_related("thread__guardian", "thread__student").order_by("pk")
    return [Partner(row.thread, max(row.given_at, since)) for row in held if (since := _mine(row))]


@lru_cache(maxsize=2)
def _covering(_vendor: str) -> Question[int]:
    """One word that covers this adult about this child, if there is any."""
    rows = Sharing.objects.standing().filter(thread__student=Gap("student"), covers__guardian=Gap("guardian"))
    return Question(rows.values_list("pk", flat=True)[:1])


def _mine(row: Sharing) -> datetime | None:
    """When this adult gave their own word, as `held_with` found it."""
    return getattr(row, "mine_given_at", None)


def could_share(guardian: Guardian, student: Student, *, on: date) -> list[Guardian]:
    """Other adults behind the same door who may be told about the child, where no restriction touches either."""
    homes = HouseholdMembership.objects.filter(in_force(on), guardian=guardian).values("household")
    there = HouseholdMembership.objects.filter(in_force(on), household__in=homes)
    ties = Guardianship.objects.in_school(student.school_id).current(on=on).receiving(on=on)
    told = ties.filter(student=student).values("guardian")
    limits = Restriction.objects.filter(Q(until=None) | Q(until__gte=on), lifted_at=None)
    limited = limits.values("guardianship__guardian")
    able = Guardian.objects.filter(pk__in=told).exclude(pk__in=limited)
    if not able.filter(pk=guardian.pk).exists():
        return []
    return list(able.filter(pk__in=there.values("guardian")).exclude(pk=guardian.pk).order_by("pk"))


@transaction.atomic
def give_word(*, guardian: Guardian, student: Student, by: Actor, now: datetime) -> Sharing:
    """An adult says, on their own page, that they share their thread at home. Said again, it holds from now on.

    It is kept whether or not anybody is there to share with, so that nothing can be read from the answer.
    """
    return _keep(guardian, student, Source.OWN, by=by, now=now)


@transaction.atomic
def record_words(
    *, student: Student, guardians: Sequence[Guardian], words: str, by: Actor, now: datetime
) -> list[Sharing]:
    """The office writes down that each of these adults said so, and how it knows. Raises CannotShareError."""
    today = student.school.local(now).date()
    for guardian in guardians:
        able = {one.pk for one in could_share(guardian, student, on=today)}
        if len(guardians) < 2 or not {one.pk for one in guardians} - {guardian.pk} <= able:
            raise CannotShareError
    return [
        _keep(guardian, student, Source.OFFICE, by=by, now=now, words=words, only=guardians)
        for guardian in guardians
    ]


@transaction.atomic
def take_word_back(threads: Iterable[Thread], *, by: Actor, now: datetime) -> int:
    """These adults share no more. What each said stays in their own thread. Returns how many words were standing."""
    standing = Sharing.objects.standing().filter(thread__in=list(threads))
    for sharing in standing:
        record("sharing.ended", about=sharing, by=by)
    return standing.update(ended_at=now)


def _keep(
    guardian: Guardian,
    student: Student,
    source: Source,
    *,
    by: Actor,
    now: datetime,
    words: str = "",
    only: Sequence[Guardian] | None = None,
) -> Sharing:
    thread = thread_between(guardian, student)
    Thread.objects.select_for_update().get(
        pk=thread.pk
    )  # pressed twice, it is said twice, one after the other
    Sharing.objects.standing().filter(thread=thread).update(ended_at=now)
    sharing = Sharing.objects.create(
        school_id=thread.school_id,
        thread=thread,
        given_at=now,
        source=source,
        recorded_by_id=by.post_id if source == Source.OFFICE else None,
        words=words,
    )
    others = could_share(guardian, student, on=student.school.local(now).date())
    SharingWith.objects.bulk_create(
        SharingWith(school_id=thread.school_id, sharing=sharing, guardian=other)
        for other in others
        if only is None or other in only
    )
    record("sharing.given" if source == Source.OWN else "sharing.recorded", about=sharing, by=by)
    return sharing
