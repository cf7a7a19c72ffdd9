"""Which of several times a reply names: "3.30 pm", "jumeraat 4 baje", "jueves"; only where it can be no other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache

from babel.dates import get_day_names, get_month_names

from porchlight.languages.word_lists import word_lists
from porchlight.toolbox.folding import digits, fold

LONGEST = 80
PIECES = re.compile(r"(\d{1,2})[:.](\d{2})(?!\d)|(\d+)|([^\W\d_]+)")
LOCALES = ("en_GB", "es", "ur")
ROMAN_URDU = (
    ("peer", "pir", "somwar"), ("mangal", "mangalwar"), ("budh", "budhwar"),
    ("jumeraat", "jumerat", "jumayrat"), ("juma", "jumma", "jummah", "jumah"), ("hafta", "haftay"),
    ("itwaar", "itwar", "atwar"),
)  # fmt: skip
MORNING = {"am", "subah", "صبح", "manana"}
LATER = {
    "pm",
    "shaam",
    "sham",
    "dopehar",
    "dupehar",
    "raat",
    "شام",
    "دوپہر",
    "رات",
    "tarde",
    "noche",
    "afternoon",
    "evening",
}
HOUR_BEFORE = {"at", "a", "las", "la"}
HOUR_BEHIND = {"am", "pm", "baje", "bajay", "bje", "بجے", "oclock", "h"}
BESIDE = {
    "on",
    "the",
    "at",
    "a",
    "la",
    "las",
    "el",
    "de",
    "ko",
    "کو",
    "seh",
    "سہ",
    "pehar",
    "پہر",
    "th",
    "st",
    "nd",
    "rd",
    "ka",
    "کا",
}


class _Named:
    """What a reply says of a time. `hours` are (hour, minute)."""

    def __init__(self) -> None:
        self.hours: list[tuple[int, int]] = []
        self.days: list[int] = []
        self.dates: list[int] = []
        self.half = ""

    def fits(self, when: datetime) -> bool:
        return (
            all(when.weekday() == day for day in self.days)
            and all(when.day == date for date in self.dates)
            and all(self._is_hour(when, hour, minute) for hour, minute in self.hours)
            and (not self.half or self.half == ("am" if when.hour < 12 else "pm"))
        )

    def _is_hour(self, when: datetime, hour: int, minute: int) -> bool:
        same = hour == when.hour if hour > 12 else hour % 12 == when.hour % 12
        return same and minute == when.minute


def named_time(text: str, offered: Sequence[datetime]) -> int | None:
    """The place (from 0) of the one offered time that these words fit; None where a word says something else.

    A number alone is no hour: it picks by its place in the list. `offered` are on the home's clock.
    """
    if len(text) > LONGEST:
        return None
    named = _Named()
    pieces = list(_pieces(text))
    if not all(_take(named, pieces, place) for place in range(len(pieces))):
        return None
    if not (named.hours or named.days):
        return None
    fitting = [place for place, when in enumerate(offered) if named.fits(when)]
    return fitting[0] if len(fitting) == 1 else None


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """("clock", "15:30"), ("number", "4") and ("word", "jumma")."""
    plain = digits(unicodedata.normalize("NFKC", text)).casefold()
    for found in PIECES.finditer(plain.replace("'", "")):
        if found[1]:
            yield "clock", f"{found[1]}:{found[2]}"
        elif found[3]:
            yield "number", found[3]
        elif word := fold(found[4]):
            yield "word", word


def _take(named: _Named, pieces: Sequence[tuple[str, str]], place: int) -> bool:
    """Note what one piece says. False for one that may say something else."""
    kind, said = pieces[place]
    if kind == "clock":
        named.hours.append((int(said.partition(":")[0]), int(said.partition(":")[2])))
    elif kind == "number":
        return _take_number(named, pieces, place)
    elif said in _days():
        named.days.append(_days()[said])
    elif said in _folded(MORNING):
        named.half = "am"
    elif said in _folded(LATER):
        named.half = "pm"
    else:
        return said in _others()
    return True


def _take_number(named: _Named, pieces: Sequence[tuple[str, str]], place: int) -> bool:
    number = int(pieces[place][1][:4])
    behind = pieces[place + 1][1] if place + 1 < len(pieces) else ""
    before = pieces[place - 1][1] if place else ""
    if behind in _folded(HOUR_BEHIND) or before in HOUR_BEFORE:
        named.hours.append((number, 0))
    else:
        named.dates.append(number)
    return True


@cache
def _days() -> dict[str, int]:
    found = {
        fold(name): day
        for locale in LOCALES
        for width in ("wide", "abbreviated")
        for day, name in get_day_names(width, locale=locale).items()
    }
    return found | {name: day for day, names in enumerate(ROMAN_URDU) for name in names}


@cache
def _others() -> frozenset[str]:
    """Words that change nothing: polite ones, months, small ones between."""
    months = {
        fold(name)
        for locale in LOCALES
        for width in ("wide", "abbreviated")
        for name in get_month_names(width, locale=locale).values()
    }
    polite = {word for phrase in word_lists().polite for word in phrase}
    return frozenset(months | polite | _folded(BESIDE) | _folded(HOUR_BEHIND))


def _folded(words: set[str]) -> set[str]:
    return {fold(word) for word in words}
