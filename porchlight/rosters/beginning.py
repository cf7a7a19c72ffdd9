"""A school's first hour: nobody is on its roll yet, and somebody is there who may bring them."""

from __future__ import annotations

from porchlight.families.models import Student
from porchlight.rosters.models import MAY_IMPORT
from porchlight.schools.actors import Actor


def is_to_begin(actor: Actor) -> bool:
    """Whether this person's first page is the one where a sheet is brought."""
    return actor.is_one_of(*MAY_IMPORT) and not Student.objects.in_school(actor.school_id).exists()
