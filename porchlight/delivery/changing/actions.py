"""What is done about a changed number: asked, confirmed, agreed to by a second colleague, refused, put in force."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from porchlight.activity.record import record
from porchlight.delivery.addressing import as_address
from porchlight.delivery.changing import machine, using
from porchlight.delivery.changing.machine import Course, NotNow, Stage
from porchlight.delivery.changing.telling import tell_that_something_changes
from porchlight.families.caring import asks_for_care
from porchlight.families.models import CameBy, ContactChange, ContactPoint, Guardian, HowConfirmed
from porchlight.schools.actors import Actor, system
from porchlight.schools.models import School

AT_A_TIME = 100  # of those whose time has come
STEPS = ("with_care", "how", "confirmed_at", "confirmed_by", "approved_by", "done_at", "refused_at")


class SameAddress(ValueError):
    """What was written is a number or mailbox they are reached at already."""


class NotCalled(ValueError):
    """Nothing known before of this adult could have been rung."""


@transaction.atomic
def ask(
    *,
    guardian: Guardian,
    channel: str,
    written: str,
    by: Actor,
    now: datetime,
    old: ContactPoint | None = None,
    came_by: str = CameBy.OFFICE,
    is_user_id: bool = False,
) -> ContactChange:
    """Write the wish down. It changes nothing. Raises NotAnAddress, SameAddress.

    Another standing wish about the same way is refused by this one.
    """
    school = guardian.school
    value = written if is_user_id else as_address(channel, written, school.country)
    theirs = ContactPoint.objects.known().filter(guardian=guardian, address__channel=channel)
    if theirs.filter(**{"address__user_id" if is_user_id else "address__value": value}).exists():
        raise SameAddress
    for earlier in ContactChange.objects.standing().filter(guardian=guardian, old=old, channel=channel):
        refuse(earlier, why="another one was written down", by=by, now=now)
    change = ContactChange.objects.create(
        school=school,
        guardian=guardian,
        old=old,
        channel=channel,
        value=value,
        is_user_id=is_user_id,
        came_by=came_by,
        asked_at=now,
        asked_by_id=by.post_id if by.is_staff else None,
        with_care=asks_for_care(guardian, on=school.local(now).date()),
    )
    record("contact_change.asked", about=change, by=by, guardian=guardian.pk)
    return change


@transaction.atomic
def confirm(
    change: ContactChange,
    *,
    how: str,
    words: str,
    by: Actor,
    now: datetime,
    called: ContactPoint | None = None,
) -> ContactChange:
    """A colleague says how they know that it is they who want it. In force at once where it may be.

    `called`: the number that was rung, one of theirs that was known before (`known_before`). Raises NotNow, NotCalled.
    """
    change, course = _looked_at(change, now)
    if how == HowConfirmed.CALLED_BACK and called not in known_before(change.guardian, now=now):
        raise NotCalled
    course = machine.confirmed(course, how=how, by=_colleague(by), now=now)
    change.words = words
    _keep(change, course)
    record("contact_change.confirmed", about=change, by=by, how=how, with_care=course.with_care)
    _go_on(change, now, by=by)
    if change.told_at is None:
        tell_that_something_changes(change, now=now)
    return change


@transaction.atomic
def approve(change: ContactChange, *, by: Actor, now: datetime) -> ContactChange:
    """A second colleague says yes as well. Raises NotNow."""
    change, course = _looked_at(change, now)
    _keep(change, machine.approved(course, by=_colleague(by)), approved_at=now)
    record("contact_change.approved", about=change, by=by)
    _go_on(change, now, by=by)
    return change


@transaction.atomic
def refuse(change: ContactChange, *, why: str, by: Actor, now: datetime) -> ContactChange:
    """It is not to be; what was on trial ends. Raises NotNow."""
    change, course = _looked_at(change, now)
    change.why, change.refused_by_id = why[:300], by.post_id
    _keep(change, machine.refused(course, now=now))
    using.end_trial(change, now=now)
    record("contact_change.refused", about=change, by=by)
    return change


def finish_due(school: School, now: datetime) -> int:
    """Put in force what waited long enough, the longest first. Returns how many.

    What a second colleague has still to agree to is left out: a hundred of those would keep the rest from their turn.
    """
    waited = (
        ContactChange.objects.in_school(school).standing().filter(confirmed_at__lte=now - machine.COOLS_FOR)
    )
    due = waited.exclude(with_care=True, approved_by=None).order_by("confirmed_at", "pk")
    count = 0
    for change in due[:AT_A_TIME]:
        with transaction.atomic():
            change, _course = _looked_at(change, now)
            _go_on(change, now, by=system(school.pk))
            count += change.done_at is not None
    return count


@transaction.atomic
def mark_unsafe(point: ContactPoint, *, by: Actor, now: datetime) -> None:
    """Somebody else reads along there: nothing goes to this adult that way any more, nor is it told of changes."""
    point.unsafe_at, point.unsafe_by_id = now, by.post_id
    point.save(update_fields=["unsafe_at", "unsafe_by_id"])
    record("contact_point.unsafe", about=point, by=by)


@transaction.atomic
def prefer(point: ContactPoint, *, by: Actor) -> None:
    """They like to be reached here first: their other ways move one place down."""
    points = ContactPoint.objects.filter(guardian=point.guardian_id, ended_at=None)
    in_order = sorted(points.select_for_update(), key=lambda one: (one.pk != point.pk, one.rank, one.pk))
    for rank, one in enumerate(in_order, 1):
        one.rank = rank
    ContactPoint.objects.bulk_update(in_order, ["rank"])
    record("contact_point.preferred", about=point, by=by)


def known_before(guardian: Guardian, *, now: datetime) -> list[ContactPoint]:
    """Numbers of this adult that a colleague may ring to ask: in good state, and theirs for three days at least."""
    points = ContactPoint.objects.known().filter(
        guardian=guardian, created_at__lte=now - machine.COOLS_FOR, address__value__startswith="+"
    )
    return list(points.filter(address__state="good").select_related("address").order_by("rank", "pk"))


def course_of(change: ContactChange) -> Course:
    """What happened so far, for the machine."""
    return Course(
        change.with_care,
        change.how,
        change.confirmed_at,
        change.confirmed_by_id,
        change.approved_by_id,
        change.done_at,
        change.refused_at,
    )


def _looked_at(change: ContactChange, now: datetime) -> tuple[ContactChange, Course]:
    """The change as it stands, held until this transaction ends, with a fresh look around the child."""
    fresh = ContactChange.objects.select_for_update().get(pk=change.pk)
    care = asks_for_care(fresh.guardian, on=fresh.guardian.school.local(now).date())
    course = machine.noticed(course_of(fresh), care=care)
    if course.with_care != fresh.with_care:
        _keep(fresh, course)
    return fresh, course


def _go_on(change: ContactChange, now: datetime, *, by: Actor) -> None:
    """In force if it may be; else on trial."""
    course = machine.passed(course_of(change), now=now)
    if course.stage is Stage.DONE:
        using.put_in_force(change, by=by, now=now)
        _keep(change, course)
        record("contact_change.in_force", about=change, by=by)
    elif change.point is None:
        change.point = using.on_trial(change, by=by, now=now)
        change.save(update_fields=["point"])


def _keep(change: ContactChange, course: Course, approved_at: datetime | None = None) -> None:
    told = asdict(course)
    for name in STEPS:
        setattr(change, f"{name}_id" if name.endswith("_by") else name, told[name])
    change.approved_at = (approved_at or change.approved_at) if course.approved_by else None
    change.save()


def _colleague(by: Actor) -> int:
    if not by.is_staff or by.post_id is None or by.grant_id is not None:
        raise PermissionDenied("A number is confirmed by a colleague.")
    return by.post_id


__all__ = [
    "NotCalled",
    "NotNow",
    "SameAddress",
    "approve",
    "ask",
    "confirm",
    "course_of",
    "finish_due",
    "known_before",
    "mark_unsafe",
    "prefer",
    "refuse",
]
