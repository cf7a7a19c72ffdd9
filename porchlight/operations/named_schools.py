"""The schools a command was asked about."""

from __future__ import annotations

from django.core.management.base import CommandError
from django.db.models import QuerySet

from porchlight.schools.models import School


def named_schools(slug: str) -> QuerySet[School]:
    """The one of this short name; without a name every school, in the order of the names. Raises CommandError."""
    schools = School.objects.order_by("slug")
    if slug:
        schools = schools.filter(slug=slug)
        if not schools.exists():
            raise CommandError(f"There is no school {slug}. `porchlight school list` names them.")
    return schools
