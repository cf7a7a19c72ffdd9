"""A person's own calendar address: made, renewed and taken back by them; its secret is kept as a digest alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from porchlight.accounts.limits import Rate, take
from porchlight.accounts.models import digest
from porchlight.activity.record import record
from porchlight.meetings.around.calendars import Reader, calendar_of
from porchlight.meetings.models import CalendarFeed, Meeting
from porchlight.meetings.models.meetings import MeetingQuerySet
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, StaffMember
from porchlight.schools.ways_in import still_opens
from porchlight.toolbox.keys import secret_key

OFTEN = Rate(60, timedelta(hours=1))  # calendars ask every few minutes at most
OF_WHOM = ("guardian", "staff")
BACK, AHEAD = timedelta(days=60), timedelta(days=366)


class TooOften(Exception):
    """This address was asked for too many times within an hour."""


def own_feed(actor: Actor) -> CalendarFeed | None:
    """The one that stands, and opens."""
    feed = CalendarFeed.objects.visible_to(actor).standing().select_related("school", *OF_WHOM).first()
    return feed if feed is not None and _opens(feed, feed.school) else None


@transaction.atomic
def make(*, names_children: bool, by: Actor, now: datetime, came_by: int | None = None) -> str:
    """A new address; the one before opens nothing any more. Returns the secret in it, which is shown this once.

    `came_by`: the address of the session it is made in, with which it ends.
    """
    take_back(by=by, now=now)
    secret = secret_key()
    feed = CalendarFeed.objects.create(
        school_id=by.school_id,
        guardian_id=None if by.is_staff else by.post_id,
        staff_id=by.post_id if by.is_staff else None,
        digest=digest(secret),
        came_by_id=came_by,
        names_since=now if names_children and not by.is_staff else None,
        made_at=now,
    )
    record("calendar.made", about=feed, by=by)
    return secret


@transaction.atomic
def take_back(*, by: Actor, now: datetime) -> None:
    """Whoever has the address reads nothing from now on."""
    feed = CalendarFeed.objects.visible_to(by).standing().select_for_update().first()
    if feed is not None:
        feed.revoked_at = now
        feed.save(update_fields=["revoked_at"])
        record("calendar.taken_back", about=feed, by=by)


def found(school: School, secret: str) -> CalendarFeed | None:
    """Whose calendar a secret opens; None when it opens none, or nothing any more."""
    rows = CalendarFeed.objects.in_school(school).standing().filter(digest=digest(secret))
    feed = rows.select_related(*OF_WHOM).first()
    return feed if feed is not None and _opens(feed, school) else None


def _opens(feed: CalendarFeed, school: School) -> bool:
    """As a session would: not of who has left, of a post at rest, or where its address is another's by now."""
    if feed.staff is not None:
        return StaffMember.objects.awake().filter(pk=feed.staff.pk, user__is_active=True).exists()
    if feed.guardian is None or feed.guardian.left_at is not None:
        return False
    return still_opens(school, feed.guardian.actor(), feed.came_by_id)


def contents(feed: CalendarFeed, school: School, *, now: datetime) -> bytes:
    """What stands in it now: what its person may see at this moment, and no more. Raises TooOften."""
    if not take(f"calendar:{feed.pk}", OFTEN, now=now):
        raise TooOften
    if feed.guardian is not None:
        rows = Meeting.objects.visible_to(feed.guardian.actor())
        reader = reader_at_home(school, feed.guardian.reading, names=feed.names_since is not None)
    else:
        actor = feed.staff.actor()  # type: ignore[union-attr]  # a constraint: one of the two
        rows = Meeting.objects.visible_to(actor).of_staff(actor.post_id or 0)
        reader = reader_at_school(school)
    return calendar_of(_near(rows, now), school=school, reader=reader, now=now)


def _near(rows: MeetingQuerySet, now: datetime) -> MeetingQuerySet:
    return rows.between(now - BACK, now + AHEAD).select_related("student")


def reader_at_home(school: School, language: str, *, names: bool) -> Reader:
    """A family's."""
    return Reader(language, _page("meetings:my_meeting", school), names)


def reader_at_school(school: School) -> Reader:
    """A colleague's: no child is ever named in it."""
    return Reader(school.language, _page("meetings:meeting", school))


def _page(name: str, school: School) -> str:
    return reverse(name, kwargs={"school": school.slug, "key": "KEY"}).replace("KEY", "{key}")
