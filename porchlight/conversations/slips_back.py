"""A slip that came back: its code says whose it is and what was asked, and a colleague types what stands on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from porchlight.activity.record import record
from porchlight.conversations.answering import in_words, keep_answer, threads_of
from porchlight.conversations.asking import options_for, taken_back
from porchlight.conversations.heard import Words, hear_in_thread
from porchlight.conversations.models import Answer, Ask, Message, Shape
from porchlight.conversations.reading import Given, from_field
from porchlight.conversations.signing import stands_again
from porchlight.delivery.by_hand.letters import has_come
from porchlight.delivery.by_hand.lists import not_ones_own
from porchlight.delivery.by_hand.slip_codes import A_CODE, LASTS, code_of, slip_in
from porchlight.delivery.gateways.contract import Option
from porchlight.delivery.models import Delivery
from porchlight.design.direction import page_language
from porchlight.families.models import Channel, Guardian
from porchlight.schools.actors import Actor
from porchlight.schools.live.versions import Topic, changed
from porchlight.schools.models import School
from porchlight.toolbox.keys import ALPHABET

ON_PAPER = "on_paper"  # Message.kind
UNDO_FOR = timedelta(hours=24)
SHOWN = 10
HALF = re.compile(rf"[{ALPHABET}]{{4}}")
IN_ADDRESS = re.compile(r"/start/([^/?#\s]+)")


class NotUnderstood(ValueError):
    """What was typed answers this question in no way."""


@dataclass(frozen=True, slots=True)
class Back:
    """One slip: whose, about whom, and what it asked."""

    slip: Delivery
    guardian: Guardian
    message: Message
    ask: Ask | None

    @property
    def code(self) -> str:
        return code_of(self.slip)

    @property
    def children(self) -> str:
        return ", ".join(about.student.short_name for about in self.slip.parcel.about.all())

    @property
    def options(self) -> Sequence[Option]:
        """What there is to tick, with the number on the slip, in the page's language."""
        if self.ask is None:
            return ()
        return options_for(self.ask, page_language(), self.guardian.zone(self.ask.school.zone))


@dataclass(frozen=True, slots=True)
class Taken:
    """What it came to. `answers` are empty where nothing was asked, or it was too late for the count."""

    answers: Sequence[Answer]
    too_late: bool
    said: str  # in the page's language

    @property
    def refusal(self) -> str:
        """Why the answer could not be taken, in words; empty where it was."""
        return next((one.refusal for one in self.answers if not one.accepted), "")


def find(written: str, *, school: School, actor: Actor, now: datetime) -> Back | None:
    """The slip of a code that was typed (its first half is enough while no other slip begins so), or scanned."""
    slip = _slip(written, school, actor, now)
    if slip is None or slip.parcel.guardian is None:
        return None
    said = Message.objects.visible_to(actor).standing().filter(parcels__parcel=slip.parcel_id).order_by("pk")
    message = said.select_related("thread__guardian", "thread__student", "thread__school", "notice").first()
    if message is None:
        return None
    asks = Ask.objects.in_school(school)
    asks = asks.filter(notice=message.notice_id) if message.notice_id else asks.filter(message=message)
    return Back(slip, slip.parcel.guardian, message, asks.order_by("-pk").first())


def _slip(written: str, school: School, actor: Actor, now: datetime) -> Delivery | None:
    address = IN_ADDRESS.search(written)
    code = re.sub(r"[\s-]", "", address[1] if address else written).lower()
    theirs = Delivery.objects.visible_to(actor).filter(channel=Channel.PAPER)
    mine = not_ones_own(theirs, actor).filter(created_at__gt=now - LASTS)
    if HALF.fullmatch(code):
        rows = mine.exclude(stopped="withdrawn").only("school_id", "reference")
        found = {one: one_code for one in rows if (one_code := code_of(one)).startswith(code)}
        code = found.popitem()[1] if len(found) == 1 else ""
    slip = slip_in(code, school=school, now=now) if A_CODE.fullmatch(code) else None
    return slip if slip is not None and mine.filter(pk=slip.pk).exists() else None


@transaction.atomic
def take(back: Back, *, answer: str, words: str, by: Actor, now: datetime) -> Taken:
    """Keep what stands on the slip: every answer is kept, the last before closing counts. Raises NotUnderstood."""
    if by.post_id is None or not by.is_staff:
        raise PermissionDenied("A colleague types it, by name.")
    given = _given(back, answer)
    too_late = given is not None and back.ask is not None and not back.ask.is_open(now)
    answers: list[Answer] = []
    said = in_words(back.ask, given, page_language()) if back.ask is not None and given is not None else ""
    if back.ask is not None and given is not None and not too_late:
        answers = keep_answer(
            ask=back.ask,
            threads=threads_of(back.ask, [back.guardian]),
            given=given,
            now=now,
            channel=Channel.PAPER,
            typed_by_id=by.post_id,
        )
        for one in answers:
            record("ask.answered", about=one, by=by)
    theirs = "\n".join(
        filter(None, (said if too_late else "", "" if given else answer.strip(), words.strip()))
    )
    if theirs:
        heard = Words(text=theirs, channel=Channel.PAPER, at=now)
        message = hear_in_thread(thread=back.message.thread, words=heard, kind=ON_PAPER)
        record("message.heard", about=message, by=by)
    has_come(back.slip, now)
    return Taken(answers, too_late, said or theirs)


def _given(back: Back, answer: str) -> Given | None:
    """What was typed, as an answer. `13` ticks two boxes of a question that has no box 13."""
    ask = back.ask
    if ask is None or not answer.strip():
        return None
    if ask.shape == Shape.CHOOSE_SEVERAL and answer.isdecimal() and int(answer) > len(ask.options):
        answer = " ".join(answer)
    given = from_field(ask, answer, back.guardian.reading)
    if given is None:
        raise NotUnderstood
    return given


def typed_lately(actor: Actor, now: datetime) -> QuerySet[Answer]:
    """Answers on slips that this colleague typed in the last day, and may take back."""
    mine = Answer.objects.visible_to(actor).filter(typed_by=actor.post_id, channel=Channel.PAPER)
    return mine.filter(at__gt=now - UNDO_FOR).order_by("-pk")


@transaction.atomic
def not_said(answer: Answer, *, by: Actor) -> None:
    """It was another home's slip: the answer, and the words typed with it, were never given."""
    same = Answer.objects.in_school(answer.school_id).filter(
        ask=answer.ask_id,
        at=answer.at,
        typed_by=answer.typed_by_id,
        thread__guardian=answer.thread.guardian_id,
    )
    for one in same.select_related("ask"):
        taken_back(one)
        stands_again(one)
    record("ask.answer_taken_back", about=answer.ask, by=by)
    same.delete()
    words = Message.objects.standing().filter(thread__guardian=answer.thread.guardian_id, kind=ON_PAPER)
    words.filter(said_at=answer.at).update(undone_at=answer.at)
    changed(answer.school_id, Topic.NOTICES)
