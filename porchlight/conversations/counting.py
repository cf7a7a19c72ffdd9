"""What families said to one question, each home or each adult counted once: siblings make nobody count twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from porchlight.conversations.audience import Home
from porchlight.conversations.models import Answer, AnswerFrom, Ask, Shape
from porchlight.conversations.models.asks import IN_WORDS, SIGNED, SPOKEN, WITHDRAWN


@dataclass(frozen=True, slots=True)
class Tally:
    """What was said and how often. `by_home`: one answer for each home; else one for each adult."""

    rows: Sequence[tuple[str, int]]
    by_home: bool
    answered: int  # homes or adults that answered
    asked: int  # of so many


def count(ask: Ask, answers: Iterable[Answer], homes: Mapping[int, Home]) -> Tally:
    """The last answer of each home, or of each adult where the question asks each; `homes` are those it went to.

    A notice about two children stands in two threads of one adult, and an answer to it in both: it is one answer.
    `answers` are those that count in their own threads.
    """
    by_home = ask.answer_from == AnswerFrom.HOUSEHOLD
    last: dict[Home, Answer] = {}
    for answer in sorted(answers, key=lambda one: one.pk):
        guardian = answer.thread.guardian_id
        if guardian in homes:
            last[homes[guardian] if by_home else ("own", guardian)] = answer
    asked = len(set(homes.values())) if by_home else len(homes)
    return Tally(_rows(ask, list(last.values())), by_home, len(last), asked)


def _rows(ask: Ask, answers: Sequence[Answer]) -> list[tuple[str, int]]:
    """Every choice that was offered, in its order; numbers by size; words as written."""
    counted = Counter(key for answer in answers for key in answer.keys)
    if ask.shape in IN_WORDS:
        written = Counter(answer.text for answer in answers if SPOKEN not in answer.keys)
        spoken = [(_("Voice notes"), counted[SPOKEN])] if counted[SPOKEN] else []
        return [*spoken, *written.items()]
    if ask.shape == Shape.SIGN:
        return [(_("Signed"), counted[SIGNED]), (_("Signature taken back"), counted[WITHDRAWN])]
    if ask.shape == Shape.NUMBER:
        numbers = Counter(answer.number for answer in answers if answer.number is not None)
        return [(f"{number.normalize():f}", numbers[number]) for number in sorted(numbers)]
    if ask.shape == Shape.YES_NO:
        return [(_("Yes"), counted["yes"]), (_("No"), counted["no"])]
    if ask.shape == Shape.ACKNOWLEDGE:
        return [(_("Seen"), counted["seen"])]
    keys = [option["key"] for option in ask.options]
    return [(ask.label(key, ask.school.language), counted[key]) for key in keys]
