"""What a family says to a visit: yes and where, later and from when, no; which time, and whether the day suits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from porchlight.activity.record import record
from porchlight.meetings.arranging import call_off, say
from porchlight.meetings.models import Visit, VisitTime, Welcome, Where, Word
from porchlight.meetings.visits.rules import ASKED_AGAIN_AFTER, care_is_due
from porchlight.schools.actors import Actor, system

YES = (Welcome.HOME, Welcome.ELSEWHERE)


@transaction.atomic
def welcome(visit: Visit, word: Welcome, *, by: Actor, now: datetime, channel: str = "") -> Visit:
    """Yes, later or no. The last word counts, also after a day was arranged: it is then off, and no reason is asked."""
    visit = Visit.objects.select_for_update(of=("self",)).select_related(*WITH).get(pk=visit.pk)
    visit.word, visit.said_at, visit.channel = word, now, channel
    visit.typed_by_id = by.post_id if by.is_staff else None
    if word == Welcome.HOME:
        visit.place = Where.HOME
    elif word == Welcome.ELSEWHERE and visit.place == Where.HOME:
        visit.place, visit.place_words = "", ""
    today = visit.student.school.local(now).date()
    visit.ask_from = today + ASKED_AGAIN_AFTER if word == Welcome.LATER else None
    visit.save(update_fields=["word", "said_at", "channel", "typed_by", "place", "place_words", "ask_from"])
    record("visit.word", about=visit, by=by, word=str(word))
    if word not in YES:
        day_off(visit, why="family", now=now)
    return visit


@transaction.atomic
def choose_place(visit: Visit, place: Where, *, words: str = "", by: Actor, now: datetime) -> Visit:
    """Where. Of a family whose place somebody must not learn, no words are kept."""
    today = visit.student.school.local(now).date()
    kept = "" if care_is_due(visit.student, today) else words.strip()
    word = Welcome.HOME if place == Where.HOME else Welcome.ELSEWHERE
    if visit.word != word:
        visit = welcome(visit, word, by=by, now=now, channel=visit.channel)
    visit.place, visit.place_words = place, kept
    visit.save(update_fields=["place", "place_words"])
    record("visit.place", about=visit, by=by, place=str(place))
    return visit


@transaction.atomic
def choose_times(visit: Visit, starts: Sequence[datetime], *, by: Actor, now: datetime) -> Visit:
    """When they can: of the times that were offered, or others of their own. The last choice counts."""
    visit.times.update(chosen_at=None)
    for at in starts:
        VisitTime.objects.update_or_create(
            school_id=visit.school_id, visit=visit, starts_at=at, defaults={"chosen_at": now}
        )
    record("visit.times", about=visit, by=by, count=len(starts))
    return visit


@transaction.atomic
def ask_again_from(visit: Visit, day: date, *, by: Actor) -> Visit:
    """When the school may ask again: never sooner than the rule says."""
    visit.ask_from = day
    visit.save(update_fields=["ask_from"])
    record("visit.later", about=visit, by=by)
    return visit


@transaction.atomic
def suits(visit: Visit, word: Word, *, by: Actor, now: datetime) -> Visit:
    """What the family says to the day. Another time, please: the day is off, and times are looked for anew."""
    if visit.meeting is None:
        return visit
    seat = visit.meeting.guests.filter(guardian=visit.guardian_id).first()
    if seat is not None and (seat.word, seat.said_at) != (word, now):
        say(seat, word, by=by, now=now)
    if word == Word.ANOTHER:
        visit.times.filter(starts_at=visit.meeting.starts_at).delete()
        visit.times.update(chosen_at=None)
        day_off(visit, why="family", now=now)
    return visit


def day_off(visit: Visit, *, why: str, now: datetime) -> None:
    """The arranged day is off; the visit itself stands as it does."""
    meeting = visit.meeting
    if meeting is None or meeting.starts_at <= now:
        return
    visit.meeting = None
    visit.save(update_fields=["meeting"])
    call_off(meeting, why=why, by=system(visit.school_id), now=now)


WITH = ("student__school", "guardian")
