"""This room's places in the school's settings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from porchlight.design.menu import MenuEntry, Place, register
from porchlight.schools.actors import Actor, Role
from porchlight.schools.models import OperatorGrant

WATCHERS = (Role.LEADER, Role.SAFEGUARDING)


def waiting_operators(actor: Actor) -> int:
    """Who asks to look into the school."""
    return OperatorGrant.objects.visible_to(actor).waiting().count()


def hang() -> None:
    """Register every place; called once when the house is ready."""
    register(
        MenuEntry(
            _("Who looked"), "operations:looks", lambda actor: actor.is_one_of(*WATCHERS), 70, Place.SETTINGS
        )
    )
    register(
        MenuEntry(
            _("Who looks after the server"),
            "operations:operators",
            lambda actor: actor.is_one_of(Role.LEADER),
            80,
            Place.SETTINGS,
            badge=waiting_operators,
        )
    )
