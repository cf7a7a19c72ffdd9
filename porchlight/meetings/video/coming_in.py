"""Who may come in to a video meeting, when, and where their browser then goes."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from porchlight.activity.record import record
from porchlight.meetings.joining import register_link
from porchlight.meetings.models import Meeting, Mode, VideoRoom
from porchlight.meetings.video.accounts import used
from porchlight.meetings.video.contract import STAYS_OPEN, Comer
from porchlight.meetings.video.rooms import plan_of
from porchlight.schools.actors import Actor
from porchlight.toolbox.sealed import WrongSeal

OPENS = timedelta(minutes=15)  # before its start


class State(enum.StrEnum):
    """How a meeting's door stands."""

    EARLY = "early"
    OPEN = "open"
    NOT_READY = "not_ready"  # it is time, and there is no room: the telephone is offered
    OVER = "over"
    OFF = "off"
    OTHERWISE = "otherwise"  # it is not by video, or no longer


@dataclass(frozen=True, slots=True)
class Door:
    """A meeting's door, as a page shows it."""

    meeting: Meeting
    state: State
    opens_at: datetime
    room: VideoRoom | None

    @property
    def privacy(self) -> str:
        """With whom a browser talks behind it; English, for translators."""
        return self.room.account.adapter.privacy if self.room is not None else ""


def door_of(meeting: Meeting, *, now: datetime) -> Door:
    """How it stands now."""
    room = VideoRoom.objects.select_related("account").filter(meeting=meeting).first()
    opens_at = meeting.starts_at - OPENS
    return Door(meeting, _state(meeting, room, opens_at, now), opens_at, room)


def _state(meeting: Meeting, room: VideoRoom | None, opens_at: datetime, now: datetime) -> State:
    if not meeting.is_on:
        return State.OFF
    if meeting.mode != Mode.VIDEO:
        return State.OTHERWISE
    if now < opens_at:
        return State.EARLY
    if now > meeting.ends_at + STAYS_OPEN:
        return State.OVER
    return State.OPEN if room is not None and room.is_ready else State.NOT_READY


def address_for(door: Door, *, by: Actor, comer: Comer) -> str:
    """Where this person's browser goes now; empty where the door is not open. Written down that they went in."""
    if door.state is not State.OPEN or door.room is None:
        return ""
    account = door.room.account
    try:
        address = account.adapter.address(plan_of(door.meeting), door.room.place, account.access, comer)
    except (KeyError, WrongSeal):
        return ""
    record("meeting.joined", about=door.meeting, by=by, host=comer.is_host)
    return address


@register_link
def link(meeting: Meeting, for_host: bool) -> str:
    """Our own address, behind a sign-in."""
    if meeting.mode != Mode.VIDEO or not meeting.is_on:
        return ""
    has_room = VideoRoom.objects.filter(meeting=meeting, account__closed_at=None).exists()
    if not has_room and used(meeting.school_id) is None:
        return ""
    name = "meetings:host_joining" if for_host else "meetings:joining"
    return settings.BASE_URL + reverse(name, kwargs={"school": meeting.school.slug, "key": meeting.key})
