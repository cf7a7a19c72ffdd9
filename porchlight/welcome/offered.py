"""The languages a family may choose from by a digit: those our own phrases are in and homes here read."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count

from porchlight.families.models import Guardian
from porchlight.languages.phrases import LAST_RESORT, books, languages
from porchlight.languages.understood import understand
from porchlight.schools.models import School
from porchlight.toolbox import scripts

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


def as_choices(tags: list[str]) -> str:
    """`1 English`, one a line, each language in its own words."""
    return "\n".join(f"{number} {scripts.autonym(tag)}" for number, tag in enumerate(tags, 1))


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
