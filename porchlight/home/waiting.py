"""Who waits for an answer: their words, since when, and by when we said we would answer. Oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from porchlight.conversations.hours import Promises
from porchlight.conversations.models import Message, StandIn, Thread
from porchlight.conversations.showing import heard_words
from porchlight.design.lights import Light
from porchlight.design.moments import answer_due, moment
from porchlight.design.parts import Action, HomeRow, Saying, Tag
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.toolbox.gaps import Gap, Many, Question
from porchlight.toolbox.scripts import autonym

ROWS = 5  # shown at first; the rest are counted, and a tap away
MOST = 200  # shown when all are asked for


@dataclass(frozen=True, slots=True)
class Waiting:
    """What homes said and nobody at school has answered."""

    rows: Sequence[HomeRow]
    count: int
    overdue: int
    all_asked: bool = False  # this colleague wants to see every one


def waiting_for(
    school: School, actor: Actor, *, now: datetime, promises: Promises | None = None, all_asked: bool = False
) -> Waiting:
    """The oldest of them, and how many there are, among the children this colleague may see."""
    theirs = Message.objects.visible_to(actor).waiting(Thread.objects.read_by(actor))
    waiting = list(theirs.values_list("pk", "said_at"))
    if not waiting:
        return Waiting(rows=[], count=0, overdue=0, all_asked=all_asked)
    given = _handed(school.pk, school.local(now).date(), connection.vendor)
    handed = set(given.ask(staff=actor.post_id))
    shown = waiting[: MOST if all_asked else ROWS]
    oldest = _with_people(connection.vendor).ask(messages=[pk for pk, _said_at in shown])
    promises = promises or Promises(school, now)
    overdue_before = promises.overdue_before
    return Waiting(
        rows=[
            _row(school, message, promises.due(message.said_at), now, is_handed=message.thread_id in handed)
            for message in oldest
        ],
        count=len(waiting),
        overdue=sum(said_at < overdue_before for _pk, said_at in waiting),
        all_asked=all_asked,
    )


@lru_cache(maxsize=64)
def _handed(school: int, today: date, _vendor: str) -> Question[int]:
    mine = StandIn.objects.in_school(school).on(today).filter(staff=Gap("staff"))
    return Question(mine.values_list("thread", flat=True))


@lru_cache(maxsize=2)
def _with_people(_vendor: str) -> Question[Message]:
    """Of messages that this colleague was found to see."""
    rows = Message.objects.filter(pk__in=Many("messages")).order_by("said_at", "pk")
    return Question(rows.select_related("thread__guardian", "thread__student", "listening", "rendering"))


def _row(school: School, message: Message, due: datetime, now: datetime, *, is_handed: bool) -> HomeRow:
    guardian, student = message.thread.guardian, message.thread.student
    tags = [Tag(answer_due(due, now=now, zone=school.zone), "care" if due < now else "")]
    if is_handed:
        tags.append(Tag(_("Handed to you"), "info"))
    if message.media:
        tags.append(Tag(_("Voice note or picture"), "info"))
    return HomeRow(
        name=str(guardian) or student.short_name,
        light=Light.LIT,  # they have just spoken with us
        about=f"{student.short_name} · {autonym(guardian.reading)}",
        said=heard_words(message) or (Saying(message.text, message.language) if message.text else None),
        translation=_in_our_language(message),
        tags=tags,
        note=_("since %(when)s") % {"when": moment(message.said_at, now=now, zone=school.zone)},
        actions=[Action(_("Answer"), thread_url(school, student.key, guardian.key))],
    )


def _in_our_language(message: Message) -> Saying | None:
    """What they wrote in another language, as it was translated."""
    row = getattr(message, "rendering", None)
    return Saying(row.text, row.language) if row is not None else None


def thread_url(school: School, student_key: str, guardian_key: str) -> str:
    """Where one adult is answered about one child."""
    return reverse(
        "conversations:thread",
        kwargs={"school": school.slug, "student_key": student_key, "guardian_key": guardian_key},
    )
