"""The places of the house, hung up for the base pages to show."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from porchlight.conversations.call_list import waiting_for_a_call
from porchlight.conversations.models import Check, Listening, TriageItem, Trouble, Worry
from porchlight.conversations.on_errands import OF_THE_LADDER
from porchlight.delivery.by_hand.entrusting import sees_numbers
from porchlight.delivery.by_hand.letters import to_print
from porchlight.delivery.by_hand.lists import not_ones_own, waiting
from porchlight.delivery.gateways.by_hand import BY_HAND, TAPPED, CallList, Slips
from porchlight.delivery.models import Delivery, InboundEvent, Recording
from porchlight.design.menu import MenuEntry, Place, register
from porchlight.errands.models import Errand
from porchlight.home.bar_facts import any_check_waits, checks, hello_is_on, is_a_parent_too, listens
from porchlight.schools.actors import KEEPERS, Actor, Kind, Role
from porchlight.schools.models import StaffMember
from porchlight.toolbox import school_time


def is_guardian(actor: Actor) -> bool:
    """An adult of the family."""
    return actor.kind is Kind.GUARDIAN


def is_student(actor: Actor) -> bool:
    """A student with a sign-in of their own."""
    return actor.kind is Kind.STUDENT


def has(*roles: Role) -> Callable[[Actor], bool]:
    """Staff holding one of these roles."""
    return lambda actor: actor.is_one_of(*roles)


def waiting_in_triage(actor: Actor) -> int:
    """What the office still has to place, and what it has to mend."""
    troubles = Trouble.objects.visible_to(actor).standing().count()
    return TriageItem.objects.visible_to(actor).waiting().count() + troubles


def to_carry(actor: Actor) -> int:
    """What waits on the lists of texts, calls and slips."""
    return waiting(actor, BY_HAND).filter(due_at__lte=school_time.now()).count()


def to_tap(actor: Actor) -> int:
    """Texts to be sent from a colleague's own phone."""
    return waiting(actor, TAPPED).filter(due_at__lte=school_time.now()).count()


def to_ring(actor: Actor) -> int:
    """Who asked to be rung, and whom our words reach only so."""
    ours = waiting(actor, [CallList.name]).filter(due_at__lte=school_time.now()).count()
    return ours + waiting_for_a_call(actor).count()


def to_reach(actor: Actor) -> int:
    """Homes that the ladder left to a person."""
    return Errand.objects.visible_to(actor).open().filter(kind__in=OF_THE_LADDER).count()


def to_hand_out(actor: Actor) -> int:
    """Slips for children this colleague sees."""
    return waiting(actor, [Slips.name]).filter(due_at__lte=school_time.now()).count()


def letters_to_print(actor: Actor) -> int:
    """Letters that nobody has printed yet."""
    return to_print(actor).filter(due_at__lte=school_time.now()).count()


def dead_letters(actor: Actor) -> int:
    """What could not leave."""
    return not_ones_own(Delivery.objects.visible_to(actor).dead(), actor).count()


def unread(actor: Actor) -> int:
    """What came in and could not be read."""
    return InboundEvent.objects.visible_to(actor).given_up().count()


def open_worries(actor: Actor) -> int:
    """Worries nobody has taken up."""
    return Worry.objects.visible_to(actor).open().count()


def is_only_staff(actor: Actor) -> bool:
    """A colleague who may have a child here that we do not know of."""
    return actor.is_staff and not is_a_parent_too(actor)


def works_here_too(actor: Actor) -> bool:
    """A parent who has a post at the school, under the same sign-in."""
    if not is_guardian(actor) or actor.user_id is None:
        return False
    return StaffMember.objects.in_school(actor.school_id).working().filter(user=actor.user_id).exists()


def meets_hello_week(actor: Actor) -> bool:
    """Who may begin it; and everybody at work while it is on."""
    if not actor.is_staff or actor.is_one_of(*KEEPERS):
        return actor.is_staff
    return hello_is_on(actor)


def reads_translations(actor: Actor) -> bool:
    """A colleague who checks translations; the office and leaders while any waits."""
    if not actor.is_staff:
        return False
    # Whether any waits is known already; who may see which asks more.
    return checks(actor) or (any_check_waits(actor) and to_be_read(actor) > 0)


def to_be_read(actor: Actor) -> int:
    """Translations that somebody doubts, or that wait for a reader."""
    return Check.objects.visible_to(actor).waiting().count()


def notes_to_hear(actor: Actor) -> int:
    """Voice notes nobody has heard yet, and words that somebody has to say."""
    to_say = Recording.objects.visible_to(actor).waiting()
    return Listening.objects.visible_to(actor).waiting().count() + to_say.count()


GUARDS = (Role.OFFICE, Role.LEADER, Role.SAFEGUARDING)


def hang() -> None:
    """Register every place; called once when the house is ready."""
    for entry in (*bar_of_staff(), *by_hand(), *settings_of_a_school(), *own_and_thumbs()):
        register(entry)


def bar_of_staff() -> tuple[MenuEntry, ...]:
    """The bar of staff pages."""
    staff, writers = Place.STAFF, (Role.OFFICE, Role.LEADER, Role.LIAISON)
    return (
        MenuEntry(_("Desk"), "home:desk", lambda actor: actor.is_staff, 10, staff),
        MenuEntry(_("Announcements"), "conversations:notices", lambda actor: actor.is_staff, 20, staff),
        MenuEntry(
            _("To be placed"), "conversations:triage", has(*GUARDS), 30, staff, badge=waiting_in_triage
        ),
        MenuEntry(_("By hand"), "delivery:tap_list", sees_numbers, 55, staff, badge=to_carry),
        MenuEntry(
            _("Worries"), "conversations:worries", has(Role.SAFEGUARDING), 40, staff, badge=open_worries
        ),
        MenuEntry(_("Away"), "learning:absences", lambda actor: actor.is_staff, 25, staff),
        MenuEntry(_("Newsletter"), "updates:newsletter", has(*KEEPERS), 22, staff),
        MenuEntry(_("Meetings"), "meetings:mine", lambda actor: actor.is_staff, 26, staff),
        MenuEntry(_("The street"), "home:street", lambda actor: actor.is_staff, 15, staff),
        MenuEntry(_("Hello week"), "home:hello_week", meets_hello_week, 45, staff),
        MenuEntry(_("To hear"), "conversations:listening", listens, 27, staff, badge=notes_to_hear),
        MenuEntry(
            _("Translations"), "conversations:translations", reads_translations, 28, staff, badge=to_be_read
        ),
        MenuEntry(_("School texts"), "conversations:texts", has(*writers), 50, staff),
        MenuEntry(_("School"), "schools:facts", has(*KEEPERS), 60, staff),
    )


def by_hand() -> tuple[MenuEntry, ...]:
    """The lists that people carry themselves."""
    place = Place.BY_HAND
    return (
        MenuEntry(_("Tap to send"), "delivery:tap_list", sees_numbers, 10, place, badge=to_tap),
        MenuEntry(_("Call list"), "conversations:calls", sees_numbers, 20, place, badge=to_ring),
        MenuEntry(
            _("Homes to reach"),
            "conversations:reaching",
            lambda actor: actor.is_staff,
            25,
            place,
            badge=to_reach,
        ),
        MenuEntry(_("At the gate"), "conversations:gates", has(*KEEPERS, Role.TEACHER), 40, place),
        MenuEntry(_("Slips"), "welcome:slips", lambda actor: actor.is_staff, 30, place, badge=to_hand_out),
        MenuEntry(_("Letters"), "welcome:letters", has(*KEEPERS), 40, place, badge=letters_to_print),
        MenuEntry(
            _("Slips that came back"), "conversations:slips_back", lambda actor: actor.is_staff, 50, place
        ),
    )


def settings_of_a_school() -> tuple[MenuEntry, ...]:
    """The line of links on top of the school's settings."""
    place, keepers = Place.SETTINGS, has(*KEEPERS)
    return (
        MenuEntry(_("The school"), "schools:facts", keepers, 10, place),
        MenuEntry(_("Terms and holidays"), "schools:calendar", keepers, 20, place),
        MenuEntry(_("Who listens"), "conversations:listeners", keepers, 45, place),
        MenuEntry(_("Colleagues"), "welcome:staff", keepers, 30, place),
        MenuEntry(_("Students’ sign-ins"), "welcome:students", keepers, 35, place),
        MenuEntry(_("Families’ consent"), "welcome:consent", keepers, 37, place),
        MenuEntry(_("Poster and cards"), "welcome:poster", keepers, 38, place),
        MenuEntry(_("Safeguarding"), "welcome:safeguarding", has(*GUARDS), 40, place),
        MenuEntry(_("Ways to reach families"), "delivery:accounts", keepers, 50, place),
        MenuEntry(_("The ladder"), "delivery:ladder", keepers, 55, place),
        MenuEntry(_("Languages"), "languages:overview", keepers, 57, place),
        MenuEntry(_("Films"), "conversations:films", keepers, 58, place),
        MenuEntry(_("Video meetings"), "meetings:video", keepers, 59, place),
        MenuEntry(_("Could not leave"), "delivery:dead_letters", keepers, 60, place, badge=dead_letters),
        MenuEntry(_("Could not be read"), "delivery:given_up", has(*GUARDS), 65, place, badge=unread),
    )


def own_and_thumbs() -> tuple[MenuEntry, ...]:
    """Beside one's name, and under the pages of families and students."""
    own, thumbs = Place.OWN, Place.THUMBS
    return (
        MenuEntry(_("My own child"), "home:week", is_a_parent_too, 10, own),
        MenuEntry(_("My child goes to this school"), "welcome:sign_in", is_only_staff, 20, own),
        MenuEntry(
            _("When I read"), "schools:my_hours", lambda actor: actor.post_id and actor.is_staff, 25, own
        ),
        MenuEntry(_("My sign-in"), "mfa_index", lambda actor: actor.is_staff, 30, own, of_school=False),
        MenuEntry(_("This week"), "home:week", is_guardian, 10, thumbs, icon="home"),
        MenuEntry(_("Messages"), "conversations:family_messages", is_guardian, 20, thumbs, icon="chat"),
        MenuEntry(_("Meetings"), "meetings:my_meetings", is_guardian, 30, thumbs, icon="cal"),
        MenuEntry(_("My day"), "home:student_day", is_student, 10, thumbs, icon="home"),
        MenuEntry(_("At work"), "home:desk", works_here_too, 40, thumbs, icon="people"),
    )
