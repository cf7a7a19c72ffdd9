"""A student's part in their own meeting: begun by a host, filled by the student, seen by who is at the meeting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from porchlight.activity.record import record
from porchlight.files.keeping import throw_away
from porchlight.files.models import StoredFile
from porchlight.meetings.led.words import link_from
from porchlight.meetings.models import Asked, Meeting, Shown, StudentPart
from porchlight.schools.actors import Actor

MOST_SHOWN, MOST_ASKED = 6, 3

type Portfolio = Callable[[Meeting], Sequence[tuple[str, str]]]

_portfolios: list[Portfolio] = []


class Full(Exception):
    """As many as fit into one meeting are there already."""


class IsOver(Exception):
    """The meeting is off or over: its page is read, and no longer written."""


def register_portfolio(portfolio: Portfolio) -> Portfolio:
    """`portfolio(meeting)` gives pieces of the student's own to choose from: (words, an https address of ours)."""
    if portfolio not in _portfolios:
        _portfolios.append(portfolio)
    return portfolio


def pieces_of(meeting: Meeting) -> list[tuple[str, str]]:
    """What the student may choose from; nothing where no portfolio is kept here."""
    return [piece for portfolio in _portfolios for piece in portfolio(meeting)]


@transaction.atomic
def let_lead(meeting: Meeting, *, by: Actor, now: datetime) -> StudentPart:
    """The student sits in it and begins. Twice changes nothing."""
    part, is_new = StudentPart.objects.get_or_create(
        meeting=meeting, defaults={"school_id": meeting.school_id, "since": now}
    )
    if not meeting.with_student:
        meeting.with_student = True
        meeting.save(update_fields=["with_student"])
    if is_new:
        record("meeting.led_by_student", about=meeting, by=by)
    return part


def may_write(meeting: Meeting, now: datetime) -> bool:
    """Until the meeting ends; one that moved takes what was written along."""
    return meeting.is_on and now < meeting.ends_at


@transaction.atomic
def show(
    part: StudentPart,
    *,
    by: Actor,
    now: datetime,
    words: str = "",
    link: str = "",
    photo: StoredFile | None = None,
) -> Shown:
    """One more thing to show. Raises Full, IsOver, words.NotALink."""
    part = _open(part, now)
    count = part.shown.count()
    if count >= MOST_SHOWN:
        raise Full
    kind = Shown.Kind.PHOTO if photo is not None else Shown.Kind.LINK if link else Shown.Kind.WORDS
    row = Shown.objects.create(
        school_id=part.school_id, part=part, order=count + 1, kind=kind, words=words.strip()[:300],
        link=link_from(link) if link else "", photo=photo,
    )  # fmt: skip
    record("meeting.shown", about=part.meeting, by=by, kind=str(kind))
    return row


@transaction.atomic
def ask(part: StudentPart, *, text: str, by: Actor, now: datetime) -> Asked:
    """One more thing to ask or talk about. Raises Full, IsOver."""
    part = _open(part, now)
    if part.asked.count() >= MOST_ASKED:
        raise Full
    row = Asked.objects.create(school_id=part.school_id, part=part, text=text.strip()[:300], asked_at=now)
    record("meeting.student_asked", about=part.meeting, by=by)
    return row


@transaction.atomic
def take_away(row: Shown | Asked, *, by: Actor, now: datetime) -> None:
    """The student does not want to show or ask it after all. A photo's bytes go too. Raises IsOver."""
    part = _open(row.part, now)
    photo = row.photo if isinstance(row, Shown) else None
    row.delete()
    if photo is not None:
        throw_away(photo)
    record("meeting.student_took_away", about=part.meeting, by=by)


@transaction.atomic
def say_ready(part: StudentPart, *, by: Actor, now: datetime) -> None:
    """That is it, says the student; they may still change it. Raises IsOver."""
    part = _open(part, now)
    part.ready_at = now
    part.save(update_fields=["ready_at"])
    record("meeting.student_ready", about=part.meeting, by=by)


@transaction.atomic
def type_slip(
    part: StudentPart, *, shows: Sequence[str], asks: Sequence[str], by: Actor, now: datetime
) -> None:
    """What a student wrote on paper, in their own words. Raises Full, IsOver."""
    for words in shows:
        show(part, words=words, by=by, now=now)
    for text in asks:
        ask(part, text=text, by=by, now=now)
    StudentPart.objects.filter(pk=part.pk).update(typed_by=by.post_id, ready_at=now)


def _open(part: StudentPart, now: datetime) -> StudentPart:
    part = StudentPart.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=part.pk)
    if not may_write(part.meeting, now):
        raise IsOver
    return part
