"""One clause of a message about an absence: of whom it is said, and whether it stands."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from porchlight.languages.absence_days import Days, days_in
from porchlight.languages.absence_lists import Lists, Piece

STRANGE = 4  # unknown words in one clause, from which on we are not sure
STAYS = ("away", "away_any", "keep", "away_past")
SUBJECTS = ("name", "child", "children", "other", "first")
AND = {"and", "aur", "اور", "y"}


class Why(enum.StrEnum):
    """What kind of reason: as small a word as a list needs, never a diagnosis."""

    ILL = "ill"
    APPOINTMENT = "appointment"
    FAMILY = "family"
    HOLY_DAY = "holy_day"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Clause:
    """What one clause says. `stays`: that the child stays away; else only what is the matter."""

    why: Why
    stays: bool
    sure: bool
    past: bool
    days: Days


def clauses(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
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


def unknown(pieces: Sequence[Piece]) -> int:
    """How many words are on no shelf."""
    return sum(1 for one in pieces if not one.tags)


def on(pieces: Sequence[Piece], *shelves: str) -> bool:
    """Whether any of them stands on one of these shelves."""
    return any(one.on(*shelves) for one in pieces)


def core_of(pieces: Sequence[Piece]) -> int | None:
    """The place of the word that says ill or away."""
    return next((place for place, one in enumerate(pieces) if one.on("ill", "weak", *STAYS)), None)


def asks(pieces: Sequence[Piece], core: int | None) -> bool:
    """A question or a condition, without its sign."""
    before = pieces if core is None else pieces[:core]
    return on(before, "asks", "if") or pieces[-1].on("asks")


def agreed(found: Sequence[Clause]) -> list[Clause]:
    """ "Could not come because of a fever": the reason was when the staying away was."""
    stays = next((one for one in found if one.stays), None)
    if stays is None:
        return list(found)
    step = -1 if stays.past else 1
    return [
        one if one.stays else replace(one, past=stays.past, days=one.days.with_kal(step)) for one in found
    ]


def appointment(pieces: Sequence[Piece], days: Days) -> Clause | None:
    """ "Hamza has the dentist tomorrow" and no more: perhaps he is away, so it is never sure."""
    told = on(pieces, "appointment") and not on(pieces, "past", "far", "well")
    if told and subject_of(pieces, 0) in {"name", "child"}:
        return Clause(Why.APPOINTMENT, stays=False, sure=False, past=False, days=days)
    return None


def judge(pieces: Sequence[Piece], core: int, lists: Lists, *, is_about: bool) -> Clause | None:
    """What one clause says; None where it is said of somebody else, turned around, or long ago.

    `is_about`: a child was spoken of, here or before.
    """
    stays, past = on(pieces, *STAYS), _is_past(pieces)
    if _turned_around(pieces, stays=stays, past=past):
        return None
    sure = _is_sure(pieces, core, is_about=is_about)
    if sure is None:
        return None
    unclear = on(pieces, "far") or unknown(pieces) > STRANGE
    why = Why.ILL if on(pieces, "ill", "weak") else Why.OTHER
    return Clause(why, stays, sure and not unclear, past, days_in(pieces, lists))


def _turned_around(pieces: Sequence[Piece], *, stays: bool, past: bool) -> bool:
    is_well = on(pieces, "well") and not stays and not on(pieces, "still")
    is_over = on(pieces, "far") and (past or not stays)
    return on(pieces, "not") or is_well or is_over


def _is_past(pieces: Sequence[Piece]) -> bool:
    if on(pieces, "away_past"):
        return True
    gone = on(pieces, "past") or (on(pieces, "yesterday") and not on(pieces, "since", "still"))
    return gone and not on(pieces, "still", "away", "away_any", "keep")


def _is_sure(pieces: Sequence[Piece], core: int, *, is_about: bool) -> bool | None:
    """Whether it is the child who is ill or stays. None: it is somebody else, a bus or a result."""
    subject, ill, stays = subject_of(pieces, core), on(pieces, "ill"), on(pieces, *STAYS)
    if on(pieces, "keep"):
        return True if is_about and _keeps(pieces) else None
    if subject in {"other", "first"}:
        return False if subject == "other" and _joined(pieces) else None
    if subject:
        return ill or stays
    if unknown(pieces[:core]):
        return False if ill and not on(pieces, "past") else None
    return (ill or stays) and not (on(pieces, "away_any") and not ill)


def subject_of(pieces: Sequence[Piece], core: int) -> str:
    """Whom it is said of: the last one named before the core, else the first one after; empty: nobody."""
    told = [(place, one) for place, one in enumerate(pieces) if not _belongs(pieces, place)]
    before = [tag for place, one in told if place < core for tag in SUBJECTS if one.on(tag)]
    after = [tag for place, one in told if place >= core for tag in SUBJECTS if one.on(tag)]
    return before[-1] if before else next(iter(after), "")


def _belongs(pieces: Sequence[Piece], place: int) -> bool:
    """ "The grandmother of Hamza": whose she is, not who is spoken of."""
    return place > 1 and pieces[place].on("name") and pieces[place - 1].words in {("of",), ("de",)}


def _joined(pieces: Sequence[Piece]) -> bool:
    """ "Hamza and his brother": the child, and somebody else."""
    plain = [_part(one) for one in pieces if _part(one)]
    return any(
        plain[place : place + 3] == ["child", "and", "other"] for place in range(max(0, len(plain) - 2))
    )


def _part(one: Piece) -> str:
    if one.on("name", "child"):
        return "child"
    if one.words[-1] in AND:
        return "and"
    return "other" if one.on("other") else ""


def _keeps(pieces: Sequence[Piece]) -> bool:
    """ "Keeping Hamza at home", not "keep up the good work"."""
    words = {word for one in pieces for word in one.words}
    kept = any(one.on("keep") and one.words[0].startswith(("keep", "kept")) for one in pieces)
    return not kept or not words.isdisjoint({"home", "off"})
