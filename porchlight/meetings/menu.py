"""The line of links that joins what colleagues do with meetings; the bar has one place for all of them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from porchlight.design.menu import MenuEntry, Place, register
from porchlight.meetings.visits.waiting import waiting
from porchlight.schools.actors import Actor, Role


def _is_staff(actor: Actor) -> bool:
    return actor.is_staff


def _has_a_post(actor: Actor) -> bool:
    return actor.is_staff and actor.post_id is not None


def _interprets(actor: Actor) -> bool:
    return actor.is_one_of(Role.INTERPRETER, Role.LIAISON, Role.OFFICE)


def _counsels(actor: Actor) -> bool:
    return actor.is_one_of(Role.COUNSELLOR, Role.LEADER)


for entry in (
    MenuEntry(_("My meetings"), "meetings:mine", _is_staff, 10, Place.MEETINGS),
    MenuEntry(_("Rounds of meetings"), "meetings:rounds", _is_staff, 20, Place.MEETINGS),
    MenuEntry(_("Visits"), "meetings:visits", _is_staff, 30, Place.MEETINGS, badge=waiting),
    MenuEntry(_("My hours for families"), "meetings:my_standing", _has_a_post, 40, Place.MEETINGS),
    MenuEntry(_("Interpreting"), "meetings:interpreting", _interprets, 50, Place.MEETINGS),
    MenuEntry(_("Counselling"), "meetings:counselling", _counsels, 60, Place.MEETINGS),
):
    register(entry)
