"""This room's place in the school's settings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from porchlight.design.menu import MenuEntry, Place, register
from porchlight.schools.actors import KEEPERS


def hang() -> None:
    """Register it; called once when the house is ready."""
    register(
        MenuEntry(
            _("Other systems"), "api:tokens", lambda actor: actor.is_one_of(*KEEPERS), 90, Place.SETTINGS
        )
    )
