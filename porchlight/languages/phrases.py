"""The phrase book: what Porchlight itself says to a home, in the home's language and script."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from porchlight.design.direction import page_languages
from porchlight.languages.phrase_entry import Phrase
from porchlight.languages.phrase_list import PHRASES
from porchlight.languages.provenance import Provenance, RenderedVersion
from porchlight.schools.models import School
from porchlight.toolbox import scripts

FOLDER = Path(__file__).parent / "phrase_book"
LAST_RESORT = "en"
PLACE = re.compile(r"\{(\w+)\}")
PLACES = re.compile(r"\{\w*\}|\[\[|\]\]")
MAY_FALL_AWAY = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
# Inside right-to-left words groups of digits change places, and a plus goes to the other end: +44 1632 960001 would
# read 960001 1632 44+.
LOOKS_LIKE_A_NUMBER = re.compile(r"\+\d|\d[\d\s()-]*[\s()-][\d\s()-]*\d")


class NoSuchPhrase(LookupError):
    """The phrase book has no entry of this name."""


class MissingPlace(LookupError):
    """A phrase was said without something it must name."""


@dataclass(frozen=True, slots=True)
class Book:
    """One language's phrases, and who stands for them."""

    language: str
    phrases: Mapping[str, str]
    written_by: str
    checked_by: str  # "" until a native speaker outside the project has read it over


def say(
    phrase: str,
    language: str | Sequence[str],
    *,
    of: School | None = None,
    fallback: str = "",
    **places: object,
) -> str:
    """A phrase for a reader of `language`; see `saying` for what happens without one."""
    return saying(phrase, language, of=of, fallback=fallback, **places).text


def saying(
    phrase: str,
    language: str | Sequence[str],
    *,
    of: School | None = None,
    fallback: str = "",
    **places: object,
) -> RenderedVersion:
    """A phrase with the language it came out in.

    `of`: the school that says it, in its own words where it has taken some over (`own_phrases.py`).
    The reader's language in their own script; else `fallback`, which is the school's language unless another is
    named; else English. Places the phrase does not name are ignored. Raises NoSuchPhrase, MissingPlace.
    """
    entry = _entry(phrase)
    missing = sorted(name for name in entry.needed if not str(places.get(name, "")).strip())
    if missing:
        raise MissingPlace(f"“{phrase}” must name {', '.join(missing)}.")
    reads = [language] if isinstance(language, str) else list(language)
    having = [tag for tag, book in books().items() if phrase in book.phrases]
    tag = scripts.matches(reads, having) or scripts.matches(
        [fallback or (of.language if of is not None else LAST_RESORT), LAST_RESORT], having
    )
    tag = tag or LAST_RESORT
    book = books()[tag]
    text = _filled(standing(phrase, tag, of), {name: str(value) for name, value in places.items()}, tag)
    return RenderedVersion(text, tag, False, Provenance.PHRASE_BOOK, book.written_by, book.checked_by)


def standing(phrase: str, tag: str, of: School | None) -> str:
    """The words with their places: the school's own, as long as they have the same places as ours; else ours."""
    ours = books()[tag].phrases[phrase]
    own = of.own_phrases.get(tag, {}).get(phrase, "") if of is not None else ""
    return own if own and places_in(own) == places_in(ours) else ours


def places_in(text: str) -> Counter[str]:
    """What is filled in for each home, and what falls away with what, each as often as it stands there."""
    together = ("".join(sorted(PLACES.findall(part))) for part in MAY_FALL_AWAY.findall(text))
    return Counter([*PLACES.findall(always(text)), *(f"[[{part}]]" for part in together)])


def always(text: str) -> str:
    """What of a phrase is said whatever there is to fill in."""
    return MAY_FALL_AWAY.sub("", text)


def in_original(
    original: str,
    reads: str | Sequence[str],
    *,
    of: School | None = None,
    fallback: str = LAST_RESORT,
    by_hand: bool = False,
    phone: str = "",
) -> RenderedVersion:
    """The line above a message that has no version in the reader's language, naming the one it is in.

    `by_hand`: no answer reaches us from there, so that it names the school's `phone` for help, where it has one.
    """
    phrase = "in_original_by_hand" if by_hand else "in_original"
    said_in = saying(phrase, reads, fallback=fallback, written_in="-").language
    return saying(phrase, said_in, of=of, written_in=scripts.name_in(original, said_in), phone=phone)


def book_for(language: str) -> str:
    """The language the phrase book would answer this reader in."""
    return scripts.matches(language, books()) or LAST_RESORT


def languages() -> list[str]:
    """Languages with every phrase, as our pages offer theirs: what a school may offer as "Porchlight speaks …".

    One in its second script follows the first.
    """
    whole = [tag for tag, book in books().items() if set(book.phrases) >= set(PHRASES)]
    pages = [scripts.base(tag) for tag in page_languages()]
    order = {language: place for place, language in enumerate(pages)}
    return sorted(whole, key=lambda tag: (order.get(scripts.base(tag), len(order)), tag))


@cache
def books() -> dict[str, Book]:
    """Every language's phrases, read once."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.toml"))}


def _read(path: Path) -> Book:
    file = tomllib.loads(path.read_text(encoding="utf-8"))
    about = file.get("about", {})
    return Book(path.stem, file["phrases"], about.get("written_by", ""), about.get("checked_by", ""))


def _entry(phrase: str) -> Phrase:
    try:
        return PHRASES[phrase]
    except KeyError:
        raise NoSuchPhrase(f"The phrase book has no “{phrase}”.") from None


def _filled(text: str, places: Mapping[str, str], language: str) -> str:
    """Places filled, and optional parts without anything to say left out."""
    kept = MAY_FALL_AWAY.sub(lambda part: part[1] if _all_said(part[1], places) else "", text)
    right_to_left = scripts.direction(language) == "rtl"
    return PLACE.sub(lambda name: _placed(places.get(name[1], ""), right_to_left), kept)


def _all_said(part: str, places: Mapping[str, str]) -> bool:
    return all(places.get(name, "").strip() for name in PLACE.findall(part))


def _placed(value: str, right_to_left: bool) -> str:
    """Numbers in groups keep their order in right-to-left words; ordinary words need no help."""
    if right_to_left and LOOKS_LIKE_A_NUMBER.search(value) and not _has_right_to_left(value):
        return scripts.left_to_right(value)
    return value


def _has_right_to_left(value: str) -> bool:
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in value)
