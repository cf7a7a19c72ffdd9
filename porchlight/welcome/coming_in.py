"""Who sits behind a family's session: a user made the first time, or a colleague's own who is a parent too."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest

from porchlight.accounts.models import User
from porchlight.activity.record import record
from porchlight.delivery.silence import gives_sign_of_life
from porchlight.families.models import Address, Guardian, Student
from porchlight.schools.actors import Actor, Kind
from porchlight.schools.doors import SchoolRequest, register_guard
from porchlight.schools.models import School
from porchlight.schools.ways_in import Ways, register_ways
from porchlight.toolbox import school_time
from porchlight.welcome.languages import page_language
from porchlight.welcome.sign_in import Person, people_at

MINE = timedelta(days=30)  # on a phone marked "mine"
NOT_MINE = timedelta(hours=12)

CAME_BY = "came_by"  # [kind of person, id, id of the address]


def came_by(session: SessionBase, person: Person, address_id: int) -> None:
    """This session was opened by a code to this address, and lasts no longer than the address is theirs."""
    session[CAME_BY] = [type(person).__name__, person.pk, address_id]
    gives_sign_of_life(Address.objects.get(pk=address_id), school_time.now())


@register_guard
def is_still_theirs(request: SchoolRequest, actor: Actor) -> bool:
    """Whether whoever reads could come in by the same address now: no other owner, nobody kept apart since."""
    kind, post, address = request.session.get(CAME_BY, ("", 0, 0))
    return _is_there(request.school, kind, post, address)


def _is_there(school: School, kind: str, post: int | None, address: int) -> bool:
    people = people_at(school, address, now=school_time.now())
    return any((type(one).__name__, one.pk) == (kind, post) for one in people)


def _address_of(request: HttpRequest) -> int | None:
    came = request.session.get(CAME_BY)
    return int(came[2]) if came else None


def _opens(school: School, actor: Actor, address: int) -> bool:
    return _is_there(school, "Guardian" if actor.kind is Kind.GUARDIAN else "Student", actor.post_id, address)


register_ways(Ways(_address_of, _opens))


@transaction.atomic
def user_of(person: Person) -> User:
    """The user who signs in for this person, made the first time. Families need no mailbox and no password."""
    person = type(person).objects.select_for_update().get(pk=person.pk)
    if person.user is None:
        person.user = User.objects.create_user(name=called(person), language=language_of(person))
        person.save(update_fields=["user"])
    record(f"{actor_of(person).kind}.signed_in", about=person, by=actor_of(person))
    return person.user


@transaction.atomic
def become_one(person: Person, user: User) -> None:
    """One sign-in for both: a colleague has shown that this parent's phone is theirs too.

    The user the parent had before keeps no post here, so their earlier sessions open nothing more.
    """
    person = type(person).objects.select_for_update().get(pk=person.pk)
    if person.user_id != user.pk:
        person.user = user
        person.save(update_fields=["user"])
        record("posts.joined", about=person, by=actor_of(person), user=user.pk)


def actor_of(person: Person) -> Actor:
    """The post as the one who acts."""
    if isinstance(person, Guardian):
        return person.actor()
    return Actor(Kind.STUDENT, person.school_id, person.pk, name=person.short_name, user_id=person.user_id)


def called(person: Person) -> str:
    """How a page may greet them."""
    return person.short_name if isinstance(person, Student) else person.greeting


def language_of(person: Person) -> str:
    """The interface language nearest to what they read; a student's is the school's."""
    return page_language(person.reading if isinstance(person, Guardian) else person.school.language)


def session_length(*, mine: bool) -> timedelta:
    """How long a phone stays signed in."""
    return MINE if mine else NOT_MINE


def session_idle(*, mine: bool) -> timedelta | None:
    """How long it may lie unused: a phone that is not theirs alone is shut for whoever takes it up next."""
    return None if mine else settings.FAMILY_IDLE
