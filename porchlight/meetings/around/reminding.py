"""Reminding a family of its meetings, in its language and on its channel; and hearing: coming, late, cannot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from porchlight.activity.record import record
from porchlight.conversations.asking import Verdict, register_owner
from porchlight.conversations.models import Answer, Shape
from porchlight.conversations.placing import thread_between
from porchlight.conversations.questions import Option, put_question
from porchlight.conversations.saying import Line, Value, in_each_language, line, said_at_home, said_in_all
from porchlight.conversations.tell import NOTICE_HOLD
from porchlight.conversations.wording import Words
from porchlight.languages.phrases import say as phrase
from porchlight.meetings.around.due import Calendar, groups
from porchlight.meetings.arranging import say
from porchlight.meetings.joining import link_of
from porchlight.meetings.models import (
    Before,
    DayWord,
    GuestSeat,
    Meeting,
    Mode,
    OnTheDay,
    Reminder,
    Sort,
    Word,
)
from porchlight.schools.actors import Actor, school_itself
from porchlight.schools.models import School

OWNER = "meetings.today"
WORDS = {"1": OnTheDay.COMING, "2": OnTheDay.LATE, "3": OnTheDay.CANNOT}
ON_BUTTONS = {"1": "meeting_coming", "2": "meeting_late", "3": "meeting_cannot"}
FIRST_LINE = {Before.DAY: "meeting_near", Before.HOUR: "meeting_soon"}


def remind(school: School, *, now: datetime) -> int:
    """Remind whoever is due; how many messages that made. Twice does nothing more."""
    return sum(_remind(seats, before, now) for (_who, _day, before), seats in groups(school, now).items())


@transaction.atomic
def _remind(seats: Sequence[GuestSeat], before: Before, now: datetime) -> bool:
    """One message about all of them. The seats are locked, so that of two workers one finds nothing left to do."""
    list(GuestSeat.objects.select_for_update().filter(pk__in=[one.pk for one in seats]).values_list("pk"))
    done = Reminder.objects.filter(seat__in=seats, before=before).values_list("seat", "revision")
    left = [one for one in seats if (one.pk, one.meeting.revision) not in set(done)]
    if not left:
        return False
    meeting, guardian = left[0].meeting, left[0].guardian
    options = [Option(key, in_each_language(name, meeting.school)) for key, name in ON_BUTTONS.items()]
    message = put_question(
        thread_between(guardian, meeting.student), words_about(left, before), Shape.CHOOSE_ONE, options,
        owner=OWNER, closes_at=max(one.meeting.ends_at for one in left), by=school_itself(meeting.school), now=now,
        hold=NOTICE_HOLD,
    )  # fmt: skip
    Reminder.objects.bulk_create(
        Reminder(
            school_id=one.school_id,
            seat=one,
            before=before,
            revision=one.meeting.revision,
            ask=message.ask,
            at=now,
        )
        for one in left
    )
    return True


def words_about(seats: Sequence[GuestSeat], before: Before) -> Words:
    """One line for each meeting, on the clock of the home."""
    school, guardian = seats[0].meeting.school, seats[0].guardian
    lines = [line(FIRST_LINE[before]), *(_line(one.meeting) for one in seats)]
    links = [link for one in seats if (link := link_of(one.meeting, for_host=False))]
    lines += [line("", words=link) for link in dict.fromkeys(links)]
    return said_at_home(lines, guardian, school)


def _line(meeting: Meeting) -> Line:
    """Whose child, when, where, with whom. Of counselling neither where nor with whom: others may hold the phone."""
    about: dict[str, Value] = {"child": meeting.student.short_name, "when": meeting.starts_at}
    if meeting.sort == Sort.COUNSELLING:
        return line("meeting_line", **about)
    ways = {Mode.PHONE: "meeting_by_phone", Mode.VIDEO: "meeting_by_video"}
    way = ways.get(Mode(meeting.mode))
    where = said_in_all([line(way)], meeting.school) if way else meeting.place
    return line("meeting_line", **about, text=where, name=meeting.names)


@transaction.atomic
def say_on_the_day(seat: GuestSeat, word: OnTheDay, *, by: Actor, now: datetime) -> DayWord:
    """Coming, a little late, or not after all. Who cannot has said so to the meeting too; who comes, has said yes."""
    said = DayWord.objects.create(
        school_id=seat.school_id,
        seat=seat,
        word=word,
        revision=seat.meeting.revision,
        at=now,
        said_by_id=by.post_id if by.is_staff else None,
    )
    record("meeting.day_word", about=seat, by=by, word=str(word))
    now_said = Word.CANNOT if word == OnTheDay.CANNOT else Word.YES
    if seat.word != now_said:
        say(seat, now_said, by=by, now=now)
    return said


def hear(answer: Answer) -> Verdict:
    """For every meeting the message named that still stands as it said. The same answer twice changes nothing."""
    reminders = list(
        Reminder.objects.in_school(answer.school_id)
        .filter(ask=answer.ask)
        .select_related("seat__meeting", "seat__guardian")
        .order_by("pk")
    )
    if not reminders or not answer.keys:
        return Verdict()
    standing = [
        one.seat for one in reminders if one.seat.meeting.is_on and one.revision == one.seat.meeting.revision
    ]
    if not standing:
        name = "meeting_has_moved" if any(one.seat.meeting.is_on for one in reminders) else "meeting_is_off"
        adult = reminders[0].seat.guardian
        return Verdict(accepted=False, words=phrase(name, adult.reading, of=adult.school))
    word = WORDS[answer.keys[0]]
    for seat in standing:
        if not DayWord.objects.filter(seat=seat, at=answer.at, word=word).exists():
            say_on_the_day(seat, word, by=seat.guardian.actor(), now=answer.at)
    return Verdict()


def moved(*, meeting: Meeting, now: datetime, **_: object) -> None:
    """The word that it moved is itself the reminder, where the one for the new time would have been due before.

    Of a plan that no family knows of, nobody is told that it moved.
    """
    if meeting.told_at is None:
        return
    calendar = Calendar(meeting.school)
    for seat in meeting.guests.select_related("guardian"):
        for before in Before:
            if calendar.moment_of(before, meeting, seat.guardian) <= now:
                Reminder.objects.get_or_create(
                    school_id=meeting.school_id, seat=seat, before=before, revision=meeting.revision,
                    defaults={"at": now},
                )  # fmt: skip


register_owner(OWNER, hear)
