"""What a family is asked about a visit, in its thread, on whatever channel it has. Nothing personal is in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet

from porchlight.conversations.models import Ask, Shape
from porchlight.conversations.placing import thread_between
from porchlight.conversations.questions import Option, put_question
from porchlight.conversations.saying import Line, in_each_language, line, said_at_home, said_in_all
from porchlight.conversations.tell import NOTICE_HOLD, take_back, tell
from porchlight.conversations.utterance import Utterance
from porchlight.conversations.wording import Words
from porchlight.delivery.content import Recipient
from porchlight.files.models import StoredFile
from porchlight.meetings.models import Asking, Visit, VisitAsk, VisitTime, Welcome, Where
from porchlight.meetings.reached import by_text_alone
from porchlight.schools.actors import Actor, school_itself
from porchlight.schools.models import School

OWNER = "meetings.visits"
OPEN_FOR = timedelta(days=21)
MOST_TIMES = 6
STRAIGHT_AWAY = timedelta()

WELCOMES = {"1": Welcome.HOME, "2": Welcome.ELSEWHERE, "3": Welcome.LATER, "4": Welcome.NO}
ELSEWHERE = {"1": Where.CAFE, "2": Where.WORSHIP, "3": Where.PARK, "4": Where.LIBRARY, "5": Where.SCHOOL}
ANYWHERE = {**ELSEWHERE, "6": Where.HOME}
LATERS = {"1": "visit_3_months", "2": "visit_6_months", "3": "visit_we_say"}
SUITS = {"1": "visit_suits", "2": "meeting_another", "3": "visit_later"}
WELCOME_WORDS = {
    Welcome.HOME: "visit_yes_home",
    Welcome.ELSEWHERE: "visit_yes_elsewhere",
    Welcome.LATER: "visit_later",
    Welcome.NO: "visit_no",
}


def ask_whether(visit: Visit, *, by: Actor, now: datetime) -> VisitAsk:
    """May we come? At home, somewhere else, later, no thank you."""
    who = visit.staff.name if visit.staff is not None else visit.student.school.name
    child = visit.student.short_name
    words = (
        _said(visit, "visit_serious", who=who, child=child)
        if visit.is_serious
        else _said(visit, "visit_offer", child=child)
    )
    options = _options(visit, ((key, WELCOME_WORDS[word]) for key, word in WELCOMES.items()))
    return _put(visit, Asking.WHETHER, words, options, by=by, now=now, hold=NOTICE_HOLD)


def ask_where(visit: Visit, *, now: datetime, is_theirs: bool = False) -> VisitAsk:
    """Which place. `is_theirs`: the family asked for the visit, so that it is thanked, and home is among the places."""
    places = ANYWHERE if is_theirs else ELSEWHERE
    words = _said(visit, "visit_asked_back" if is_theirs else "visit_ask_place")
    options = _options(visit, ((key, f"visit_{place}") for key, place in places.items()))
    return _put(visit, Asking.WHERE, words, options, by=_us(visit), now=now)


def ask_when(visit: Visit, *, now: datetime) -> VisitAsk | None:
    """One of the times that were offered and are still to come; None when there are none."""
    times = list(free_times(visit, now)[:MOST_TIMES])
    if not times:
        return None
    options = [Option(str(number), at=one.starts_at) for number, one in enumerate(times, 1)]
    return _put(
        visit, Asking.WHEN, _said(visit, "visit_ask_time"), options, by=_us(visit), now=now,
        shape=Shape.CHOOSE_TIME, closes_at=min(now + OPEN_FOR, times[-1].starts_at),
    )  # fmt: skip


def ask_later(visit: Visit, *, now: datetime) -> VisitAsk:
    """When we may ask again."""
    return _put(
        visit,
        Asking.LATER,
        _said(visit, "visit_ask_later"),
        _options(visit, LATERS.items()),
        by=_us(visit),
        now=now,
    )


def ask_suits(visit: Visit, *, by: Actor, now: datetime) -> VisitAsk:
    """Who comes, when and where: told before, and asked whether it suits. Until we knock, “later” is one answer."""
    meeting = visit.meeting
    if meeting is None or visit.first is None or visit.second is None:
        raise ValueError("A visit without its day is not told.")
    close_questions(visit, now=now)
    words = _said(
        visit, "visit_told", first=visit.first.name, second=visit.second.name, when=meeting.starts_at,
        place=label_of(Where(visit.place), visit.student.school), child=visit.student.short_name,
        interpreter=meeting.interpreter.name if meeting.interpreter is not None else "",
    )  # fmt: skip
    asked = _put(
        visit,
        Asking.SUITS,
        words,
        _options(visit, SUITS.items()),
        by=by,
        now=now,
        closes_at=meeting.starts_at,
    )
    asked.revision = meeting.revision
    asked.save(update_fields=["revision"])
    return asked


def close_questions(visit: Visit, *, now: datetime) -> None:
    """What was asked before is settled: a digit now means what is asked next."""
    asked = visit.questions.values("ask")
    Ask.objects.in_school(visit.school_id).filter(pk__in=asked, closed_at=None).update(closed_at=now)


def tell_of_note(visit: Visit, *, by: Actor, now: datetime) -> None:
    """There is a note to read and to put right. Not one word of it travels; who has keys alone may be rung instead."""
    lines = [line("visit_note", who=by.name)]
    if by_text_alone([visit.guardian]):
        lines.append(line("reply_call"))
    tell_them(visit, lines, by=by, now=now)


def tell_it_is_off(visit: Visit, *, now: datetime) -> None:
    """The school cannot come after all."""
    tell_them(visit, [line("meeting_is_off")], by=_us(visit), now=now)


def free_times(visit: Visit, now: datetime) -> QuerySet[VisitTime]:
    """Those to come, in their order."""
    return visit.times.filter(starts_at__gt=now).order_by("starts_at")


def label_of(place: Where, school: School) -> Words:
    """The place in every language."""
    return said_in_all([line(f"visit_{place}")], school)


def _options(visit: Visit, pairs: Iterable[tuple[str, str]]) -> list[Option]:
    return [Option(key, in_each_language(name, visit.student.school)) for key, name in pairs]


def _said(visit: Visit, name: str, **places: Words | datetime | str) -> Words:
    return said_at_home([line(name, **places)], visit.guardian, visit.student.school)


def _us(visit: Visit) -> Actor:
    return school_itself(visit.student.school)


def tell_them(visit: Visit, lines: Sequence[Line], *, by: Actor, now: datetime) -> None:
    """Something that asks nothing."""
    tell(
        school=visit.student.school,
        recipients=[Recipient(visit.guardian, (visit.student,))],
        utterance=Utterance(words=said_at_home(lines, visit.guardian, visit.student.school)),
        by=by,
        now=now,
    )


def ask_right(
    visit: Visit, lines: Sequence[Line], aloud: Sequence[Line], options: Sequence[Option], *, version: int,
    recording: StoredFile | None, by: Actor, now: datetime,
) -> VisitAsk:  # fmt: skip
    """Whether what was written down is right. `aloud` is said to them; in the thread stand `lines`: no word of it."""
    close_questions(visit, now=now)
    said, home = said_at_home, (visit.guardian, visit.student.school)
    asked = _put(
        visit, Asking.NOTE, said(lines, *home), options, by=by, now=now, hold=NOTICE_HOLD,
        travels=said(aloud, *home), read_out=recording,
    )  # fmt: skip
    asked.revision = version
    asked.save(update_fields=["revision"])
    return asked


def take_note_back(visit: Visit, *, by: Actor, now: datetime) -> None:
    """Other words are written: nobody is rung any more about those before, and nothing said to them counts."""
    for asked in visit.questions.filter(asking=Asking.NOTE, ask__closed_at=None).select_related(
        "ask__message"
    ):
        if asked.ask.message is not None:
            take_back(asked.ask.message, by=by, now=now)
    close_questions(visit, now=now)


def _put(
    visit: Visit, asking: Asking, words: Words, options: Sequence[Option], *, by: Actor, now: datetime,
    shape: Shape = Shape.CHOOSE_ONE, closes_at: datetime | None = None, hold: timedelta = STRAIGHT_AWAY,
    travels: Words | None = None, read_out: StoredFile | None = None,
) -> VisitAsk:  # fmt: skip
    thread = thread_between(visit.guardian, visit.student)
    message = put_question(
        thread, words, shape, options, owner=OWNER, closes_at=closes_at or now + OPEN_FOR, by=by, now=now,
        hold=hold, travels=travels, read_out=read_out,
    )  # fmt: skip
    return VisitAsk.objects.create(
        school_id=visit.school_id, ask=message.ask, visit=visit, asking=asking, asked_at=now
    )
