"""Which languages are understood in a school by those who work there."""

from __future__ import annotations

from collections.abc import Collection

from porchlight.languages.models import KnownLanguage
from porchlight.schools.models import School, StaffMember


def spoken_here(school: School) -> frozenset[str]:
    """Base tags, each of a language that some colleague speaks."""
    known = KnownLanguage.objects.in_school(school).filter(staff__left_at=None)
    return frozenset(known.values_list("language", flat=True))


def who_speaks(school: School | int, languages: Collection[str]) -> list[StaffMember]:
    """Colleagues at work who speak any of these."""
    known = KnownLanguage.objects.in_school(school).filter(language__in=languages)
    people = StaffMember.objects.in_school(school).working().filter(pk__in=known.values("staff"))
    return list(people.order_by("pk"))
