"""Who reads what a home writes, and when: the home hears it once while that colleague rests.

Whom the thread was handed to; else the colleague who last wrote there; else who leads the class.
Nobody's rest is broken by it, and what somebody must know at once goes other ways (`alarm.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db import connection
from django.db.models import DateTimeField

from porchlight.conversations.heard import Words
from porchlight.conversations.models import Message, StandIn, Thread
from porchlight.conversations.placing import guardians_at
from porchlight.delivery.actions import serve
from porchlight.delivery.content import ServiceKind
from porchlight.delivery.models import Parcel
from porchlight.design.moments import clock, moment
from porchlight.families.models import Address, Enrolment, Guardian
from porchlight.families.models.people import SEES_EVERY_CHILD, in_force
from porchlight.languages import phrases
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, StaffMember, Teaching
from porchlight.schools.reading import Readers, readers
from porchlight.toolbox.gaps import Gap, Question

STILL_THEIRS = timedelta(days=28)  # who wrote here so lately is who is written to
BETWEEN = {"thread__guardian": Gap("guardian"), "thread__student": Gap("student")}


@dataclass(frozen=True, slots=True)
class Reader:
    """The colleague a home's words are for; `instead_of` is who is away, for whom they answer."""

    staff: StaffMember
    instead_of: StaffMember | None
    reads_at: datetime
    quiet_since: datetime
    now: datetime
    reads_until: datetime | None = None  # where they read now
    stand_in: StandIn | None = None  # the thread was given to them, or to whom they cover

    @property
    def reads_now(self) -> bool:
        """Nothing is to be said."""
        return self.reads_at <= self.now

    def places(self, guardian: Guardian, school: School) -> dict[str, str]:
        """Their name, and the hour on this adult's clock in the language they read."""
        zone, tag = guardian.zone(school.zone), guardian.reading
        return {
            "sender": self.staff.name,
            "when": moment(self.reads_at, now=self.now, zone=zone, language=tag),
        }


def reader_of(thread: Thread, now: datetime) -> Reader | None:
    """None where nobody in particular is written to, or the calendar does not say when they read."""
    return reader_for(thread.school, guardian_id=thread.guardian_id, student_id=thread.student_id, now=now)


def reader_for(school: School, *, guardian_id: int, student_id: int, now: datetime) -> Reader | None:
    """The same of two who may not have spoken yet."""
    whose = whose_words(school, guardian_id=guardian_id, student_id=student_id, now=now)
    return None if whose is None else whose.reader(readers(school, [whose.staff.pk], now))


@dataclass(frozen=True, slots=True)
class Whose:
    """To whom a home's words go, before anybody asked when they read."""

    staff: StaffMember
    stand_in: StandIn | None

    def reader(self, found: Readers) -> Reader | None:
        """They, or who covers them; None where the calendar does not say when they read. `found` knows of them."""
        staff, instead_of = self.staff, None
        away = found.away_now(staff.pk)
        other = away.colleague if away is not None else None
        if other is not None and other.left_at is None and found.away_now(other.pk) is None:
            staff, instead_of = other, staff
        at = found.reads_at(staff.pk)
        if at is None:
            return None
        quiet, until = found.quiet_since(staff.pk), found.reads_until(staff.pk)
        return Reader(staff, instead_of, at, quiet, found.now, until, self.stand_in)


def whose_words(school: School, *, guardian_id: int, student_id: int, now: datetime) -> Whose | None:
    """Of one adult about one child."""
    stand_in = _stand_in(school, guardian_id, student_id, now)
    if stand_in is not None:
        return Whose(stand_in.staff, stand_in)
    teaching = _teaching(school, student_id, now)
    staff = _last_to_write(school, guardian_id, student_id, teaching, now) or _lead(teaching)
    return Whose(staff, None) if staff is not None else None


def _stand_in(school: School, guardian_id: int, student_id: int, now: datetime) -> StandIn | None:
    question = _given(school.pk, school.local(now).date(), connection.vendor)
    return question.first(guardian=guardian_id, student=student_id)


@lru_cache(maxsize=64)
def _given(school: int, today: date, _vendor: str) -> Question[StandIn]:
    rows = StandIn.objects.in_school(school).on(today).select_related("staff")
    return Question(rows.filter(**BETWEEN).order_by("pk")[:1])


def _last_to_write(
    school: School, guardian_id: int, student_id: int, teaching: Sequence[Teaching], now: datetime
) -> StaffMember | None:
    """Still here, and still to do with this child."""
    question = _replies(school.pk, connection.vendor)
    last = question.first(guardian=guardian_id, student=student_id, since=now - STILL_THEIRS)
    staff = last.staff if last is not None else None
    if staff is None or staff.left_at is not None:
        return None
    teaches = any(one.staff_id == staff.pk for one in teaching)
    return staff if teaches or staff.roles.filter(role__in=SEES_EVERY_CHILD).exists() else None


@lru_cache(maxsize=64)
def _replies(school: int, _vendor: str) -> Question[Message]:
    rows = Message.objects.in_school(school).standing().replies().filter(**BETWEEN)
    rows = rows.filter(said_at__gte=Gap("since", DateTimeField())).select_related("staff")
    return Question(rows.order_by("-said_at", "-pk")[:1])


def _lead(teaching: Sequence[Teaching]) -> StaffMember | None:
    return next((one.staff for one in teaching if one.staff.left_at is None), None)


def _teaching(school: School, student_id: int, now: datetime) -> list[Teaching]:
    """Who teaches the child today; who leads a class of theirs first."""
    return _teachers(school.pk, school.local(now).date(), connection.vendor).ask(student=student_id)


@lru_cache(maxsize=64)
def _teachers(school: int, today: date, _vendor: str) -> Question[Teaching]:
    places = Enrolment.objects.in_school(school).filter(in_force(today), student=Gap("student"))
    classes = places.filter(school_class__closed_at=None).values("school_class")
    rows = Teaching.objects.in_school(school).filter(in_force(today), school_class__in=classes)
    return Question(rows.select_related("staff").order_by("-is_lead", "pk"))


def for_the_night(
    address: Address | None, message: Message | None, now: datetime
) -> tuple[Reader | None, str]:
    """Who reads these words; and a sentence of it for the reply that goes while school is closed.

    Neither of words that need nobody any more. No sentence where they read now, or where their language has none.
    """
    if address is None or message is None or message.settled_at is not None:
        return None, ""
    reader = reader_of(message.thread, now)
    adults = guardians_at(address)
    if reader is None or reader.reads_now or not adults:
        return reader, ""
    places = reader.places(adults[0], message.school)
    said = phrases.saying(
        "reads_it", adults[0].reading, of=message.school, fallback=phrases.LAST_RESORT, **places
    )
    of_the_reply = phrases.book_for(adults[0].reading)
    return reader, said.text if said.language == of_the_reply else ""


def still_reads(address: Address | None, reader: Reader | None) -> dict[str, str] | None:
    """Who reads these words now, and until which hour on the home's clock; None: nobody is said to."""
    adults = guardians_at(address) if address is not None else []
    if reader is None or reader.reads_until is None or not adults:
        return None
    zone, tag = adults[0].zone(reader.staff.school.zone), adults[0].reading
    return {"sender": reader.staff.name, "when": clock(reader.reads_until, zone=zone, language=tag)}


def own_morning(actor: Actor, school: School, now: datetime) -> datetime | None:
    """When a colleague who writes at rest reads again: their words may wait until then. None: they read now."""
    if actor.post_id is None:
        return None
    return readers(school, [actor.post_id], now).morning_of(actor.post_id)


def say_when_read(
    school: School, address: Address | None, words: Words, reader: Reader | None, now: datetime
) -> bool:
    """While school is open and they rest: once until they read again. Whether anything was to be said."""
    adults = guardians_at(address) if address is not None else []
    if address is None or reader is None or reader.reads_now or not adults:
        return False
    lately = Parcel.objects.in_school(school).filter(
        service_kind=ServiceKind.READS_LATER.value,
        deliveries__address=address,
        created_at__gte=reader.quiet_since,
    )
    if not lately.exists():
        kind, places = ServiceKind.READS_LATER, reader.places(adults[0], school)
        language, account = adults[0].reading, words.line
        serve(school=school, kind=kind, to=address, language=language, now=now, account=account, **places)
    return True
