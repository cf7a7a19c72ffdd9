"""A plan becomes meetings that stand in the school's calendar; families know nothing of them yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from porchlight.activity.record import record
from porchlight.meetings.models import AtMeetings, GuestSeat, HostSeat, Meeting, Planning, Round, Sort, Wish
from porchlight.meetings.planned.clock import STEP
from porchlight.meetings.planned.locking import locked
from porchlight.meetings.planned.searching import Told
from porchlight.meetings.planned.standing import Place, Standing, put, standing_of
from porchlight.meetings.planner.board import Meeting as Held
from porchlight.meetings.rounds.parting import part
from porchlight.schools.actors import Actor
from porchlight.schools.models import StaffMember


@dataclass(frozen=True)
class Taken:
    """What taking came to: meetings made, and wishes whose place was gone meanwhile."""

    made: int
    gone: tuple[str, ...]


@transaction.atomic
def take(planning: Planning, *, by: Actor, now: datetime) -> Taken:
    """The plan in the place of any earlier one, but for what was pinned. Raises Told once families know their times.

    What changed since it was planned is looked at again: what may not be held any more is left out and named.
    """
    round_ = locked(planning.round_id)
    if round_.told_at is not None:
        raise Told
    part(round_, now=now)
    _clear(round_)
    standing = standing_of(round_, now=now)
    gone = []
    for one in planning.plan:
        number = standing.number(one["request"])
        if number is not None and standing.board.held[number] is not None:
            continue  # pinned
        if one["day"] not in standing.planner.day_ids:
            gone.append(one["request"])
            continue
        place = Place(standing.planner.place(one["day"], one["start"]), one["mode"], one["interpreter"] or "")
        if number is None or put(standing, number, place):
            gone.append(one["request"])
    made = seat(standing, standing.board.meetings(), now=now)
    Planning.objects.filter(pk=planning.pk).update(taken_at=now, taken_by_id=by.post_id)
    record("round.planned", about=round_, by=by, held=len(made))
    return Taken(len(made), tuple(gone))


def _clear(round_: Round) -> None:
    """What an earlier plan held and nobody was told of; what was pinned stays."""
    rows = Meeting.objects.in_school(round_.school_id).filter(
        wish__round=round_, wish__pinned_by=None, told_at=None
    )
    rows.delete()


def seat(standing: Standing, held: Sequence[Held], *, now: datetime) -> list[Meeting]:
    """A meeting for each of these that has none yet, with everybody in it."""
    asked, planner = standing.asked, standing.planner
    new = [(one, asked.wishes[planner.wishes[one.wish].key]) for one in held]
    new = [(one, wish) for one, wish in new if wish.meeting is None or not wish.meeting.is_on]
    meetings = Meeting.objects.bulk_create(_meeting(standing, one, wish, now) for one, wish in new)
    hosts, guests = [], []
    school_id = asked.round.school_id
    for meeting, (one, wish) in zip(meetings, new, strict=True):
        staff = [
            asked.hosts[planner.teachers[teacher]].staff_id for teacher in planner.wishes[one.wish].teachers
        ]
        hosts += [HostSeat(school_id=school_id, meeting=meeting, staff_id=each) for each in staff]
        adults = asked.adults[wish.key]
        guests += [GuestSeat(school_id=school_id, meeting=meeting, guardian_id=each) for each in adults]
        wish.meeting = meeting
    HostSeat.objects.bulk_create(hosts)
    GuestSeat.objects.bulk_create(guests)
    Wish.objects.bulk_update([wish for _one, wish in new], ["meeting"], batch_size=500)
    return meetings


def speaker_of(standing: Standing, held: Held) -> StaffMember | None:
    """Who interprets."""
    if held.interpreter < 0:
        return None
    return standing.asked.hosts[standing.planner.interpreters[held.interpreter]].staff


def _meeting(standing: Standing, held: Held, wish: Wish, now: datetime) -> Meeting:
    asked, planner = standing.asked, standing.planner
    starts_at = standing.moment(held.start)
    speaker = speaker_of(standing, held)
    return Meeting(
        school_id=asked.round.school_id,
        sort=Sort.CONFERENCE,
        mode=held.way.mode,
        student=wish.student,
        starts_at=starts_at,
        ends_at=starts_at + planner.wishes[held.wish].length * STEP,
        place=place_name(standing, held),
        language=wish.party.language if speaker else "",
        interpreter=speaker,
        arranged_at=now,
    )


def place_name(standing: Standing, held: Held) -> str:
    """The first colleague's room in this round, else where families find them."""
    if not held.way.on_site:
        return ""
    planner = standing.planner
    first = standing.asked.hosts[planner.teachers[planner.wishes[held.wish].teachers[0]]]
    said: AtMeetings | None = getattr(first.staff, "at_meetings", None)
    return first.place or (said.place if said is not None else "")
