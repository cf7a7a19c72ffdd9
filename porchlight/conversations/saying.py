"""Lines made of our own phrases and of words that stand elsewhere, said in every language that has all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from porchlight.conversations.wording import Words
from porchlight.design.moments import full_day, slot
from porchlight.families.models import Guardian
from porchlight.languages.phrases import languages, say
from porchlight.languages.provenance import Provenance, RenderedVersion, Version
from porchlight.schools.models import School
from porchlight.toolbox import scripts

NOON = time(12)
type Value = Words | datetime | date | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One phrase with what stands in its places; without a phrase, `words` alone."""

    phrase: str
    places: Mapping[str, Value]


def line(phrase: str, **places: Value) -> Line:
    """`line("update_told", text=words)`."""
    return Line(phrase, places)


def said_in_all(
    lines: Sequence[Line], school: School, *, zone: tzinfo | None = None, hijri: int | None = None
) -> Words:
    """The lines, one a row: in the school's language, with a version wherever every part of it has one.

    A date is said as a whole day, a datetime with its hour, on the clock of `zone`: the school's, unless a home's.
    Several names stand with the comma of the language between them.
    `hijri`: the Islamic day stands behind it, for a home that wants it (`Guardian.hijri_days`).
    """
    on_clock = zone or school.zone
    text, _used = _said(lines, school, school.language, on_clock, hijri)
    versions: dict[str, Version] = {}
    for tag in languages():
        if tag == school.language:
            continue
        said, used = _said(lines, school, tag, on_clock, hijri)
        if not any(one.needs_mark(tag) for one in used):
            versions[tag] = _version(said, tag, used)
    return Words(text, school.language, versions)


def in_each_language(phrase: str, school: School) -> dict[str, str]:
    """One phrase of ours, by language: the label of a choice."""
    return {tag: say(phrase, tag, of=school) for tag in languages()}


def said_at_home(
    lines: Sequence[Line], guardian: Guardian, school: School, *, zone: tzinfo | None = None
) -> Words:
    """To one adult: on the clock of their home, unless `zone` says another, with the Islamic day if they want it."""
    on_clock = zone or guardian.zone(school.zone)
    return said_in_all(lines, school, zone=on_clock, hijri=guardian.hijri_days(school.hijri_days))


def _said(
    lines: Iterable[Line], school: School, tag: str, zone: tzinfo, hijri: int | None
) -> tuple[str, list[RenderedVersion]]:
    rows, used = list[str](), list[RenderedVersion]()
    for one in lines:
        places: dict[str, str] = {}
        for name, value in one.places.items():
            if isinstance(value, Words):
                rendered = value.for_reader(tag)
                used.append(rendered)
                places[name] = rendered.text
            elif isinstance(value, datetime):
                places[name] = slot(value, zone=zone, language=tag, hijri=hijri)
            elif isinstance(value, date):
                noon = datetime.combine(value, NOON, tzinfo=zone)
                places[name] = full_day(noon, zone=zone, language=tag, hijri=hijri)
            elif isinstance(value, tuple):
                places[name] = scripts.comma(tag).join(value)
            else:
                places[name] = value
        rows.append(say(one.phrase, tag, of=school, **places) if one.phrase else places["words"])
    return "\n".join(rows), used


def _version(text: str, tag: str, used: Sequence[RenderedVersion]) -> Version:
    """The whole is what its weakest part is: a machine's words in it make it a machine's."""
    for one in used:
        if one.is_unchecked_machine:
            return Version(text, tag, Provenance.ENGINE, one.by)
    people = [one for one in used if one.provenance not in (Provenance.PHRASE_BOOK, Provenance.ORIGINAL)]
    if people:
        return Version(text, tag, people[0].provenance, people[0].by, people[0].checked_by)
    return Version(text, tag, Provenance.PHRASE_BOOK, "Porchlight")
