"""“Hamza bimar hai aaj”: whether a message says that a child stays away from school, why, and on which days.

A message is read clause by clause. What is only asked, wished, long past, or said of somebody else is no absence.
What is not quite clear comes back as unsure, so that the home is asked; everything else is None, and a person reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from porchlight.languages.absence_clauses import (
    Clause,
    Why,
    agreed,
    appointment,
    asks,
    clauses,
    core_of,
    judge,
    on,
    subject_of,
    unknown,
)
from porchlight.languages.absence_days import NO_DAYS, Days, days_in
from porchlight.languages.absence_lists import Lists, Piece, absence_lists, words_of
from porchlight.languages.names import names_in
from porchlight.toolbox import scripts
from porchlight.toolbox.folding import fold

__all__ = ["Away", "Why", "absence_in", "alarm_in"]

MOST = 1500  # letters; whoever writes more is read by a person
SENTENCE = re.compile(r"([^.!?؟۔\n;。！？；]*)([.!?؟۔\n;。！？；]|$)")
COMMA = re.compile(r"[,،:()，、：（）]|\s[-–—]\s")
ASKS = {"?", "؟", "？"}
REASONS = (Why.APPOINTMENT, Why.FAMILY, Why.HOLY_DAY)


@dataclass(frozen=True, slots=True)
class Away:
    """What a message says of a child's absence."""

    why: Why
    days: Days
    sure: bool  # else: ask
    past: bool = False  # it tells why the child was not there
    names: frozenset[str] = frozenset()  # those of the family's children it names
    of_all: bool = False  # "both", "the children"
    says_more: bool = (
        False  # something is asked, or a word we do not know stands in it: a person reads it too
    )


@dataclass(slots=True)
class _Seen:
    """What was met while reading one message."""

    found: list[Clause] = field(default_factory=list)
    reasons: list[Why] = field(default_factory=list)
    other_days: list[Days] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    children: bool = False
    about: bool = False  # a child was spoken of, in this clause or before it
    asked: bool = False
    strange: int = 0


def absence_in(text: str, names: Sequence[str] = (), reads: str = "") -> Away | None:
    """What the words say of a child's absence, or None. `names`: what this family's children are called.

    Of the languages we know, the one that knows most of its words reads a message; where several know as many,
    `reads`, the language the home reads, comes first.
    """
    if not text.strip() or len(text) > MOST or alarm_in(text, names):
        return None
    base = scripts.base(reads) if reads else ""
    words = words_of(text)
    strange = {one.language: unknown(one.cut(words, names)) for one in absence_lists()}
    best = [one for one in absence_lists() if strange[one.language] == min(strange.values())]
    best.sort(key=lambda one: scripts.base(one.language) != base)
    readings = [away for one in best if (away := _read(text, one, names)) is not None]
    return max(readings, key=lambda away: (away.sure, not away.says_more), default=None)


def alarm_in(text: str, names: Sequence[str] = ()) -> bool:
    """Whether the words say that a child is missing or did not come home. Too often is better than too seldom."""
    if len(text) > MOST:
        return False
    for sentence, _end in _sentences(text):
        words = words_of(sentence)
        for lists in absence_lists():
            if lists.alarms_at(words, names) and not on(lists.cut(words, names), "things"):
                return True
    return False


def _sentences(text: str) -> Iterator[tuple[str, str]]:
    for found in SENTENCE.finditer(text):
        if found[1].strip():
            yield found[1], found[2]


def _read(text: str, lists: Lists, names: Sequence[str]) -> Away | None:
    seen = _Seen()
    for sentence, end in _sentences(text):
        parts = [part for part in COMMA.split(sentence) if fold(part)]
        for place, part in enumerate(parts):
            is_asked = end in ASKS and place == len(parts) - 1
            met = len(seen.found)
            for pieces in clauses(lists.cut(words_of(part), names)):
                _look(pieces, lists, names, seen, is_asked=is_asked)
            seen.found[met:] = agreed(seen.found[met:])
    tells = any(one.stays or one.why in {Why.ILL, Why.APPOINTMENT} for one in seen.found)
    return _away(seen) if tells else None


def _look(pieces: list[Piece], lists: Lists, names: Sequence[str], seen: _Seen, *, is_asked: bool) -> None:
    """Take down what one clause says."""
    core = core_of(pieces)
    seen.strange += unknown(pieces)
    seen.names |= names_in(" ".join(one.words[0] for one in pieces if one.on("name")), names)
    seen.about |= on(pieces, "name", "child", "children")
    if is_asked or asks(pieces, core):
        seen.asked = True
        return
    seen.reasons += [why for one in pieces for why in REASONS if one.on(why)]
    if core is None:
        days = days_in(pieces, lists)
        perhaps = appointment(pieces, days)
        if perhaps is not None:
            seen.found.append(perhaps)
        elif not on(pieces, "past", "far"):
            seen.other_days.append(days)
        return
    if pieces[core].on("ill") and subject_of(pieces, core) == "other":
        seen.reasons.append(Why.FAMILY)  # "he cannot come, his grandmother is ill"
    clause = judge(pieces, core, lists, is_about=seen.about)
    if clause is not None:
        seen.found.append(clause)
        seen.children |= on(pieces, "children")


def _away(seen: _Seen) -> Away:
    telling = [one for one in seen.found if not one.past] or seen.found
    days = _days(seen, telling)
    return Away(
        why=_why(telling, seen.reasons, seen.found),
        days=days,
        sure=any(one.sure for one in telling) and not days.is_far,
        past=telling[0].past,
        names=frozenset(seen.names),
        of_all=seen.children or len(seen.names) > 1,
        says_more=seen.asked or seen.strange > 0,
    )


def _days(seen: _Seen, telling: Sequence[Clause]) -> Days:
    """Those of the clauses that tell of the absence; where they name none, those beside them."""
    days = next((one.days for one in telling if one.days != NO_DAYS), NO_DAYS)
    if days != NO_DAYS:
        for other in seen.other_days:
            days = days.with_end_of(other)
        return days
    days = next((other for other in seen.other_days if other != NO_DAYS), NO_DAYS)
    if telling[0].past or any(one.stays for one in telling):
        return days.with_kal(-1 if telling[0].past else 1)
    return days


def _why(telling: Sequence[Clause], reasons: Sequence[Why], found: Sequence[Clause]) -> Why:
    """Of the clauses that tell of the absence; or named beside them; or, from yesterday on, before them."""
    if any(one.why is Why.ILL for one in telling):
        return Why.ILL
    if reasons:
        return reasons[0]
    return Why.ILL if any(one.why is Why.ILL for one in found) else Why.OTHER
