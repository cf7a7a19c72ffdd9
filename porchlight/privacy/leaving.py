"""The school wishes to leave: one leader asks, another says yes, and for a fortnight either takes it back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from porchlight.activity.record import record
from porchlight.privacy.models import Leaving
from porchlight.schools.actors import Actor, Role
from porchlight.schools.models import School

WAITS = timedelta(days=14)  # from the second yes; nothing is erased before


class NotASecond(Exception):
    """Whoever asked cannot be the second who agrees."""


def standing(school: School) -> Leaving | None:
    """The wish that was not taken back, in the school's context."""
    return Leaving.objects.in_school(school).standing().select_related("asked_by", "agreed_by").first()


def standing_too_early(school: School, *, now: datetime) -> bool:
    """Whether a wish stands that is not agreed to yet, or whose fortnight is not over."""
    wish = standing(school)
    return wish is not None and (wish.due_at is None or wish.due_at > now)


@transaction.atomic
def ask_to_leave(*, school: School, by: Actor, now: datetime) -> Leaving:
    """A leader asks. The same wish twice is one."""
    leader = _post_of_a_leader(by)
    known = standing(school)
    if known is not None:
        return known
    leaving: Leaving = Leaving.objects.create(school=school, asked_by_id=leader, asked_at=now)
    record("privacy.leaving_asked", about=leaving, by=by)
    return leaving


@transaction.atomic
def agree(*, leaving: Leaving, by: Actor, now: datetime) -> None:
    """Another leader says yes, and the fortnight begins. Raises NotASecond."""
    leader = _post_of_a_leader(by)
    if leader == leaving.asked_by_id:
        raise NotASecond
    waiting = Leaving.objects.standing().filter(pk=leaving.pk, agreed_at=None)
    if waiting.update(agreed_by_id=leader, agreed_at=now, due_at=now + WAITS):
        record("privacy.leaving_agreed", about=leaving, by=by)


@transaction.atomic
def stay(*, leaving: Leaving, by: Actor, now: datetime) -> None:
    """Any leader takes it back, at any moment before it is done."""
    leader = _post_of_a_leader(by)
    if Leaving.objects.standing().filter(pk=leaving.pk).update(undone_by_id=leader, undone_at=now):
        record("privacy.leaving_undone", about=leaving, by=by)


def _post_of_a_leader(by: Actor) -> int:
    if not by.is_one_of(Role.LEADER) or by.post_id is None or by.grant_id is not None:
        raise ValueError("Leaders of the school decide whether it leaves.")
    return by.post_id
