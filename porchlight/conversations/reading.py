"""Which of a home's words, presses and recordings answer an ask: the same reading for every channel."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal

from porchlight.conversations.models import Ask, Shape
from porchlight.conversations.models.asks import CHOOSES, IN_WORDS, SIGNED, SPOKEN, WITHDRAWN
from porchlight.languages.choosing import pick, pick_several
from porchlight.languages.clock import named_time
from porchlight.languages.signing import is_a_name, name_signed, takes_back
from porchlight.languages.understood import Kind, understand
from porchlight.toolbox.folding import digits


@dataclass(frozen=True, slots=True)
class Given:
    """What a home's words say to one ask."""

    keys: tuple[str, ...] = ()
    number: Decimal | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """Who answers, as far as it matters for what their words mean."""

    reads: str = ""  # for words that mean several things
    names: tuple[str, ...] = ()  # a signature is one of these, or says that it is one
    zone: tzinfo | None = None  # of their clock; None: the school's


@dataclass(frozen=True, slots=True)
class _Said:
    """One utterance, without the ask's code."""

    text: str
    words: str
    choice: str
    is_spoken: bool
    home: Home


def read_answer(
    ask: Ask,
    text: str,
    choice: str = "",
    reads: str = "",
    *,
    is_spoken: bool = False,
    home: Home | None = None,
) -> Given | None:
    """What these words say to this ask; None when they are not an answer to it, and a person reads them.

    `choice` is the key of a pressed button; `reads` is the home's language; `is_spoken`: a recording came along.
    """
    words = _without_code(ask, text)
    said = _Said(text, words, choice, is_spoken, home or Home(reads))
    if choice and ask.shape not in (*IN_WORDS, Shape.SIGN):
        return from_keys(ask, [choice], text)
    return _READERS[Shape(ask.shape)](ask, said)


def from_field(ask: Ask, written: str, reads: str = "") -> Given | None:
    """What stands in a field of its own: on a page, on a slip, in a line of a call. There a name is a signature."""
    if ask.shape != Shape.SIGN:
        return read_answer(ask, written, "", reads)
    if takes_back(written):
        return Given((WITHDRAWN,), text=written.strip())
    name = name_signed(written) or written.strip()
    return Given((SIGNED,), text=name) if is_a_name(name) else None


def from_keys(ask: Ask, keys: list[str], text: str) -> Given | None:
    """A button or list row that was pressed."""
    if ask.shape == Shape.YES_NO:
        return {"1": Given(("yes",), text=text), "2": Given(("no",), text=text)}.get(keys[0])
    if ask.shape == Shape.ACKNOWLEDGE:
        return Given(("seen",), text=text) if keys == ["1"] else None
    known = {option["key"] for option in ask.options}
    return Given(tuple(keys), text=text) if ask.shape in CHOOSES and set(keys) <= known else None


def _label_sets[T](ask: Ask, said: _Said, how: Callable[[str, list[str], str], T]) -> Iterator[T]:
    """Try the words against the labels of each language the options were written in."""
    reads = said.home.reads
    tags = dict.fromkeys(tag for option in ask.options for tag in option.get("labels", {}))
    for tag in tags or {reads: None}:
        labels = [ask.label(option["key"], tag, said.home.zone) for option in ask.options]
        yield how(said.words, labels, reads)


def _yes_or_no(ask: Ask, said: _Said) -> Given | None:
    seen = understand(said.words, said.home.reads)
    if seen is None:
        return None
    if seen.kind is Kind.YES or seen.number == 1:
        return Given(("yes",), text=said.text)
    if seen.kind is Kind.NO or seen.number == 2:
        return Given(("no",), text=said.text)
    return None


def _acknowledgement(ask: Ask, said: _Said) -> Given | None:
    seen = understand(said.words, said.home.reads)
    says_so = seen is not None and (seen.kind in {Kind.YES, Kind.OK} or seen.number == 1)
    return Given(("seen",), text=said.text) if says_so else None


def _one(ask: Ask, said: _Said) -> Given | None:
    place = next((n for n in _label_sets(ask, said, pick) if n is not None), None)
    return Given((ask.options[place]["key"],), text=said.text) if place is not None else None


def _several(ask: Ask, said: _Said) -> Given | None:
    places = next((n for n in _label_sets(ask, said, pick_several) if n), None)
    return Given(tuple(ask.options[n]["key"] for n in places), text=said.text) if places else None


def _time(ask: Ask, said: _Said) -> Given | None:
    """Its number, its name, or a day or an hour that only one of the times has."""
    found = _one(ask, said)
    if found is not None:
        return found
    zone = said.home.zone or ask.school.zone
    offered = [datetime.fromisoformat(option["at"]).astimezone(zone) for option in ask.options]
    place = named_time(said.words, offered)
    return Given((ask.options[place]["key"],), text=said.text) if place is not None else None


def _number(ask: Ask, said: _Said) -> Given | None:
    """One number among at most a few words: "3", "۳", "3 of us", "we are 3"."""
    plain = digits(said.words).replace(",", ".")
    found = re.fullmatch(r"\D{0,20}?(-?\d{1,9}(?:\.\d{1,2})?)\D{0,20}", plain.strip())
    return Given(number=Decimal(found[1]), text=said.text) if found else None


def _short_text(ask: Ask, said: _Said) -> Given | None:
    """Words; in a call they are said, behind the key that answers."""
    if said.is_spoken and said.choice:
        return Given((SPOKEN,))
    return Given(text=said.words.strip()) if said.words.strip() else None


def _voice_note(ask: Ask, said: _Said) -> Given | None:
    """A recording; or words, for whoever cannot send one. A digit alone was meant for another question."""
    if said.is_spoken:
        return Given((SPOKEN,), text=said.words.strip())
    seen = understand(said.words, said.home.reads)
    if seen is not None and seen.kind in {Kind.NUMBER, Kind.OK, Kind.HELLO}:
        return None
    return _short_text(ask, said)


def _signature(ask: Ask, said: _Said) -> Given | None:
    """The name, as they wrote it; or said aloud behind the key that signs."""
    if takes_back(said.words):
        return Given((WITHDRAWN,), text=said.text)
    if said.is_spoken:
        return Given((SIGNED,)) if said.choice else None
    name = name_signed(said.words, said.home.names)
    return Given((SIGNED,), text=name) if name else None


_READERS: dict[Shape, Callable[[Ask, _Said], Given | None]] = {
    Shape.ACKNOWLEDGE: _acknowledgement,
    Shape.YES_NO: _yes_or_no,
    Shape.CHOOSE_ONE: _one,
    Shape.CHOOSE_SEVERAL: _several,
    Shape.CHOOSE_TIME: _time,
    Shape.NUMBER: _number,
    Shape.SHORT_TEXT: _short_text,
    Shape.VOICE_NOTE: _voice_note,
    Shape.SIGN: _signature,
}


def _without_code(ask: Ask, text: str) -> str:
    """Families may put the ask's short code first ("K4 yes"); it names the ask and is no part of the answer."""
    return re.sub(rf"^\s*{re.escape(ask.code)}\b[\s:.-]*", "", text, flags=re.IGNORECASE)
