"""Who acts. Passed as `by=` and to `visible_to()`; never ambient."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porchlight.schools.tiers import Tier

if TYPE_CHECKING:
    from porchlight.accounts.models import User
    from porchlight.schools.models import School


class Kind(enum.StrEnum):
    """What sort of actor: one post, or something that is not a person."""

    STAFF = "staff"
    GUARDIAN = "guardian"
    STUDENT = "student"
    LINK = "link"  # whoever holds a notice link
    GATEWAY = "gateway"
    SYSTEM = "system"
    TOKEN = "token"  # noqa: S105 - an API token's kind, not a secret


class Role(enum.StrEnum):
    """What a staff member is for. One person may hold several."""

    TEACHER = "teacher"
    OFFICE = "office"
    LEADER = "leader"
    SAFEGUARDING = "safeguarding"
    COUNSELLOR = "counsellor"
    LIAISON = "liaison"
    INTERPRETER = "interpreter"

    @property
    def words(self) -> Promise:
        """As colleagues read it."""
        return ROLE_WORDS[self]


KEEPERS = (Role.OFFICE, Role.LEADER)  # who keeps what a school has set and connected, and its lists

ROLE_WORDS: dict[Role, Promise] = {
    Role.TEACHER: _("Teaches"),
    Role.OFFICE: _("Office"),
    Role.LEADER: _("Leads the school"),
    Role.SAFEGUARDING: _("Safeguarding"),
    Role.COUNSELLOR: _("Counsellor"),
    Role.LIAISON: _("Liaison with families"),
    Role.INTERPRETER: _("Interpreter"),
}


class Scope(enum.StrEnum):
    """What an API token may see or do; docs/api.md tells it to those who ask for one."""

    PEOPLE = "people:read"
    MANY = "people:many"
    CONTACTS = "contacts:read"
    CLASSES = "classes:read"
    MESSAGES = "messages:read"
    PERSONAL = "personal:read"
    DELIVERIES = "deliveries:read"
    ANSWERS = "answers:read"
    NOTICES = "notices:read"
    WRITE_NOTICES = "notices:write"
    ROSTERS = "rosters:read"
    WRITE_ROSTERS = "rosters:write"


@dataclass(frozen=True, slots=True)
class Actor:
    """One post in one school, or a gateway, the system, a link holder."""

    kind: Kind
    school_id: int
    post_id: int | None = None  # id of the StaffMember, Guardian or Student
    roles: frozenset[Role] = field(default_factory=frozenset)
    name: str = ""  # for sentences on pages; never recorded
    user_id: int | None = None
    grant_id: int | None = None  # an operator of the server, let in by the school to look: changes nothing
    why: str = ""  # the reason such a look was asked for
    scopes: frozenset[Scope] = field(
        default_factory=frozenset
    )  # of an API token; `post_id` is the token's id
    behalf_id: int | None = None  # the staff member in whose name a token acts
    islamic_day: str = field(
        default="", compare=False
    )  # a family's wish, as `toolbox.hijri.days_beside` takes it
    # What was found out of who acts, so that a page asks once: an actor lives as long as a request.
    known: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    def is_one_of(self, *roles: Role) -> bool:
        """Staff holding any of these roles."""
        return self.kind is Kind.STAFF and not self.roles.isdisjoint(roles)

    def may(self, *scopes: Scope) -> bool:
        """An API token that was given any of these."""
        return self.kind is Kind.TOKEN and not self.scopes.isdisjoint(scopes)

    @property
    def highest(self) -> Tier:
        """How personal the words may be that a token is told: never safeguarding's."""
        return Tier.L2 if self.may(Scope.PERSONAL) else Tier.L1

    @property
    def is_staff(self) -> bool:
        return self.kind is Kind.STAFF


def system(school_id: int) -> Actor:
    """Porchlight itself, in one school: timers, workers, imports run by the command line."""
    return Actor(Kind.SYSTEM, school_id)


def school_itself(school: School) -> Actor:
    """The same, where homes read who speaks: Porchlight in the school's name."""
    return Actor(Kind.SYSTEM, school.pk, name=school.name)


A_LEADERS_CHOICE = frozenset({Role.LEADER, Role.SAFEGUARDING})  # who sees every child, and worries


def may_give(by: Actor) -> tuple[Role, ...]:
    """The roles this actor may give and take away."""
    chooses = by.kind is Kind.SYSTEM or by.is_one_of(Role.LEADER)
    return tuple(role for role in Role if chooses or role not in A_LEADERS_CHOICE)


type PostFinder = Callable[[User, School], list[Actor]]

_finders: dict[PostFinder, Kind] = {}


def register_posts(kind: Kind) -> Callable[[PostFinder], PostFinder]:
    """Rooms above say which posts of a kind a user holds in a school: families adds guardians and students."""

    def register(finder: PostFinder) -> PostFinder:
        _finders.setdefault(finder, kind)
        return finder

    return register


def posts_of(user: User, school: School, *kinds: Kind) -> list[Actor]:
    """Every post of a signed-in user in this school, work before family; empty for strangers and the disabled.

    With `kinds`, those alone: a page for colleagues need not ask who is a parent.
    """
    if not user.is_active:
        return []
    found = [
        actor
        for finder, kind in _finders.items()
        if not kinds or kind in kinds
        for actor in finder(user, school)
    ]
    return sorted(found, key=lambda actor: list(Kind).index(actor.kind))


type SchoolFinder = Callable[[User], Iterable[int]]

_school_finders: list[SchoolFinder] = []


def register_schools(finder: SchoolFinder) -> SchoolFinder:
    """Rooms say, in one query, in which schools (by id) a user holds one of their posts, among those open now."""
    if finder not in _school_finders:
        _school_finders.append(finder)
    return finder


def school_ids_of(user: User) -> set[int]:
    """Ids of the open schools in which this user holds a post; empty for the disabled."""
    if not user.is_active:
        return set()
    return {school_id for finder in _school_finders for school_id in finder(user)}
