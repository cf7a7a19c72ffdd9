"""“Hamza bimar hai aaj”: whether a message says that a child stays away from school, why, and on which days.

A message is read clause by clause. What is only asked, wished, long past, or said of somebody else is no absence.
What is not quite clear comes back as unsure, so that the home is asked; everything else is None, and a person reads it.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from porchlight.languages.absence_days import NO_DAYS, Days, days_in
from porchlight.languages.absence_lists import Lists, Piece, absence_lists
from porchlight.languages.names import names_in
from porchlight.toolbox import scripts
from porchlight.toolbox.folding import fold

MOST = 1500  # letters; whoever writes more is read by a person
STRANGE = 4  # unknown words in one clause, from which on we are not sure
SENTENCE = re.compile(r"([^.!?؟۔\n;]*)([.!?؟۔\n;]|$)")
COMMA = re.compile(r"[,،:()]|\s[-–—]\s")
REASONS = ("appointment", "family", "holy_day")
STAYS = ("away", "away_any", "keep", "away_past")
SUBJECTS = ("name", "child", "children", "other", "first")


class Why(enum.StrEnum):
    """What kind of reason: as small a word as a list needs, never a diagnosis."""

    ILL = "ill"
    APPOINTMENT = "appointment"
    FAMILY = "family"
    HOLY_DAY = "holy_day"
    OTHER = "other"


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


@dataclass(frozen=True, slots=True)
class _Clause:
    why: Why
    stays: bool  # it says so itself; else only what is the matter
    sure: bool
    past: bool
    days: Days


@dataclass(slots=True)
class _Seen:
    """What was met while reading one message."""

    found: list[_Clause] = field(default_factory=list)
    reasons: list[Why] = field(default_factory=list)
    other_days: list[Days] = field(default_factory=list)
    children: bool = False
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
    words = fold(text).split()
    strange = {one.language: _unknown(one.cut(words, names)) for one in absence_lists()}
    fewest = min(strange.values())
    best = [one for one in absence_lists() if strange[one.language] == fewest]
    best.sort(key=lambda one: scripts.base(one.language) != base)
    readings = [away for one in best if (away := _read(text, one, names)) is not None]
    return max(readings, key=lambda away: (away.sure, not away.says_more), default=None)


def _unknown(pieces: Sequence[Piece]) -> int:
    return sum(1 for one in pieces if not one.tags)


def alarm_in(text: str, names: Sequence[str] = ()) -> bool:
    """Whether the words say that a child is missing or did not come home. Too often is better than too seldom."""
    if len(text) > MOST:
        return False
    for sentence, _end in _sentences(text):
        words = fold(sentence).split()
        for lists in absence_lists():
            if lists.alarms_at(words, names) and not any(
                piece.on("things") for piece in lists.cut(words, names)
            ):
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
            is_asked = end in "?؟" and bool(end) and place == len(parts) - 1
            for pieces in _clauses(lists.cut(fold(part).split(), names)):
                _look(pieces, lists, seen, is_asked=is_asked)
    if not any(one.stays or one.why is Why.ILL for one in seen.found) and not _appointment(seen):
        return None
    return _away(seen, frozenset(names_in(text, names)))


def _clauses(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Parted at "because", "so", "but" and their like."""
    part: list[Piece] = []
    for piece in pieces:
        if piece.on("breaks") and part:
            yield part
            part = []
        elif not piece.on("breaks"):
            part.append(piece)
    if part:
        yield part


def _look(pieces: list[Piece], lists: Lists, seen: _Seen, *, is_asked: bool) -> None:
    core = next((place for place, one in enumerate(pieces) if one.on("ill", "weak", *STAYS)), None)
    seen.strange += _unknown(pieces)
    if is_asked or _asks(pieces, core):
        seen.asked = True
        return
    seen.reasons += [Why(tag) for one in pieces for tag in REASONS if one.on(tag)]
    if core is None:
        days = days_in(pieces, lists)
        if any(one.on("appointment") for one in pieces) and _subject(pieces, 0) in {"name", "child"}:
            seen.found.append(_Clause(Why.APPOINTMENT, False, False, False, days))
        elif not any(one.on("past", "far") for one in pieces):
            seen.other_days.append(days)
        return
    clause = _judge(pieces, core, lists)
    if pieces[core].on("ill") and _subject(pieces, core) == "other":
        seen.reasons.append(Why.FAMILY)  # "he cannot come, his grandmother is ill"
    if clause is not None:
        seen.found.append(clause)
        seen.children |= any(one.on("children") for one in pieces)


def _asks(pieces: Sequence[Piece], core: int | None) -> bool:
    before = pieces if core is None else pieces[:core]
    return any(one.on("asks", "if") for one in before) or pieces[-1].on("asks")


def _judge(pieces: list[Piece], core: int, lists: Lists) -> _Clause | None:
    """What one clause says; None where it is said of somebody else, turned around, or long ago."""

    def has(*shelves: str) -> bool:
        return any(one.on(*shelves) for one in pieces)

    stays, past = has(*STAYS), _is_past(pieces)
    if has("not") or (has("well") and not stays and not has("still")) or (has("far") and (past or not stays)):
        return None
    subject = _subject(pieces, core)
    if subject == "other" and _joined(pieces):
        sure = False
    elif (subject in {"other", "first"} and not has("keep")) or (has("keep") and not _keeps(pieces)):
        return None
    else:
        certain = _is_sure(pieces, core, subject)
        if certain is None:
            return None
        sure = certain
    days = days_in(pieces, lists)
    unclear = has("far") or _unknown(pieces) > STRANGE
    why = Why.ILL if has("ill", "weak") else Why.OTHER
    return _Clause(why, stays, sure and not unclear, past, days)


def _is_past(pieces: Sequence[Piece]) -> bool:
    def has(*shelves: str) -> bool:
        return any(one.on(*shelves) for one in pieces)

    if has("away_past"):
        return True
    gone = has("past") or (has("yesterday") and not has("since", "still"))
    return gone and not has("still", "away", "away_any", "keep")


def _is_sure(pieces: Sequence[Piece], core: int, subject: str) -> bool | None:
    """None: of what we do not know at all something stays away, a bus or a result."""
    strangers = any(not one.tags for one in pieces[:core])
    stays = any(one.on(*STAYS) for one in pieces)
    ill = any(one.on("ill") for one in pieces)
    if subject:
        return ill or stays
    if strangers:
        return False if ill and not any(one.on("past") for one in pieces) else None
    bare = any(one.on("away_any", "keep") for one in pieces) and not ill
    return (ill or stays) and not bare


def _subject(pieces: Sequence[Piece], core: int) -> str:
    """Whom it is said of: the last one named before, else the first one after; empty: nobody."""
    before = [tag for one in pieces[:core] for tag in SUBJECTS if one.on(tag)]
    after = [tag for one in pieces[core:] for tag in SUBJECTS if one.on(tag)]
    return before[-1] if before else next(iter(after), "")


def _joined(pieces: Sequence[Piece]) -> bool:
    """ "Hamza and his brother": the child, and somebody else."""
    tags = ["name" if one.on("name", "child") else "and" if one.words[-1] in {"and", "aur", "اور", "y"} else
            "other" if one.on("other") else "" for one in pieces]  # fmt: skip
    plain = [tag for tag in tags if tag]
    return ["name", "and", "other"] in [plain[place : place + 3] for place in range(len(plain))]


def _keeps(pieces: Sequence[Piece]) -> bool:
    """ "Keeping Hamza at home", not "keep up the good work"."""
    about = any(one.on("name", "child", "children") for one in pieces)
    words = {word for one in pieces for word in one.words}
    kept = any(
        (one.on("keep") and one.words[0].startswith("keep")) or one.words[0] == "kept" for one in pieces
    )
    return about and (not kept or not words.isdisjoint({"home", "off"}))


def _appointment(seen: _Seen) -> bool:
    return any(one.why is Why.APPOINTMENT for one in seen.found)


def _away(seen: _Seen, names: frozenset[str]) -> Away:
    found = seen.found
    telling = [one for one in found if not one.past] or found
    days = next((one.days for one in telling if one.days != NO_DAYS), NO_DAYS)
    if days == NO_DAYS:
        days = next((other for other in seen.other_days if other != NO_DAYS), NO_DAYS)
    else:
        for other in seen.other_days:
            days = days.with_end_of(other)
    return Away(
        why=_why(telling, seen.reasons),
        days=days,
        sure=any(one.sure for one in telling) and not days.is_far,
        past=all(one.past for one in found),
        names=names,
        of_all=seen.children or len(names) > 1,
        says_more=seen.asked or seen.strange > 0,
    )


def _why(found: Sequence[_Clause], reasons: Sequence[Why]) -> Why:
    if any(one.why is Why.ILL for one in found):
        return Why.ILL
    return reasons[0] if reasons else Why.OTHER
