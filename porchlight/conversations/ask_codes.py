"""The short codes that tell open questions on one phone apart."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from itertools import product

from django.db.models import Q

from porchlight.conversations.models import Answer, Ask, Message, Shape
from porchlight.conversations.models.asks import IN_WORDS

CODES = ["".join(signs) for signs in product("ABCEFGHKMPRTWXY", "23456789")]  # none that look alike
APART = 100  # questions of a school, one after the other, no two of which share a code
FEW = 20  # adults
LATELY = timedelta(days=30)  # an older question is hardly what a short answer is about


def new_code(school_id: int) -> str:
    """A letter and a digit that none of the school's newest questions has."""
    taken = Ask.objects.filter(school_id=school_id).order_by("-pk").values_list("code", flat=True)[:APART]
    return secrets.choice(sorted({*CODES} - {*taken}))


def alike(one: str, other: str) -> bool:
    """Whether the same words could answer both: numbers and short words, free words, and signatures stay apart."""
    return _sort(one) == _sort(other)


def _sort(shape: str) -> str:
    if shape in IN_WORDS:
        return "words"
    return "signature" if shape == Shape.SIGN else "short"


def unanswered(asks: Sequence[Ask], guardians: Collection[int]) -> list[Ask]:
    """Those of these questions that none of these adults has answered."""
    if not asks:
        return []
    answers = Answer.objects.filter(ask__in=asks, thread__guardian__in=guardians, accepted=True)
    done = set(answers.values_list("ask_id", flat=True))
    return [ask for ask in asks if ask.pk not in done]


def need_code(ask: Ask | None, guardians: Sequence[int], now: datetime) -> set[int]:
    """Which of these adults have another open question that an answer to this one could be taken for."""
    if ask is None:
        return set()
    others = _others(ask, guardians, now)
    if not others:
        return set()
    said = Message.objects.in_school(ask.school_id).standing().filter(thread__guardian__in=guardians)
    by_ask = {message: pk for pk, message, _notice in others if message}
    by_notice = {notice: pk for pk, _message, notice in others if notice}
    put: set[tuple[int, int]] = set()
    alone, told = said.filter(pk__in=by_ask), said.filter(notice__in=by_notice)
    put |= {(by_ask[pk], who) for pk, who in alone.values_list("pk", "thread__guardian_id")}
    put |= {(by_notice[pk], who) for pk, who in told.values_list("notice_id", "thread__guardian_id")}
    answers = Answer.objects.filter(
        ask__in=[pk for pk, *_ in others], thread__guardian__in=guardians, accepted=True
    )
    return {who for _ask, who in put - set(answers.values_list("ask_id", "thread__guardian_id"))}


def _others(ask: Ask, guardians: Sequence[int], now: datetime) -> list[tuple[int, int | None, int | None]]:
    """Open questions that the same words could answer: ids, of their message and their notice too.

    Of few adults only what was put to them: a round asks each home on its own, a thousand times.
    """
    rows = Ask.objects.in_school(ask.school_id).open(now=now).filter(created_at__gt=now - LATELY)
    rows = rows.exclude(pk=ask.pk)
    if len(guardians) <= FEW:
        said = Message.objects.in_school(ask.school_id).standing().filter(thread__guardian__in=guardians)
        rows = rows.filter(Q(message__in=said) | Q(notice__in=said.exclude(notice=None).values("notice")))
    found = rows.values_list("pk", "shape", "message_id", "notice_id")
    return [(pk, message, notice) for pk, shape, message, notice in found if alike(shape, ask.shape)]
