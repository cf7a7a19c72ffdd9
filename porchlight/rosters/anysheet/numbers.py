"""A cell of telephone numbers: one, two, none, or what nobody can know any more.

A digit that a spreadsheet swallowed at the front can be put back where the country's plan leaves one reading alone.
Digits lost at the end cannot: such a cell is refused, and a person types the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from porchlight.rosters.anysheet.column_words import BY_RELATION, IS_NIL
from porchlight.rosters.anysheet.grid import Cell, lines_of, text
from porchlight.rosters.reading.contacts import PLAIN, quickly
from porchlight.toolbox import phone_numbers
from porchlight.toolbox.folding import digits, fold

BETWEEN = re.compile(r"[;,|&/\\\n]|\s[-–—]\s|\b(?:or|and|aur|ya|y|o|ou|und)\b|\bیا\b|\bاور\b", re.I)
WORDS = re.compile(r"[^\W\d_]+(?:[\s'’.]+[^\W\d_]+)*")
SHORTENED = re.compile(r"\d[.,]?\d*\s*[eE]\s*\+?\s*\d+")
ROUNDED = (
    4  # zeros at the end of a number cell: what is left after a spreadsheet has shortened it and saved again
)
SAYS_NOTHING = {
    *(
        "tel",
        "telephone",
        "phone",
        "ph",
        "mob",
        "mobile",
        "cell",
        "whatsapp",
        "wa",
        "home",
        "personal",
        "own",
        "no",
    ),
    *(
        "number",
        "sms",
        "call",
        "movil",
        "celular",
        "telefono",
        "casa",
        "فون",
        "موبائل",
        "نمبر",
        "گھر",
        "new",
        "old",
    ),
}
LEAST = 5  # digits of anything that is meant as a number


@dataclass(frozen=True, slots=True)
class Found:
    """One number out of a cell."""

    value: str  # E.164
    relation: str = ""  # of the adult whose the cell says it is, where it says so
    zero_back: bool = False


@dataclass(slots=True)
class Numbers:
    """What a cell holds. `trouble` says why it, or a part of it, was refused: a code of `problems`."""

    found: list[Found] = field(default_factory=list)
    trouble: str = ""
    why: str = ""  # the words of phone_numbers, where it is their reason

    @property
    def values(self) -> list[str]:
        return [one.value for one in self.found]


def read(cell: Cell, country: str) -> Numbers:
    """Everything one cell says. Never raises."""
    words = "\n".join(lines_of(cell))
    if not words or fold(words) in IS_NIL or not fold(words):
        return Numbers()
    if isinstance(cell, float) or SHORTENED.search(words):
        return Numbers(trouble="any.shortened")
    if isinstance(cell, int) and text(cell).endswith("0" * ROUNDED):
        return Numbers(trouble="any.rounded")
    numbers = Numbers()
    for piece in _pieces(words, country):
        _one(piece, country, numbers)
    if not numbers.found and not numbers.trouble:
        numbers.trouble = "any.no_number"
    return numbers


def _pieces(words: str, country: str) -> Iterator[str]:
    """The parts of a cell with one number each; where it is not parted, blanks may part it, in one way alone."""
    if _single(words, country):
        yield words
        return
    parts = [part.strip() for part in BETWEEN.split(words)]
    parts = [part for part in parts if part and fold(part) not in IS_NIL]
    if len(parts) > 1 and sum(_digits(part) >= LEAST for part in parts) < 2:
        parts = [words]
    if len(parts) == 1:
        parts = list(_by_blanks(parts[0], country)) or parts
    elif any(0 < _digits(part) < LEAST for part in parts):  # 0300 1234567/8, or a number with a slash in it
        parts = [words]
    yield from parts


def _single(words: str, country: str) -> str:
    """The number, where all of the text is plainly one."""
    try:
        return quickly(PLAIN.sub("", digits(words)), country) or phone_numbers.e164(words, country)
    except phone_numbers.NotANumber:
        return ""


def _by_blanks(words: str, country: str) -> Iterator[str]:
    """Two numbers with only blanks and dashes in and between them: parted where both halves are, if one place is."""
    tokens = re.split(r"[\s-]+", words)
    cuts = [
        (" ".join(tokens[:at]), " ".join(tokens[at:]))
        for at in range(1, len(tokens))
        if _single(" ".join(tokens[:at]), country) and _single(" ".join(tokens[at:]), country)
    ]
    if len(cuts) == 1:
        yield from cuts[0]


def _one(piece: str, country: str, numbers: Numbers) -> None:
    label = "" if _single(piece, country) else " ".join(WORDS.findall(piece))
    bare = WORDS.sub(" ", piece).strip(" .:()-–'\"#") if label else piece
    if _digits(bare) < LEAST:
        numbers.trouble = numbers.trouble or "any.no_number"
        return
    relation = next((BY_RELATION[word] for word in _runs(fold(label)) if word in BY_RELATION), "")
    if label and (relation == "other" or not (relation or set(fold(label).split()) <= SAYS_NOTHING)):
        numbers.trouble = "any.words_beside"  # a shop's or a neighbour's number is not the father's
        return
    try:
        value = phone_numbers.e164(bare, country)
    except phone_numbers.NotANumber as reason:
        numbers.trouble, numbers.why = "contact.bad_number", str(reason.reason)
        return
    if value not in numbers.values:
        numbers.found.append(Found(value, relation, _lost_a_zero(bare, country)))


def _runs(folded: str) -> Iterator[str]:
    yield folded
    yield from folded.split()


def _lost_a_zero(bare: str, country: str) -> bool:
    """Whether the country writes such a number with a 0 in front that is not there."""
    plain = "".join(sign for sign in digits(bare) if sign.isdigit())
    if bare.lstrip().startswith("+") or plain.startswith("0"):
        return False
    from phonenumbers import PhoneMetadata

    known = PhoneMetadata.metadata_for_region(country.upper())
    if known is None or known.national_prefix != "0":
        return False
    return not plain.startswith(str(known.country_code)) or len(plain) <= 10


def _digits(words: str) -> int:
    return sum(sign.isdigit() for sign in words)
