"""This room's places in the menus."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from porchlight.design.menu import MenuEntry, Place, register
from porchlight.privacy.models import Request
from porchlight.schools.actors import KEEPERS, Actor, Kind, Role


def waiting(actor: Actor) -> int:
    """What families asked for and nobody has answered."""
    return Request.objects.visible_to(actor).open().count()


def is_guardian(actor: Actor | None) -> bool:
    """An adult of the family; nobody may be signed in."""
    return actor is not None and actor.kind is Kind.GUARDIAN


def hang() -> None:
    """Register every place; called once when the house is ready."""
    may = (*KEEPERS, Role.SAFEGUARDING)
    register(
        MenuEntry(
            _("What is kept"),
            "privacy:requests",
            lambda actor: actor.is_one_of(*may),
            65,
            Place.SETTINGS,
            badge=waiting,
        )
    )
    leader = Role.LEADER
    register(
        MenuEntry(
            _("Leave Porchlight"),
            "privacy:leaving",
            lambda actor: actor.is_one_of(leader),
            90,
            Place.SETTINGS,
        )
    )
    register(
        MenuEntry(_("What is kept about me"), "privacy:at_work", lambda actor: actor.is_staff, 40, Place.OWN)
    )
    words = _("What the school keeps, and how long")
    register(MenuEntry(words, "privacy:mine", is_guardian, 10, Place.FOOT))
    register(MenuEntry(words, "privacy:retention", lambda actor: not is_guardian(actor), 20, Place.FOOT))
