"""How a question is put, and which of a home's words answer it. Works on every channel the same way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from porchlight.conversations.models import AnswerFrom, Ask, Shape
from porchlight.delivery.content import AskSpec
from porchlight.delivery.gateways.contract import Option
from porchlight.languages.choosing import pick, pick_several
from porchlight.languages.phrases import say
from porchlight.languages.understood import Kind, understand
from porchlight.toolbox.folding import digits

if TYPE_CHECKING:
    from porchlight.conversations.models import Answer

MOST_OPTIONS = 9  # one key press each on a keypad


@dataclass(frozen=True, slots=True)
class Given:
    """What a home's words say to one ask."""

    keys: tuple[str, ...] = ()
    number: Decimal | None = None
    text: str = ""


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


def options_for(ask: Ask, language: str) -> tuple[Option, ...]:
    """The presses this ask offers, labelled in the reader's language."""
    match ask.shape:
        case Shape.YES_NO:
            return (Option("1", say("yes", language)), Option("2", say("no", language)))
        case Shape.ACKNOWLEDGE:
            return (Option("1", say("seen", language)),)
        case Shape.CHOOSE_ONE | Shape.CHOOSE_SEVERAL:
            return tuple(Option(option["key"], ask.label(option["key"], language)) for option in ask.options)
    return ()


def spec_for(ask: Ask | None, language: str) -> AskSpec | None:
    """What delivery needs to put the question on a channel."""
    if ask is None:
        return None
    of_each = ask.answer_from == AnswerFrom.EACH_GUARDIAN
    return AskSpec(ask.shape, options_for(ask, language), ask.code, of_each)


def read_answer(ask: Ask, text: str, choice: str = "", reads: str = "") -> Given | None:
    """What these words say to this ask; None when they are not an answer to it, and a person reads them.

    `choice` is the key of a pressed button; `reads` is the home's language, for words that mean several things.
    """
    if choice and ask.shape != Shape.SHORT_TEXT:
        return from_keys(ask, [choice], text)
    words = _without_code(ask, text)
    match ask.shape:
        case Shape.YES_NO:
            return _yes_or_no(words, text, reads)
        case Shape.ACKNOWLEDGE:
            seen = understand(words, reads)
            said = seen is not None and (seen.kind in {Kind.YES, Kind.OK} or seen.number == 1)
            return Given(("seen",), text=text) if said else None
        case Shape.CHOOSE_ONE:
            place = next((n for n in _label_sets(ask, words, reads, pick) if n is not None), None)
            return Given((ask.options[place]["key"],), text=text) if place is not None else None
        case Shape.CHOOSE_SEVERAL:
            places = next((n for n in _label_sets(ask, words, reads, pick_several) if n), None)
            return Given(tuple(ask.options[n]["key"] for n in places), text=text) if places else None
        case Shape.NUMBER:
            return _number(words, text)
        case Shape.SHORT_TEXT:
            return Given(text=words.strip()) if words.strip() else None
    return None


def _label_sets[T](ask: Ask, words: str, reads: str, how: Callable[[str, list[str], str], T]) -> Iterator[T]:
    """Try the words against the labels of each language the options were written in."""
    tags = dict.fromkeys(tag for option in ask.options for tag in option["labels"])
    for tag in tags:
        yield how(words, [ask.label(option["key"], tag) for option in ask.options], reads)


def _yes_or_no(words: str, text: str, reads: str) -> Given | None:
    seen = understand(words, reads)
    if seen is None:
        return None
    if seen.kind is Kind.YES or seen.number == 1:
        return Given(("yes",), text=text)
    if seen.kind is Kind.NO or seen.number == 2:
        return Given(("no",), text=text)
    return None


def from_keys(ask: Ask, keys: list[str], text: str) -> Given | None:
    """A button or list row that was pressed."""
    if ask.shape == Shape.YES_NO:
        return {"1": Given(("yes",), text=text), "2": Given(("no",), text=text)}.get(keys[0])
    if ask.shape == Shape.ACKNOWLEDGE:
        return Given(("seen",), text=text) if keys == ["1"] else None
    known = {option["key"] for option in ask.options}
    return Given(tuple(keys), text=text) if set(keys) <= known else None


def _number(words: str, text: str) -> Given | None:
    """One number among at most a few words: "3", "۳", "3 of us", "we are 3"."""
    plain = digits(words).replace(",", ".")
    found = re.fullmatch(r"\D{0,20}?(-?\d{1,9}(?:\.\d{1,2})?)\D{0,20}", plain.strip())
    return Given(number=Decimal(found[1]), text=text) if found else None


def _without_code(ask: Ask, text: str) -> str:
    """Families may put the ask's short code first ("K4 yes"); it names the ask and is no part of the answer."""
    return re.sub(rf"^\s*{re.escape(ask.code)}\b[\s:.-]*", "", text, flags=re.IGNORECASE)
