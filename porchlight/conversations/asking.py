"""How a question is put, and who hears the answers. Works on every channel the same way; see `reading.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import TYPE_CHECKING

from porchlight.conversations.models import AnswerFrom, Ask, Shape
from porchlight.conversations.models.asks import CHOOSES
from porchlight.delivery.content import AskSpec
from porchlight.delivery.gateways.contract import Option
from porchlight.languages.phrases import say

if TYPE_CHECKING:
    from porchlight.conversations.models import Answer

MOST_OPTIONS = 9  # one key press each on a keypad


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the owning room says of an answer: taken, or refused in words for the family."""

    accepted: bool = True
    words: str = ""


type Apply = Callable[[Answer], Verdict]
type Undo = Callable[[Answer], None]


@dataclass(slots=True)
class _Owners:
    """Rooms above register who hears the answers to their asks."""

    by_name: dict[str, Apply] = field(default_factory=dict)
    undo_by_name: dict[str, Undo] = field(default_factory=dict)


_owners = _Owners()


def register_owner(name: str, apply: Apply) -> None:
    """`apply(answer)` runs after the answer is stored and may run twice."""
    _owners.by_name[name] = apply


def register_taking_back(name: str, undo: Undo) -> None:
    """`undo(answer)` runs before an answer that nobody gave is erased."""
    _owners.undo_by_name[name] = undo


def taken_back(answer: Answer) -> None:
    """Let the owning room undo what it made of the answer."""
    undo = _owners.undo_by_name.get(answer.ask.owner)
    if undo is not None:
        undo(answer)


def verdict_on(answer: Answer) -> Verdict:
    """Let the owning room hear the answer; an ask nobody owns is accepted as it is."""
    apply = _owners.by_name.get(answer.ask.owner)
    return apply(answer) if apply else Verdict()


def options_for(
    ask: Ask, language: str, zone: tzinfo | None = None, hijri: int | None = None
) -> tuple[Option, ...]:
    """The presses this ask offers, labelled in the reader's language; times on the clock of `zone`.

    `hijri`: the Islamic day stands beside them, as in `Ask.label`.
    """
    if ask.shape == Shape.YES_NO:
        return (
            Option("1", say("yes", language, of=ask.school)),
            Option("2", say("no", language, of=ask.school)),
        )
    if ask.shape == Shape.ACKNOWLEDGE:
        return (Option("1", say("seen", language, of=ask.school)),)
    if ask.shape in CHOOSES:
        return tuple(Option(one["key"], ask.label(one["key"], language, zone, hijri)) for one in ask.options)
    return ()


def spec_for(
    ask: Ask | None,
    language: str,
    zone: tzinfo | None = None,
    *,
    needs_code: bool = False,
    hijri: int | None = None,
) -> AskSpec | None:
    """What delivery needs to put the question on a channel. `needs_code`: another of theirs could be meant."""
    if ask is None:
        return None
    of_each = ask.answer_from == AnswerFrom.EACH_GUARDIAN
    speaks = "".join(one["key"] for one in ask.options if one.get("speaks"))
    return AskSpec(ask.shape, options_for(ask, language, zone, hijri), ask.code, of_each, needs_code, speaks)
