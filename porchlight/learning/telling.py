"""What families read about an absence: said back kindly in their thread, or asked."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from porchlight.conversations.models import Message, Shape, Thread
from porchlight.conversations.questions import Option, put_question
from porchlight.conversations.tell import NOTICE_HOLD, tell
from porchlight.conversations.utterance import Utterance
from porchlight.conversations.wording import Words
from porchlight.delivery.content import Recipient
from porchlight.design import moments
from porchlight.languages.phrases import languages, saying
from porchlight.languages.provenance import Version
from porchlight.learning.models import Absence, AbsenceQuestion, Asking, Why
from porchlight.schools.actors import school_itself
from porchlight.schools.models import School
from porchlight.toolbox import scripts

OWNER = "learning.absence"
OPEN_FOR = timedelta(days=3)
YESTERDAY, TOMORROW = "1", "2"
STRAIGHT_AWAY = timedelta()

# The answers to "why?", by their digit. The last one is no reason at all: nobody knew.
REASONS: dict[str, tuple[str, Why | None]] = {
    "1": ("absence_is_ill", Why.ILL),
    "2": ("absence_appointment", Why.APPOINTMENT),
    "3": ("absence_family", Why.FAMILY),
    "4": ("absence_late", Why.LATE),
    "5": ("absence_not_known", None),
}


def thank(thread: Thread, why: Why, first: date, last: date, *, past: bool, now: datetime) -> Message:
    """Said back: whom we wrote down, for when, and get well soon. No more than this adult said: what the other parent
    told us is theirs.
    """
    school, today = thread.school, thread.school.local(now).date()
    is_today = first == last == today
    name = "absence_past" if past else f"absence_{'ill' if why == Why.ILL else 'away'}"
    words = _words(thread, name if past or not is_today else f"{name}_today", first, last, now)
    told = tell(
        school=school,
        recipients=[Recipient(thread.guardian, (thread.student,))],
        utterance=Utterance(words=words),
        by=school_itself(school),
        now=now,
        hold=STRAIGHT_AWAY,
    )
    return told.messages[0]


def ask_why(thread: Thread, absence: Absence, *, now: datetime) -> AbsenceQuestion:
    """The child is not here and nobody has told us: the home is asked. Not for half a minute: a tick can slip."""
    options = [
        Option(key, {tag: saying(name, tag, of=thread.school).text for tag in languages()})
        for key, (name, _why) in REASONS.items()
    ]
    words = _words(thread, "absence_ask_why", absence.first_day, absence.last_day, now)
    message = put_question(
        thread, words, Shape.CHOOSE_ONE, options, owner=OWNER, closes_at=now + OPEN_FOR,
        by=school_itself(thread.school), now=now, hold=NOTICE_HOLD,
    )  # fmt: skip
    return AbsenceQuestion.objects.create(
        school_id=thread.school_id,
        ask=message.ask,
        thread=thread,
        asking=Asking.WHY,
        absence=absence,
        first_day=absence.first_day,
        last_day=absence.last_day,
        asked_at=now,
    )


def ask_back(
    thread: Thread, message: Message, *, asking: Asking, why: Why, first: date, last: date, now: datetime
) -> AbsenceQuestion:
    """We are not sure what they wrote: which day, or whether the child stays at home at all."""
    said_on = thread.school.local(message.said_at).date()
    if asking is Asking.DAY:
        near = {YESTERDAY: said_on - timedelta(days=1), TOMORROW: said_on + timedelta(days=1)}
        options = [Option(key, _day_in_all(thread.school, day, now)) for key, day in near.items()]
        shape, phrase = Shape.CHOOSE_ONE, "absence_ask_day"
    else:
        options, shape, phrase = [], Shape.YES_NO, "absence_ask_stays"
    put = put_question(
        thread, _words(thread, phrase, first, last, now), shape, options, owner=OWNER,
        closes_at=now + OPEN_FOR, by=school_itself(thread.school), now=now, hold=STRAIGHT_AWAY,
    )  # fmt: skip
    return AbsenceQuestion.objects.create(
        school_id=thread.school_id,
        ask=put.ask,
        thread=thread,
        asking=asking,
        message=message,
        why=why,
        first_day=first,
        last_day=last,
        asked_at=now,
    )


def _words(thread: Thread, phrase: str, first: date, last: date, now: datetime) -> Words:
    """A phrase in the school's language, with the reader's own version beside it."""
    school, reads = thread.school, thread.guardian.reading
    versions = {
        tag: _phrase(thread, phrase, tag, first, last, now)
        for tag in languages()
        if scripts.same_reading(tag, reads)
    }
    own = _phrase(thread, phrase, school.language, first, last, now)
    return Words(own.text, own.language, versions)


def _phrase(thread: Thread, phrase: str, tag: str, first: date, last: date, now: datetime) -> Version:
    places = {"child": thread.student.short_name, "when": _when(thread, tag, first, last, now)}
    said = saying(phrase, tag, of=thread.school, **places)
    return Version(said.text, said.language, said.provenance)


def _when(thread: Thread, tag: str, first: date, last: date, now: datetime) -> str:
    """With the Islamic day behind it where this adult reads it so."""
    school = thread.school
    beside = thread.guardian.hijri_days(school.hijri_days)

    def day(one: date) -> str:
        return moments.day(one, now=now, zone=school.zone, language=tag, hijri=beside)

    return (
        day(first)
        if first == last
        else saying("days_from_to", tag, of=school, start=day(first), end=day(last)).text
    )


def _day_in_all(school: School, day: date, now: datetime) -> dict[str, str]:
    """Bare: they are buttons, and words that a family may type as they stand."""
    return {tag: moments.day(day, now=now, zone=school.zone, language=tag) for tag in languages()}
