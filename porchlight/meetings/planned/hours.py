"""When people of a round are free: the hours they gave, less what else stands in their calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from porchlight.meetings.models import (
    GuestSeat,
    HostSeat,
    HostTime,
    LateChange,
    Meeting,
    Party,
    PartyMember,
    PartyTime,
    Round,
    RoundHost,
)
from porchlight.meetings.models.meetings import MeetingQuerySet
from porchlight.meetings.planned.clock import Clock, Span, without

type Modes = tuple[str, ...]
type Busy = dict[int, list[Span]]


def free_of_hosts(
    round_: Round, clock: Clock, hosts: Sequence[RoundHost]
) -> dict[int, list[tuple[Span, Modes]]]:
    """By the host's id: when they are there and sit in no other meeting; for which ways, the usual if none is named."""
    busy = _busy_staff(round_, clock)
    days = {one.pk: one for one in clock.days}
    found: dict[int, list[tuple[Span, Modes]]] = {one.pk: [] for one in hosts}
    staff = {one.pk: one.staff for one in hosts}
    for row in HostTime.objects.in_school(round_.school_id).filter(host__round=round_).order_by("pk"):
        person, day = staff[row.host_id], days.get(row.day_id)
        span = clock.inside(day, row.starts, row.ends) if day is not None else None
        if span is None or person.left_at is not None:
            continue
        modes = tuple(row.modes) or ("in_person", "video", "phone")
        found[row.host_id] += [(one, modes) for one in without([span], busy[person.pk])]
    return found


def free_of_parties(round_: Round, clock: Clock, parties: Sequence[Party]) -> dict[int, list[Span]]:
    """By the party's id: when they can, else whenever the school is there; less what else they are asked to, and less
    the times of which they said that they do not suit.
    """
    given: dict[int, list[Span]] = defaultdict(list)
    days = {one.pk: one for one in clock.days}
    said: set[int] = set()
    for row in PartyTime.objects.in_school(round_.school_id).filter(party__round=round_).order_by("pk"):
        said.add(row.party_id)
        day = days.get(row.day_id)
        span = clock.inside(day, row.starts, row.ends) if day is not None else None
        given[row.party_id] += [span] if span is not None else []
    whole = [Span(day.pk, 0, clock.slots(day)) for day in clock.days]
    gone = _busy_parties(round_, clock)
    return {one.pk: without(given[one.pk] if one.pk in said else whole, gone[one.pk]) for one in parties}


def _other_meetings(round_: Round, clock: Clock) -> MeetingQuerySet:
    """That stand on the round's days, but for those of its wishes. Of one that was taken back it stands once told."""
    if not clock.days:
        return Meeting.objects.none()
    first, last = clock.begins(clock.days[0]), clock.begins(clock.days[-1]) + timedelta(days=1)
    rows = Meeting.objects.in_school(round_.school_id).standing().between(first, last)
    planned = round_.wishes.filter(taken_back_at=None, party__declined_at=None).exclude(meeting=None)
    unknown = round_.wishes.filter(meeting__told_at=None).exclude(meeting=None)  # see `locking.locked`
    return rows.exclude(pk__in=planned.values("meeting")).exclude(pk__in=unknown.values("meeting"))


def _busy_staff(round_: Round, clock: Clock) -> Busy:
    found: Busy = defaultdict(list)
    meetings = {one.pk: one for one in _other_meetings(round_, clock)}
    for one in meetings.values():
        if one.interpreter_id is not None:
            found[one.interpreter_id] += clock.touched(one.starts_at, one.ends_at)
    for seat in HostSeat.objects.in_school(round_.school_id).filter(meeting__in=list(meetings)):
        one = meetings[seat.meeting_id]
        found[seat.staff_id] += clock.touched(one.starts_at, one.ends_at)
    return found


def _busy_parties(round_: Round, clock: Clock) -> Busy:
    found: Busy = defaultdict(list)
    party_of = dict(
        PartyMember.objects.in_school(round_.school_id)
        .filter(round=round_)
        .values_list("guardian_id", "party_id")
    )
    meetings = {one.pk: one for one in _other_meetings(round_, clock).exclude(told_at=None)}
    for seat in GuestSeat.objects.in_school(round_.school_id).filter(meeting__in=list(meetings)):
        if seat.guardian_id in party_of:
            one = meetings[seat.meeting_id]
            found[party_of[seat.guardian_id]] += clock.touched(one.starts_at, one.ends_at)
    unsuited = LateChange.objects.in_school(round_.school_id).filter(wish__round=round_)
    for change in unsuited.exclude(why=LateChange.Why.SCHOOL).select_related("wish"):
        found[change.wish.party_id] += clock.touched(change.starts_at, change.ends_at)
    return found
