"""A family that was not there is asked what would suit, and whoever answers, what came in between. Nobody is blamed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from porchlight.conversations.asking import Verdict, register_owner
from porchlight.conversations.models import Answer, Ask, Shape
from porchlight.conversations.placing import thread_between
from porchlight.conversations.questions import Option, put_question
from porchlight.conversations.saying import Line, in_each_language, line, said_at_home
from porchlight.conversations.tell import NOTICE_HOLD
from porchlight.errands.actions import ask_for
from porchlight.errands.models import ErrandKind
from porchlight.meetings.arranging import may_be_told
from porchlight.meetings.models import GuestSeat, Instead, Meeting, Missed, Reason, Word
from porchlight.schools.actors import school_itself
from porchlight.schools.calendar import next_school_day

WHAT_SUITS, WHAT_CAME = "meetings.missed", "meetings.missed_why"
OPEN_FOR = timedelta(days=7)
STRAIGHT_AWAY = timedelta()
END_OF_DAY = time(16)
AFTER_MISSED = "missed:"  # and the meeting's key: what an errand is about
SUITS = {
    "1": ("meeting_missed_time", Instead.TIME),
    "2": ("meeting_missed_phone", Instead.PHONE),
    "3": ("meeting_missed_later", Instead.NOT_NOW),
}
REASONS = {
    "1": ("meeting_why_ill", Reason.ILL),
    "2": ("meeting_why_work", Reason.WORK),
    "3": ("meeting_why_transport", Reason.TRANSPORT),
    "4": ("meeting_why_forgot", Reason.FORGOT),
    "5": ("meeting_why_interpreter", Reason.NO_INTERPRETER),
    "6": ("meeting_why_unknown", Reason.DID_NOT_KNOW),
    "7": ("meeting_why_other", Reason.OTHER),
}


def ask_those_missed(meeting: Meeting, *, now: datetime) -> int:
    """Ask each adult who had not said that they could not come, and who may still be told about the child."""
    allowed = may_be_told(meeting.student, now=now)
    asked = 0
    for seat in meeting.guests.exclude(word=Word.CANNOT).select_related("guardian"):
        if seat.guardian_id not in allowed or Missed.objects.filter(seat=seat).exists():
            continue
        words = line("meeting_missed", child=meeting.student.short_name, when=meeting.starts_at)
        ask = _put(seat, meeting, words, SUITS, WHAT_SUITS, now, NOTICE_HOLD)
        Missed.objects.create(school_id=meeting.school_id, seat=seat, ask=ask, asked_at=now)
        asked += 1
    return asked


def _put(
    seat: GuestSeat, meeting: Meeting, words: Line, choices: Mapping[str, tuple[str, object]], owner: str,
    now: datetime, hold: timedelta,
) -> Ask:  # fmt: skip
    options = [Option(key, in_each_language(name, meeting.school)) for key, (name, _what) in choices.items()]
    message = put_question(
        thread_between(seat.guardian, meeting.student), said_at_home([words], seat.guardian, meeting.school),
        Shape.CHOOSE_ONE, options, owner=owner, closes_at=now + OPEN_FOR, by=school_itself(meeting.school),
        now=now, hold=hold,
    )  # fmt: skip
    return message.ask


def hear_what_suits(answer: Answer) -> Verdict:
    """Another time or a call is an errand of the first colleague in it; then, once, what came in between."""
    missed = _of(answer, "ask")
    if missed is None or not answer.keys or missed.instead_at == answer.at:
        return Verdict()
    instead = SUITS[answer.keys[0]][1]
    missed.instead, missed.instead_at = instead, answer.at
    missed.save(update_fields=["instead", "instead_at"])
    meeting = missed.seat.meeting
    if instead != Instead.NOT_NOW:
        _errand(missed, instead)
    if missed.why_ask_id is None:
        words = line("meeting_missed_why")
        missed.why_ask = _put(missed.seat, meeting, words, REASONS, WHAT_CAME, answer.at, STRAIGHT_AWAY)
        missed.save(update_fields=["why_ask"])
    return Verdict()


def _errand(missed: Missed, instead: Instead) -> None:
    meeting = missed.seat.meeting
    host = meeting.hosts.select_related("staff").order_by("pk").first()
    if host is None or missed.instead_at is None:
        return
    school = meeting.school
    due = datetime.combine(
        next_school_day(school, school.local(missed.instead_at).date()), END_OF_DAY, tzinfo=school.zone
    )
    ask_for(
        kind=ErrandKind.DO,
        to=host.staff,
        due_at=due,
        by=school_itself(school),
        about=f"{AFTER_MISSED}{meeting.key}",
        reason=f"meeting_{instead}",
        guardian=missed.seat.guardian,
        student=meeting.student,
    )


def hear_what_came(answer: Answer) -> Verdict:
    """A reason, in their own word. It is counted for the school, and held against nobody."""
    missed = _of(answer, "why_ask")
    if missed is not None and answer.keys:
        missed.reason, missed.reason_at = REASONS[answer.keys[0]][1], answer.at
        missed.save(update_fields=["reason", "reason_at"])
    return Verdict()


def _of(answer: Answer, field: str) -> Missed | None:
    rows = Missed.objects.in_school(answer.school_id).filter(**{field: answer.ask})
    return rows.select_related("seat__guardian", "seat__meeting__school", "seat__meeting__student").first()


register_owner(WHAT_SUITS, hear_what_suits)
register_owner(WHAT_CAME, hear_what_came)
