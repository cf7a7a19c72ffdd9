"""The languages a family may choose from by a digit: those our own phrases are in and homes here read."""

from __future__ import annotations

import unicodedata
from collections import Counter

from django.db.models import Count

from porchlight.families.models import Channel, Guardian
from porchlight.languages.phrases import LAST_RESORT, books, languages, say
from porchlight.languages.understood import understand
from porchlight.schools.models import School
from porchlight.toolbox import scripts
from porchlight.toolbox.sms_segments import widening

MOST = 9  # one digit each


def offered(school: School) -> list[str]:
    """Tags, those that most homes read first; the school's own language is always among them."""
    rows = Guardian.objects.in_school(school).filter(left_at=None)
    read: Counter[str] = Counter()
    for speaks, reads, script, count in rows.values_list("speaks", "reads", "script").annotate(Count("pk")):
        tag = scripts.matches(Guardian(speaks=speaks, reads=reads, script=script).reading, books())
        read.update({tag: count} if tag else {})
    known = [tag for tag, _count in read.most_common()]
    own = scripts.matches(school.language, books()) or LAST_RESORT
    return list(dict.fromkeys([*known[: MOST - 1], own, *languages()]))[:MOST]


def as_choices(tags: list[str], *, plain: bool = False) -> str:
    """`1 English`, one a line, each language in its own words; `plain` in letters that every text message has."""
    named = _in_plain_letters if plain else scripts.autonym
    return "\n".join(f"{number} {named(tag)}" for number, tag in enumerate(tags, 1))


def choices_in(phrase: str, school: School, language: str, channel: str) -> str:
    """The choices as they stand in this phrase.

    One foreign letter makes a text message cost more than twice as much. Where the phrase has none, the names of
    languages have none either: whoever greeted us so reads those letters.
    """
    tags = offered(school)
    if channel != Channel.SMS:
        return as_choices(tags)
    around = say(phrase, language, of=school, school=school.name, languages="1")
    return as_choices(tags, plain=not widening(around))


def _in_plain_letters(tag: str) -> str:
    """Its own name, if need be without its marks; the English one for other scripts: `Urdu`, `Te reo Maori`."""
    own = scripts.autonym(tag)
    bare = "".join(
        letter for letter in unicodedata.normalize("NFD", own) if not unicodedata.combining(letter)
    )
    return next((name for name in (own, bare) if not widening(name)), scripts.english_name(tag))


def language_of(text: str, school: School) -> str:
    """In which language somebody greeted us. Where several share the word, the one that most homes here read."""
    seen = understand(text, offered(school))
    if seen is not None and seen.language in books():
        return seen.language
    return scripts.matches(school.language, books()) or LAST_RESORT


def chosen_in(text: str, school: School) -> str:
    """The language named by its digit or its name; empty when the words are neither."""
    tags = offered(school)
    seen = understand(text)
    if seen is not None and seen.number is not None:
        return tags[seen.number - 1] if 1 <= seen.number <= len(tags) else ""
    named = scripts.tag_of(text.strip())
    return named if named in tags else ""
