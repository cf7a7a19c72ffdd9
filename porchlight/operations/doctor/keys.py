"""Does the server's seal key open what each school keeps sealed?"""

from __future__ import annotations

from collections.abc import Iterator

from porchlight.operations.findings import Finding, counted, look, wrong
from porchlight.schools import vault
from porchlight.schools.models import School, SchoolKey
from porchlight.schools.resealing import kept_plain
from porchlight.toolbox import sealed
from porchlight.toolbox.sealed import WrongSeal

ROTATE = "Run `porchlight keys rotate --school {slug}`."


def school_findings(school: School) -> Iterator[Finding]:
    """Of one school, inside its context. Asks the rows, never a process's memory."""
    keys = list(SchoolKey.objects.in_school(school))
    shut = [key for key in keys if not _opens(key)]
    if shut:
        yield wrong(
            school.slug,
            "What is sealed cannot be read: the seal key is not the one this school's keys were wrapped with.",
            "Set PORCHLIGHT_SEAL_KEY to that one, or add it to PORCHLIGHT_FORMER_SEAL_KEYS.",
        )
    elif old := sum(not sealed.is_current(key.wrapped) for key in keys):
        yield look(
            school.slug,
            f"{counted(old, 'key is', 'keys are')} still wrapped with a former seal key.",
            ROTATE.format(slug=school.slug),
        )
    if plain := kept_plain(school):
        yield wrong(
            school.slug,
            f"{counted(plain, 'field that should be sealed is', 'fields that should be sealed are')} not sealed "
            "with the school's key.",
            ROTATE.format(slug=school.slug),
        )


def _opens(key: SchoolKey) -> bool:
    try:
        vault.unwrap(key)
    except WrongSeal:
        return False
    return True
