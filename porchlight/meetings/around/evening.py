"""The evening itself: it began, it ended, nobody came; and who is before whom, without a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from porchlight.activity.record import record
from porchlight.meetings.around.missing import ask_those_missed
from porchlight.meetings.models import Held, HostSeat, Meeting, NobodyCame
from porchlight.schools.actors import Actor

A_DAY = timedelta(days=1)
BEFORE_IT = timedelta(hours=1)  # so much earlier than planned it may begin, and no earlier


class NotYet(Exception):
    """It lies too far ahead to have begun, or to be missed."""


@transaction.atomic
def begin(meeting: Meeting, *, by: Actor, now: datetime) -> Held:
    """We have begun; twice changes nothing. Who was thought missing has come after all. Raises NotYet."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if now < meeting.starts_at - BEFORE_IT or not meeting.is_on:
        raise NotYet
    held, is_new = Held.objects.get_or_create(
        meeting=meeting,
        defaults={"school_id": meeting.school_id, "began_at": now, "noted_by_id": by.post_id},
    )
    if is_new:
        NobodyCame.objects.filter(meeting=meeting).delete()
        record("meeting.began", about=meeting, by=by)
    return held


@transaction.atomic
def end(meeting: Meeting, *, by: Actor, now: datetime) -> Held:
    """We have ended. One that nobody said had begun, began as planned. Raises NotYet."""
    held = Held.objects.select_for_update().filter(meeting=meeting).first()
    if held is None:
        held = begin(meeting, by=by, now=now)
        held.began_at = min(meeting.starts_at, now)
    held.ended_at = held.ended_at or now
    held.save(update_fields=["began_at", "ended_at"])
    record("meeting.ended", about=meeting, by=by)
    return held


@transaction.atomic
def nobody_came(meeting: Meeting, *, by: Actor, now: datetime) -> NobodyCame:
    """The family was not there: they are asked, kindly, what would suit. Twice changes nothing. Raises NotYet."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if now < meeting.starts_at or not meeting.is_on or Held.objects.filter(meeting=meeting).exists():
        raise NotYet
    row, is_new = NobodyCame.objects.get_or_create(
        meeting=meeting,
        defaults={"school_id": meeting.school_id, "noted_at": now, "noted_by_id": by.post_id},
    )
    if is_new:
        record("meeting.nobody_came", about=meeting, by=by)
        ask_those_missed(meeting, now=now)
    return row


@dataclass(frozen=True, slots=True)
class Waiting:
    """How it stands for a family that waits: how many are before them, and whether somebody is in the room now."""

    before: int
    in_room: bool
    minutes_left: int  # of the meeting in the room, as planned; none left is no hurry
    is_over: bool = False
    has_begun: bool = False


def waiting_for(meeting: Meeting, now: datetime) -> Waiting:
    """The order of the evening before the door of the colleagues in this meeting. Names nobody."""
    held = Held.objects.filter(meeting=meeting).first()
    if held is not None:
        left = minutes_left(meeting, held, now)
        return Waiting(0, False, left, is_over=held.ended_at is not None, has_begun=True)
    hosts = HostSeat.objects.filter(meeting=meeting).values("staff")
    others = Meeting.objects.in_school(meeting.school_id).standing().exclude(pk=meeting.pk)
    others = others.filter(hosts__staff__in=hosts).distinct().select_related("held", "nobody_came")
    before, inside = 0, None
    for one in others.filter(starts_at__gt=now - A_DAY, starts_at__lt=meeting.starts_at + A_DAY):
        began = getattr(one, "held", None)
        if began is not None and began.ended_at is None:
            inside = one
        elif began is None and getattr(one, "nobody_came", None) is None:
            same_day = (
                meeting.school.local(one.starts_at).date() == meeting.school.local(meeting.starts_at).date()
            )
            before += same_day and one.starts_at < meeting.starts_at and one.ends_at > now - BEFORE_IT
    return Waiting(before, inside is not None, minutes_left(inside, inside.held, now) if inside else 0)


def minutes_left(meeting: Meeting, held: Held, now: datetime) -> int:
    """Of the time planned for it, counted from when it really began."""
    ends = held.began_at + (meeting.ends_at - meeting.starts_at)
    return max(0, round((ends - now).total_seconds() / 60))
