"""Erasing somebody: everything about them goes, but what a duty or a hold keeps; and the ledger remembers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django_ox.models import OxTask

from porchlight.accounts.models import User
from porchlight.activity.record import record
from porchlight.families.models import Address, Guardian, Student
from porchlight.privacy.gathering import Subject, about, own_ways
from porchlight.privacy.ledger import Erased, write_down
from porchlight.privacy.limits import ends
from porchlight.privacy.models import Hold
from porchlight.privacy.removing import duty_bound, remove
from porchlight.rosters import uploads
from porchlight.rosters.models import RosterImport
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.schools.wall import school_context

ERASED = "privacy.erased"


class OnHold(Exception):
    """A hold is in force on this person, or on somebody whose rows would go with theirs."""


@dataclass(frozen=True)
class Answer:
    """What went (table → how many rows) and what stays (table → ids)."""

    gone: dict[str, int]
    kept: dict[str, set[int]]

    @property
    def kept_counts(self) -> dict[str, int]:
        """Table → how many rows stay."""
        return {label: len(ids) for label, ids in self.kept.items()}


@transaction.atomic
def erase(subject: Subject, *, by: Actor, now: datetime, in_ledger: bool = True) -> Answer:
    """Erase a person, in the school's context. Raises OnHold; OSError when the ledger cannot be written.

    `in_ledger`: False when the ledger itself asks for it, or a limit.
    """
    school = School.objects.get(pk=subject.row.school_id)
    if is_held(subject):
        raise OnHold
    found = about(subject)
    marks = [name for name in subject.names if len(name) > 2] + own_ways(subject, found.get(Address, set()))
    held = duty_bound(found, ends(school, now))
    kept = {model._meta.label: ids & held.get(model, set()) for model, ids in found.items()}
    kept = {label: ids for label, ids in kept.items() if ids}
    user = subject.row.user
    record(ERASED, about=subject.row, by=by, kept=sum(map(len, kept.values())))
    gone = Counter(remove(found, held))
    _forget_lists(school, marks)
    forget_tasks(marks)
    if user is not None:
        _forget_sign_in(user, subject)
    if in_ledger:
        write_down(Erased(now.isoformat(), subject.kind, subject.row.key), school=school)
    return Answer(dict(gone), kept)


def is_held(subject: Subject) -> bool:
    """Whether a hold is in force on them, or on somebody of their family whose thread would go with theirs."""
    holds = Hold.objects.in_school(subject.row.school_id).in_force()
    if subject.kind == "adult":
        children = Student.objects.filter(ties__guardian=subject.row.pk)
        return holds.filter(Q(guardian=subject.row.pk) | Q(student__in=children)).exists()
    adults = Guardian.objects.filter(ties__student=subject.row.pk)
    return holds.filter(Q(student=subject.row.pk) | Q(guardian__in=adults)).exists()


def adults_of_no_other(student: Student) -> list[Guardian]:
    """Who cares for this child, or did as far as a thread still tells, and for no other at this school."""
    adults = Guardian.objects.filter(Q(ties__student=student) | Q(threads__student=student)).distinct()
    return [one for one in adults if not one.ties.exclude(student=student).exists()]


def _forget_lists(school: School, marks: list[str]) -> None:
    """Lists that wait to be taken hold everybody, and are thrown away. What past ones showed of them goes."""
    imports = RosterImport.objects.in_school(school)
    for run in imports.exclude(stored_as="").exclude(jobs__ended_at=None, jobs__isnull=False):
        transaction.on_commit(partial(uploads.discard, run.stored_as))
        imports.filter(pk=run.pk).update(stored_as="", importable=False)
    shown = imports.annotate(said=Cast("samples", TextField()), wrong=Cast("problems", TextField()))
    for mark in marks:
        shown.filter(Q(said__contains=mark) | Q(wrong__contains=mark)).update(samples={}, problems=[])
        imports.filter(file_name__contains=mark).update(file_name="")


def forget_tasks(marks: list[str]) -> None:
    """Tasks hold ids; one that broke off may have written a name into its report."""
    reports = OxTask.objects.filter(finished_at__isnull=False).annotate(
        said=Cast("errors", TextField()), asked=Cast("kwargs", TextField()), given=Cast("args", TextField())
    )
    for mark in marks:
        reports.filter(Q(said__contains=mark) | Q(asked__contains=mark) | Q(given__contains=mark)).delete()


def _forget_sign_in(user: User, subject: Subject) -> None:
    """Their sign-in goes, unless they hold another post here or in another school."""
    with school_context(*School.objects.values_list("pk", flat=True)):
        posts: list[Any] = [user.staff_posts.all(), user.guardian_posts.all(), user.student_posts.all()]
        others = [
            post
            for rows in posts
            for post in rows
            if (type(post), post.pk) != (type(subject.row), subject.row.pk)
        ]
    if others:
        return
    here = UserSession.objects.filter(user=user).values("session_key")
    Session.objects.filter(session_key__in=here).delete()
    user.delete()


def find(kind: str, key: str, school: School) -> Subject | None:
    """The person a line of the ledger speaks of; None when they are not here."""
    model = Student if kind == "child" else Guardian
    row = model.objects.in_school(school).filter(key=key).first()
    return None if row is None else Subject(row)
