"""A school leaves: every row and file of it is erased but the record of ids, and a certificate stays that says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q

from porchlight.accounts.models import User
from porchlight.activity.record import record
from porchlight.files.models import StoredFile
from porchlight.privacy.certificates import Certificate, keep
from porchlight.privacy.erasing import forget_tasks
from porchlight.privacy.ledger import SCHOOL, Erased, write_down
from porchlight.privacy.models import Hold
from porchlight.privacy.register import of_schools, register
from porchlight.rosters import uploads
from porchlight.rosters.models import RosterImport
from porchlight.schools.actors import system
from porchlight.schools.install import tenant_models
from porchlight.schools.models import School, TenantModel
from porchlight.schools.wall import school_context
from porchlight.toolbox.kept import Sort

CLOSED = "privacy.closed"
# What a school's own row keeps, so that its address never leads to another school and the record has a name.
STAYS = {"id", "slug", "name", "timezone", "language", "country", "created_at", "closed_at"}


class StillHeld(Exception):
    """A hold is in force on somebody: a court, an inquiry or a claim comes first."""


def counted(school: School) -> dict[str, int]:
    """Table → rows that would go, in the school's context."""
    found = {model._meta.label: rows.count() for model, rows in _rows(school)}
    return {label: number for label, number in sorted(found.items()) if number}


@transaction.atomic
def close(school: School, *, asked_by: str, backups_until: date, now: datetime) -> Certificate:
    """Erase it, in its context. The certificate is in the ledger's folder before anything is gone for good.

    Raises StillHeld; OSError when the ledger or the certificate cannot be written: then nothing was erased.
    """
    if Hold.objects.in_school(school).in_force().exists():
        raise StillHeld
    gone = _erase(school, now)
    certificate = Certificate(school.name, school.slug, now, asked_by, backups_until, gone)
    record(CLOSED, about=school, by=system(school.pk), digest=certificate.digest)
    keep(certificate)
    write_down(Erased(now.isoformat(), SCHOOL, certificate.digest), school=school)
    return certificate


@transaction.atomic
def close_again(school: School, *, digest: str, now: datetime) -> bool:
    """After an old backup came back, in the school's context. False when it is closed. Raises StillHeld."""
    if school.closed_at is not None:
        return False
    if Hold.objects.in_school(school).in_force().exists():
        raise StillHeld
    _erase(school, now)
    record(CLOSED, about=school, by=system(school.pk), digest=digest)
    return True


def _erase(school: School, now: datetime) -> dict[str, int]:
    """Table → rows that went. Keys between tables are looked at when the transaction ends: nothing is left dangling."""
    users, marks = _users_of(school), _marks_of(school)
    for path in [file.path for file in StoredFile.objects.in_school(school)]:
        transaction.on_commit(partial(default_storage.delete, path))
    for name in (
        RosterImport.objects.in_school(school).exclude(stored_as="").values_list("stored_as", flat=True)
    ):
        transaction.on_commit(partial(uploads.discard, name))
    gone: Counter[str] = Counter()
    for model, rows in _rows(school):
        gone[model._meta.label] += rows._raw_delete(rows.db)
    gone[User._meta.label] += _forget_users(users)
    forget_tasks(marks)
    _empty(school, now)
    return {label: number for label, number in sorted(gone.items()) if number}


def _rows(school: School) -> Iterator[tuple[type[models.Model], models.QuerySet[Any]]]:
    """Every table with rows of this school, those outside the wall first; but the record, which only grows."""
    for model in register():
        own = {column.name: column for column in model._meta.local_fields}.get("school")
        is_ours = own is not None and own.related_model is School
        if is_ours and not issubclass(model, TenantModel):
            yield model, model._default_manager.filter(school_id=school.pk)
    for tenant in tenant_models():
        if not tenant.append_only:
            yield tenant, tenant._base_manager.filter(school_id=school.pk)


def _users_of(school: School) -> set[int]:
    posts = Q(staff_posts__school=school) | Q(guardian_posts__school=school) | Q(student_posts__school=school)
    return set(User.objects.filter(posts).values_list("pk", flat=True))


def _marks_of(school: School) -> list[str]:
    """Names and ways as the register knows them, to be looked for in reports of tasks that broke off."""
    marks: set[str] = set()
    for model, kept in of_schools():
        names = [name for sort in (Sort.NAMES, Sort.WAYS) for name in kept.fields.get(sort, "").split()]
        for name in names:
            found = model._base_manager.filter(school_id=school.pk).values_list(name, flat=True).distinct()
            marks.update(one for one in found if isinstance(one, str) and len(one) > 2)
    return sorted(marks)


def _forget_users(users: set[int]) -> int:
    """Sign-ins of people who hold no post anywhere any more, and do not run the server."""
    with school_context(*School.objects.values_list("pk", flat=True)):
        none = Q(staff_posts=None, guardian_posts=None, student_posts=None)
        alone = list(User.objects.filter(none, pk__in=users, is_staff=False, is_superuser=False).distinct())
    sessions = UserSession.objects.filter(user__in=alone).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(sessions)).delete()
    for user in alone:
        user.delete()
    return len(alone)


def _empty(school: School, now: datetime) -> None:
    for column in School._meta.local_fields:
        if column.name not in STAYS:
            setattr(school, column.name, column.get_default())
    school.closed_at = now
    school.save()
