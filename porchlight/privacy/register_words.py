"""The register as pages show it: by limit for everybody, by table for leaders."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from porchlight.privacy.limits import YEAR, days_of
from porchlight.privacy.register import of_schools, register, tier_of
from porchlight.privacy.words import GROUNDS, LIMITS, PURPOSES, SORTS, WHOSE
from porchlight.schools.models import School
from porchlight.toolbox.kept import Kept, Limit, Sort, Whose

UNTOLD = {Sort.TIES, Sort.TIMES, Sort.CODES}  # of interest in the record, noise on the page for families


class Line(NamedTuple):
    """One limit on the public page."""

    what: Promise
    how_long: str
    purposes: list[Promise]
    sorts: list[Promise]
    grounds: list[Promise]


class Table(NamedTuple):
    """One table in the record of processing."""

    label: str
    whose: list[Promise]
    purpose: Promise
    ground: Promise
    how_long: str
    fields: list[tuple[Promise, str]]
    highest: int


def lines(school: School) -> list[Line]:
    """What tells of a person, by how long it is kept, the longest first."""
    days = days_of(school)
    found = []
    for limit, what in LIMITS.items():
        tables = [kept for kept in register().values() if kept.limit is limit and _tells_of_somebody(kept)]
        if not tables:
            continue
        found.append(
            (
                days.get(limit, 10**6),
                Line(
                    what,
                    span(days.get(limit)),
                    _in_order(PURPOSES, [kept.purpose for kept in tables]),
                    _in_order(SORTS, [s for kept in tables for s in kept.fields if s not in UNTOLD]),
                    _in_order(GROUNDS, [kept.ground for kept in tables]),
                ),
            )
        )
    return [line for _days, line in sorted(found, key=lambda pair: -pair[0])]


def tables(school: School) -> list[Table]:
    """Every table of schools, as the record of processing has it."""
    days = days_of(school)
    return [
        Table(
            model._meta.label,
            [WHOSE[one] for one in kept.whose],
            PURPOSES[kept.purpose],
            GROUNDS[kept.ground],
            span(days.get(kept.limit)),
            [(SORTS[sort], names) for sort, names in kept.fields.items()],
            max(tier_of(model, name) for name in ["id", *kept.named()]),
        )
        for model, kept in sorted(of_schools(), key=lambda pair: pair[0]._meta.label)
    ]


def span(days: int | None) -> str:
    """“3 years”, “30 days”; without an end, as long as the school is here."""
    if days is None:
        return _("as long as the school uses Porchlight")
    if days >= YEAR and days % YEAR == 0:
        return ngettext("%(n)s year", "%(n)s years", days // YEAR) % {"n": days // YEAR}
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def limit_words(limit: Limit) -> Promise:
    """What a limit is over."""
    return LIMITS[limit]


def _tells_of_somebody(kept: Kept) -> bool:
    return not set(kept.whose) <= {Whose.SCHOOL, Whose.NOBODY}


def _in_order[K](words: dict[K, Promise], found: list[K]) -> list[Promise]:
    return [said for one, said in words.items() if one in found]
