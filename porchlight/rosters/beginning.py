"""A school's first hour: nobody is on its roll yet, and somebody is there who may bring them."""

from __future__ import annotations

from collections.abc import Callable

from porchlight.families.models import Student
from porchlight.rosters.models import MAY_IMPORT, RosterImport
from porchlight.schools.actors import Actor


def is_to_begin(actor: Actor) -> bool:
    """Whether this person's first page is the one where a sheet is brought."""
    return actor.is_one_of(*MAY_IMPORT) and not Student.objects.in_school(actor.school_id).exists()


type Leads = Callable[[Actor], bool]

_onward: list[tuple[str, Leads]] = []


def leads_on(page: str, for_whom: Leads) -> None:
    """A room above has a page, by its name, that follows a school's first roster for these people."""
    if (page, for_whom) not in _onward:
        _onward.append((page, for_whom))


def page_after(run: RosterImport, actor: Actor) -> str:
    """The name of the page that follows a roster just taken; empty where it is not the school's first."""
    earlier = RosterImport.objects.visible_to(actor).exclude(applied_at=None).exclude(pk=run.pk)
    if earlier.exists():
        return ""
    return next((page for page, for_whom in _onward if for_whom(actor)), "")
