"""After families know their times: what they say, and what the school has to change.

One rule for both: all that families know stays, and only those who are concerned get another time, at once, where one
is free. Where none is, a person of the office finds them on a list, and the family hears by when.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from porchlight.activity.record import record
from porchlight.conversations.on_errands import by_the_end_of_school
from porchlight.conversations.tell import tell
from porchlight.conversations.utterance import Utterance
from porchlight.conversations.wording import Words
from porchlight.delivery.content import Recipient
from porchlight.meetings import signals
from porchlight.meetings.arranging import call_off
from porchlight.meetings.models import (
    GuestSeat,
    HostTime,
    LateChange,
    Meeting,
    Round,
    RoundDay,
    RoundHost,
    Wish,
    Word,
)
from porchlight.meetings.planned.locking import locked
from porchlight.meetings.planned.moving import to_board
from porchlight.meetings.planned.standing import Standing, standing_of
from porchlight.meetings.planned.telling import HOLD, seats_of, tell_wishes
from porchlight.meetings.planned.words import no_other_time, off
from porchlight.meetings.planner.first import urgency
from porchlight.meetings.planner.placing import best_place
from porchlight.schools.actors import Actor, school_itself, system
from porchlight.schools.models import School
from porchlight.toolbox import school_time

Why, Outcome = LateChange.Why, LateChange.Outcome


@receiver(signals.said_together)
def heard(sender: type, seats: Sequence[GuestSeat], word: Word, now: datetime, **_: Any) -> None:
    """What an adult said to times of a round. Another time is looked for by a worker, in a moment."""
    for seat in seats:
        wish = Wish.objects.filter(meeting=seat.meeting_id, round__told_at__isnull=False).first()
        if wish is None:
            continue
        LateChange.objects.in_school(wish.school_id).unsettled().filter(wish=wish).exclude(
            why=Why.SCHOOL
        ).delete()  # the last word counts
        if word == Word.YES:
            its = LateChange.objects.filter(wish=wish, starts_at=seat.meeting.starts_at)
            its.exclude(why=Why.SCHOOL).delete()  # it suits after all
        elif word == Word.ANOTHER:
            note(wish, seat.meeting, Why.ANOTHER, now=now)
        elif word == Word.CANNOT:
            _cannot(wish, seat, now)


def note(
    wish: Wish, meeting: Meeting, why: LateChange.Why, *, now: datetime, by: Actor | None = None
) -> None:
    """This time does not suit; to be settled. One that waits already is not noted twice."""
    from porchlight.meetings.planned.tasks import settle_on

    LateChange.objects.get_or_create(
        school_id=wish.school_id,
        wish=wish,
        settled_at=None,
        defaults={
            "starts_at": meeting.starts_at, "ends_at": meeting.ends_at, "why": why, "at": now,
            "by_id": by.post_id if by is not None else None,
        },
    )  # fmt: skip
    transaction.on_commit(partial(settle_on.enqueue, wish.school_id, wish.round_id))


def _cannot(wish: Wish, seat: GuestSeat, now: datetime) -> None:
    """Free again, once none of those who were to come can. Another adult of the home may come alone."""
    meeting = seat.meeting
    if meeting.guests.exclude(word=Word.CANNOT).exists():
        return
    call_off(meeting, why="family", by=system(wish.school_id), now=now)
    LateChange.objects.create(
        school_id=wish.school_id, wish=wish, starts_at=meeting.starts_at, ends_at=meeting.ends_at,
        why=Why.CANNOT, at=now, settled_at=now, outcome=Outcome.FREED,
    )  # fmt: skip
    Wish.objects.filter(pk=wish.pk).update(pinned_by=None)


@transaction.atomic
def away(host: RoundHost, day: RoundDay, *, by: Actor, now: datetime) -> int:
    """This colleague is not there on this day. Whom that concerns gets another time; how many wishes that are.

    As long as families know nothing, the plan is only at odds with it: the office sees that, and plans anew.
    """
    round_ = locked(host.round_id)
    HostTime.objects.in_school(round_.school_id).filter(host=host, day=day).delete()
    record("round.host_away", about=host, by=by, day=day.pk)
    if round_.told_at is None:
        return 0
    local = datetime.combine(day.day, day.starts, tzinfo=round_.school.zone)
    begins = max(now, local.replace(hour=0, minute=0))
    held = Meeting.objects.in_school(round_.school_id).standing().of_staff(host.staff_id)
    held = held.between(begins, local.replace(hour=0, minute=0) + timedelta(days=1))
    wishes = list(Wish.objects.filter(round=round_, meeting__in=held).select_related("meeting"))
    for wish in wishes:
        if wish.meeting is not None:
            note(wish, wish.meeting, Why.SCHOOL, now=now, by=by)
    return len(wishes)


def settle(round_: Round, *, now: datetime) -> None:
    """Another time for every wish that waits for one, family after family."""
    rows = LateChange.objects.in_school(round_.school_id).unsettled().filter(wish__round=round_)
    waiting = sorted(rows.values_list("wish__party", "pk"))
    for _party, group in groupby(waiting, key=lambda one: one[0]):
        _settle(round_, [pk for _p, pk in group], now)


@transaction.atomic
def _settle(round_: Round, ids: Sequence[int], now: datetime) -> None:
    round_ = locked(round_)
    rows = LateChange.objects.in_school(round_.school_id).unsettled().filter(pk__in=ids)
    changes = {one.wish.key: one for one in rows.select_related("wish__meeting__student")}
    standing = standing_of(round_, now=now)
    found = _placed(standing, list(changes))
    by = school_itself(round_.school)
    for key, change in changes.items():
        if key in found:
            to_board(standing, key, by=by, now=now)
        change.settled_at, change.outcome = now, Outcome.MOVED if key in found else Outcome.NONE
        change.save(update_fields=["settled_at", "outcome"])
    Wish.objects.in_school(round_.school_id).filter(key__in=found).update(pinned_by=None)
    for why, how in ((Why.ANOTHER, "found"), (Why.SCHOOL, "changed")):
        if keys := [key for key in found if changes[key].why == why]:
            tell_wishes(round_, keys, how, by=by, now=now)
    for key, change in changes.items():
        if key not in found:
            _sorry(round_, change, now)


def _placed(standing: Standing, keys: Sequence[str]) -> list[str]:
    """On the board: all of them away, then each where it fits best beside what stands; else where it was."""
    board = standing.board
    numbers = [number for key in keys if (number := standing.number(key)) is not None]
    before = {number: board.take(number) for number in numbers if board.held[number] is not None}
    found = []
    for number in sorted(numbers, key=lambda one: urgency(board, one)):
        place = best_place(board, board.wishes[number], None)
        if place is None:
            continue
        cost, way, start = place
        if (start, way) != (before[number][1:3] if number in before else None):
            board.put(number, way, start, cost)
            found.append(board.wishes[number].key)
    return found


def _sorry(round_: Round, change: LateChange, now: datetime) -> None:
    """None was free. A time that the family could have stays theirs; one at which nobody is there is off."""
    meeting, school = change.wish.meeting, round_.school
    if meeting is None or not meeting.is_on:
        return
    due = by_the_end_of_school(school, now + timedelta(days=1))
    seats = seats_of(round_, [change.wish.key], now)
    if change.why == Why.SCHOOL:
        words_for = off
        call_off(meeting, why="school", by=system(school.pk), now=now)
    else:
        words_for = no_other_time
    if meeting.told_at is not None:
        for seat in (of_one[0] for of_one in seats):
            _tell(school, seat, words_for(seat, school, by=due), now)


def _tell(school: School, seat: GuestSeat, words: Words, now: datetime) -> None:
    tell(
        school=school,
        recipients=[Recipient(seat.guardian, (seat.meeting.student,))],
        utterance=Utterance(words=words),
        by=school_itself(school),
        now=now,
        hold=HOLD,
    )


@transaction.atomic
def put_in(round_: Round, *, by: Actor, now: datetime) -> list[str]:
    """Whatever fits beside what stands, touching nobody else; the keys of the wishes that have a time now.

    Told at once where families know theirs.
    """
    round_ = locked(round_)
    standing = standing_of(round_, now=now)
    open_ = [one.key for one in standing.planner.wishes if standing.board.held[one.number] is None]
    at_odds = standing.at_odds.keys()
    found = _placed(standing, [key for key in open_ if key not in at_odds])
    for key in found:
        to_board(standing, key, by=by, now=now)
    if found and round_.told_at is not None:
        tell_wishes(round_, found, "times", by=school_itself(round_.school), now=now)
    record("round.filled", about=round_, by=by, held=len(found))
    return found


def work(school_id: int, round_id: int) -> None:
    """In a worker: settle what waits."""
    from porchlight.schools.wall import school_context

    school = School.objects.get(pk=school_id)
    with school_context(school):
        round_ = Round.objects.in_school(school).filter(pk=round_id).exclude(told_at=None).first()
        if round_ is not None:
            round_.school = school
            settle(round_, now=school_time.now())
