"""“This worries me”: from one tap to a named person, with a deputy behind them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from porchlight.activity.record import record
from porchlight.conversations.models import Message, Worry
from porchlight.delivery.content import ServiceKind
from porchlight.delivery.service import RawAddress, serve_not_before
from porchlight.errands.actions import ask_for, named
from porchlight.errands.models import Errand, ErrandKind
from porchlight.families.models import Address, Channel, ContactPoint, Guardianship, users_at_home_with
from porchlight.schools.actors import Actor, Kind, Role, system
from porchlight.schools.models import School, StaffMember
from porchlight.schools.reading import readers

CALLED = (Role.SAFEGUARDING, Role.LEADER, Role.OFFICE)  # who may be, in this order
LOOKED_AT_WITHIN = timedelta(minutes=15)  # by day and by night; then the next named person is asked too


@transaction.atomic
def raise_worry(message: Message, *, by: Actor, words: str, now: datetime) -> Worry:
    """Keep the worry and call the safeguarding lead. The alert says nothing about anybody.

    A colleague raises it, or Porchlight itself where a home says that a child is missing (`alarm.py`).
    """
    if not by.is_staff and by.kind is not Kind.SYSTEM:
        raise ValueError("A worry is raised by a colleague, or by Porchlight itself.")
    worry, is_new = Worry.objects.get_or_create(
        school_id=message.school_id,
        message=message,
        raised_by_id=by.post_id,
        defaults={"words": words, "raised_at": now},
    )
    if is_new:
        record("worry.raised", about=worry, by=by)
        people = to_ask(message.school, [message.thread.student_id])
        _call(message.school, worry, people[0] if people else None, by=by, now=now)
    return worry


def to_ask(school: School, children: Iterable[int] | QuerySet[Any, Any]) -> list[StaffMember]:
    """The lead, deputies, then leaders, so that a worry never falls between chairs; the office when none may know.

    Never who cares for one of these children at home: the worry may be about them.
    """
    chosen = [*named(school, Role.SAFEGUARDING), *named(school, Role.LEADER)]
    at_home = users_at_home_with(children)
    free = [person for person in chosen if person.user_id not in at_home]
    if free or not chosen:
        return free
    return [person for person in named(school, Role.OFFICE) if person.user_id not in at_home]


def _call(school: School, worry: Worry, person: StaffMember | None, *, by: Actor, now: datetime) -> None:
    if person is None:
        record("worry.nobody_named", about=worry, by=by)
        return
    ask_for(
        kind=ErrandKind.LOOK_AT_WORRY,
        to=person,
        due_at=now + LOOKED_AT_WITHIN,
        by=by,
        about=f"worry:{worry.key}:{person.pk}",
    )
    alert(school, person, now)


def call_first(school: School, *, address: Address | None, now: datetime) -> None:
    """Call the lead to look at the office's tray: words that worry, from this address, have no thread yet."""
    points = ContactPoint.objects.in_school(school).filter(address=address, ended_at=None)
    ties = Guardianship.objects.filter(guardian__in=points.values("guardian"))
    people = to_ask(school, ties.values_list("student", flat=True) if address is not None else ())
    if people:
        alert(school, people[0], now)


def alert(school: School, person: StaffMember, now: datetime, *, can_wait: bool = False) -> None:
    """Tell a colleague, on every way to them, that something needs them today; not one word says what.

    What can wait reaches them in their own hours, and their colleague while they are away. A worry never waits.
    """
    at = now
    if can_wait:
        found = readers(school, [person.pk], now)
        away = found.away_now(person.pk)
        other = away.colleague if away is not None else None
        if other is not None and other.left_at is None and other.rests_since is None:
            person = other
        at = found.reads_at(person.pk) or now
    for to in _ways_to(person):
        serve_not_before(at, school=school, kind=ServiceKind.STAFF_ALERT, to=to, now=now)


def _ways_to(person: StaffMember) -> list[Address | RawAddress]:
    """Their own numbers and mailboxes; the mailbox the office wrote down when they gave none."""
    points = ContactPoint.objects.usable().filter(staff=person).select_related("address")[:2]
    written = [RawAddress(Channel.EMAIL, person.email.lower())] if person.email else []
    return [point.address for point in points] or [*written]


@transaction.atomic
def take_up(worry: Worry, *, by: Actor, now: datetime) -> Worry:
    """A safeguarding person has it now."""
    if worry.seen_at is None:
        worry.seen_by_id, worry.seen_at = by.post_id, now
        worry.save(update_fields=["seen_by", "seen_at"])
        Errand.objects.in_school(worry.school_id).open().filter(
            about__startswith=f"worry:{worry.key}:"
        ).update(done_at=now, done_by_id=by.post_id)
        record("worry.taken_up", about=worry, by=by)
    return worry


def call_deputies(*, school: School, now: datetime) -> int:
    """Ask the next named person about every worry nobody has taken up in time. Returns how many were called.

    Each has a quarter of an hour before the one after them is asked; outside school hours as well: a worry does
    not keep hours.
    """
    waiting = Worry.objects.in_school(school).open().filter(raised_at__lte=now - LOOKED_AT_WITHIN)
    return sum(_call_next(school, key, now) for key in waiting.values_list("pk", flat=True))


@transaction.atomic
def _call_next(school: School, worry_id: int, now: datetime) -> bool:
    """Under a lock: several workers look at the same time, and one call is enough."""
    locked = Worry.objects.in_school(school).open().select_for_update(skip_locked=True)
    worry = locked.filter(pk=worry_id).first()
    if worry is None:
        return False
    calls = Errand.objects.in_school(school).filter(about__startswith=f"worry:{worry.key}:")
    asked = dict(calls.values_list("assigned_to_id", "due_at"))
    if any(due_at > now for due_at in asked.values()):
        return False  # whoever was asked last still has time
    people = to_ask(school, [worry.message.thread.student_id])
    following = next((person for person in people if person.pk not in asked), None)
    if following is None:
        return False
    _call(school, worry, following, by=system(school.pk), now=now)
    return True
