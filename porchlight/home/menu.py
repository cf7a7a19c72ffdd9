"""The places of the house, hung up for the base pages to show."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from porchlight.conversations.models import TriageItem, Worry
from porchlight.design.menu import MenuEntry, Place, register
from porchlight.schools.actors import Actor, Kind, Role


def is_guardian(actor: Actor) -> bool:
    """An adult of the family."""
    return actor.kind is Kind.GUARDIAN


def has(*roles: Role) -> Callable[[Actor], bool]:
    """Staff holding one of these roles."""
    return lambda actor: actor.is_one_of(*roles)


def waiting_in_triage(actor: Actor) -> int:
    """What the office still has to place."""
    return TriageItem.objects.visible_to(actor).filter(resolved_at=None).count()


def open_worries(actor: Actor) -> int:
    """Worries nobody has taken up."""
    return Worry.objects.visible_to(actor).filter(seen_at=None).count()


def hang() -> None:
    """Register every place; called once when the house is ready."""
    office = (Role.OFFICE, Role.LEADER, Role.SAFEGUARDING)
    staff = Place.STAFF
    for entry in (
        MenuEntry(_("Desk"), "home:desk", lambda actor: actor.is_staff, 10, staff),
        MenuEntry(_("Announcements"), "conversations:notices", lambda actor: actor.is_staff, 20, staff),
        MenuEntry(
            _("To be placed"), "conversations:triage", has(*office), 30, staff, badge=waiting_in_triage
        ),
        MenuEntry(
            _("Worries"), "conversations:worries", has(Role.SAFEGUARDING), 40, staff, badge=open_worries
        ),
        MenuEntry(
            _("School texts"), "conversations:texts", has(Role.OFFICE, Role.LEADER, Role.LIAISON), 50, staff
        ),
        MenuEntry(_("This week"), "home:week", is_guardian, 10, Place.THUMBS, icon="home"),
        MenuEntry(_("Messages"), "conversations:family_messages", is_guardian, 20, Place.THUMBS, icon="chat"),
    ):
        register(entry)
