"""How many may leave on an account in an hour and in a day: its own phone's plan, kept to the letter.

Counted by the hours and days of the school's clock. A claim takes from what is left in the statement that leases; here
it is filled up when a new hour or day begins. What was claimed counts, whether or not it was taken: never one too many.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from porchlight.delivery.models import Account, Delivery, Lane
from porchlight.schools.models import School


def keep_limits(account: Account, now: datetime) -> None:
    """The account's settings, in its lane. What left already in this hour and on this day is counted.

    A limit that nobody can read leaves the one before: a slip of the hand never opens the tap.
    """
    lane = Lane.objects.select_for_update().get(account=account)
    hour, day = begins(account.school, now)
    per_hour = _number(account.settings.get("per_hour", ""), lane.per_hour)
    per_day = _number(account.settings.get("per_day", ""), lane.per_day)
    Lane.objects.filter(account=account).update(
        per_hour=per_hour,
        per_day=per_day,
        left_hour=_left(
            account, per_hour, _used(lane.per_hour, lane.left_hour, lane.hour_from == hour), hour
        ),
        left_day=_left(account, per_day, _used(lane.per_day, lane.left_day, lane.day_from == day), day),
        hour_from=hour if per_hour is not None else None,
        day_from=day if per_day is not None else None,
    )


def _number(written: object, before: int | None) -> int | None:
    text = str(written).strip()
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and int(text) > 0 else before


def _used(limit: int | None, left: int | None, is_counted: bool) -> int | None:
    """How many the lane counted since the hour, or the day, began; None: it did not count."""
    return limit - left if limit is not None and left is not None and is_counted else None


def _left(account: Account, limit: int | None, used: int | None, since: datetime) -> int | None:
    if limit is None:
        return None
    if used is None:
        mine = Delivery.objects.in_school(account.school_id).filter(account=account)
        used = mine.filter(Q(sent_at__gte=since) | Q(sent_at=None, lease_until__isnull=False)).count()
    return max(0, limit - used)


def refill(now: datetime) -> None:
    """A new hour, or a new day, has begun for these lanes."""
    limited = Lane.objects.filter(Q(per_hour__isnull=False) | Q(per_day__isnull=False))
    for lane in limited.select_related("school"):
        hour, day = begins(lane.school, now)
        mine = Lane.objects.filter(pk=lane.pk)
        if lane.per_hour is not None and lane.hour_from != hour:
            mine.filter(hour_from=lane.hour_from).update(left_hour=lane.per_hour, hour_from=hour)
        if lane.per_day is not None and lane.day_from != day:
            mine.filter(day_from=lane.day_from).update(left_day=lane.per_day, day_from=day)


def begins(school: School, now: datetime) -> tuple[datetime, datetime]:
    """When this hour, and this day, began at the school."""
    here = school.local(now)
    hour = here.replace(minute=0, second=0, microsecond=0)
    return hour, hour.replace(hour=0)


@dataclass(frozen=True, slots=True)
class Limit:
    """An account that has sent what it may."""

    of_day: bool  # for today; else for this hour
    until: datetime


def reached(lane: Lane) -> Limit | None:
    """Whether nothing more may leave for now by the account's own limit, and until when."""
    if lane.left_day == 0 and lane.day_from is not None:
        return Limit(True, lane.day_from + timedelta(days=1))
    if lane.left_hour == 0 and lane.hour_from is not None:
        return Limit(False, lane.hour_from + timedelta(hours=1))
    return None


def accounts_at_their_limit(school: School) -> set[int]:
    """Ids of accounts of this school on which what is due has to wait."""
    lanes = Lane.objects.filter(school=school).filter(Q(left_day=0) | Q(left_hour=0))
    return set(lanes.values_list("account_id", flat=True))
