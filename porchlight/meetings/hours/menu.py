"""Where these pages stand in the bars."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from porchlight.design.menu import MenuEntry, Place, register
from porchlight.schools.actors import Actor, Role


def _of_staff(actor: Actor) -> bool:
    return actor.is_staff and actor.post_id is not None


def _interprets(actor: Actor) -> bool:
    return actor.is_one_of(Role.INTERPRETER, Role.LIAISON, Role.OFFICE)


def _counsels(actor: Actor) -> bool:
    return actor.is_one_of(Role.COUNSELLOR, Role.LEADER)


register(MenuEntry(_("My hours for families"), "meetings:my_standing", _of_staff, 26, Place.OWN))
register(MenuEntry(_("Interpreting"), "meetings:interpreting", _interprets, 27, Place.OWN))
register(MenuEntry(_("Counselling"), "meetings:counselling", _counsels, 28, Place.OWN))
