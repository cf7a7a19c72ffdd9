"""The places of the house, hung up for the base pages to show."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from porchlight.conversations.models import TriageItem, Worry
from porchlight.delivery.models import Delivery
from porchlight.design.menu import MenuEntry, Place, register
from porchlight.families.models import Guardian
from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import StaffMember


def is_guardian(actor: Actor) -> bool:
    """An adult of the family."""
    return actor.kind is Kind.GUARDIAN


def has(*roles: Role) -> Callable[[Actor], bool]:
    """Staff holding one of these roles."""
    return lambda actor: actor.is_one_of(*roles)


def waiting_in_triage(actor: Actor) -> int:
    """What the office still has to place."""
    return TriageItem.objects.visible_to(actor).filter(resolved_at=None).count()


def dead_letters(actor: Actor) -> int:
    """What could not leave."""
    return Delivery.objects.visible_to(actor).dead().count()


def open_worries(actor: Actor) -> int:
    """Worries nobody has taken up."""
    return Worry.objects.visible_to(actor).filter(seen_at=None).count()


def is_a_parent_too(actor: Actor) -> bool:
    """A colleague whose own child is here, under the same sign-in."""
    parents = Guardian.objects.in_school(actor.school_id).filter(left_at=None)
    return actor.is_staff and actor.user_id is not None and parents.filter(user=actor.user_id).exists()


def is_only_staff(actor: Actor) -> bool:
    """A colleague who may have a child here that we do not know of."""
    return actor.is_staff and not is_a_parent_too(actor)


def works_here_too(actor: Actor) -> bool:
    """A parent who has a post at the school, under the same sign-in."""
    posts = StaffMember.objects.in_school(actor.school_id).working()
    return is_guardian(actor) and actor.user_id is not None and posts.filter(user=actor.user_id).exists()


def hang() -> None:
    """Register every place; called once when the house is ready."""
    keepers = (Role.OFFICE, Role.LEADER)
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
        MenuEntry(_("School"), "schools:facts", has(*keepers), 60, staff),
        MenuEntry(_("The school"), "schools:facts", has(*keepers), 10, Place.SETTINGS),
        MenuEntry(_("Terms and holidays"), "schools:calendar", has(*keepers), 20, Place.SETTINGS),
        MenuEntry(_("Colleagues"), "welcome:staff", has(*keepers), 30, Place.SETTINGS),
        MenuEntry(_("Safeguarding"), "welcome:safeguarding", has(*office), 40, Place.SETTINGS),
        MenuEntry(_("Ways to reach families"), "delivery:accounts", has(*keepers), 50, Place.SETTINGS),
        MenuEntry(
            _("Could not leave"),
            "delivery:dead_letters",
            has(*keepers),
            60,
            Place.SETTINGS,
            badge=dead_letters,
        ),
        MenuEntry(_("My own child"), "home:week", is_a_parent_too, 10, Place.OWN),
        MenuEntry(_("My child goes to this school"), "welcome:sign_in", is_only_staff, 20, Place.OWN),
        MenuEntry(_("My sign-in"), "mfa_index", lambda actor: actor.is_staff, 30, Place.OWN, of_school=False),
        MenuEntry(_("This week"), "home:week", is_guardian, 10, Place.THUMBS, icon="home"),
        MenuEntry(_("Messages"), "conversations:family_messages", is_guardian, 20, Place.THUMBS, icon="chat"),
        MenuEntry(_("At work"), "home:desk", works_here_too, 40, Place.THUMBS, icon="people"),
    ):
        register(entry)
