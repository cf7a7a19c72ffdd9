"""The alarm over many people: one account that sees more than 500 of them in an hour, or hands out a file of them.

Then nothing more is shown until its holder has just taken the second step, and another leader is told at once.
"""

from __future__ import annotations

from datetime import timedelta
from time import monotonic
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect

from porchlight.accounts.held_words import hold
from porchlight.accounts.proving import to_prove_again
from porchlight.activity.models import Entry
from porchlight.activity.record import record
from porchlight.conversations.worrying import alert
from porchlight.errands.actions import named
from porchlight.operations.models import PersonSeen
from porchlight.schools.actors import Actor, Kind, Role, Scope
from porchlight.schools.doors import SchoolRequest
from porchlight.schools.looks import Looking, Row
from porchlight.schools.models import School, StaffMember
from porchlight.toolbox import school_time

MOST, WITHIN = 500, timedelta(hours=1)
REMEMBERED = 300.0  # seconds a process takes somebody as just seen, and asks the database nothing
MANY_SEEN, EXPORTED = "people.many_seen", "people.exported"

_seen: dict[tuple[int, int], dict[Row, float]] = {}


def look_at_how_many(
    request: SchoolRequest, actor: Actor, seen: Looking, response: HttpResponseBase, exports: bool
) -> HttpResponseBase | None:
    """A gate of `schools/doors.py`: None lets the page pass."""
    if actor.post_id is None or response.status_code != 200:
        return None
    if actor.kind is Kind.TOKEN:
        return _of_a_token(request, actor, seen.people_in(response))
    exports = exports and request.method in {"GET", "POST"}
    many = _is_too_many(actor, seen.people_in(response))
    if not (many or exports):
        return None
    first = to_prove_again(request)
    if not (exports and first):  # an export that is not given yet is none
        raise_alarm(request.school, EXPORTED if exports else MANY_SEEN, by=actor)
    if first and request.method in {"GET", "POST"}:
        return _to_the_second_step(request, first)
    return None


def _of_a_token(request: SchoolRequest, actor: Actor, people: set[Row]) -> HttpResponseBase | None:
    """People a token was told of count for whoever made it: they are one account. No second step can be asked.

    One that was given the whole roll to read is not stopped: another leader was told when it was made.
    """
    if actor.may(Scope.MANY) or not _is_too_many(actor, people):
        return None
    raise_alarm(request.school, MANY_SEEN, by=actor)
    return HttpResponse(status=403)


def _to_the_second_step(request: SchoolRequest, first: str) -> HttpResponseBase:
    """There and back; the whole page, where only a part of it was asked for, and what was typed with it."""
    back = request.get_full_path()
    if request.method == "POST" and request.user.pk is not None:
        back = hold(request, request.user.pk)
    elif request.htmx:
        back = request.htmx.current_url_abs_path or back
    there = f"{first}?{urlencode({'next': back})}"
    return HttpResponse(headers={"HX-Redirect": there}) if request.htmx else HttpResponseRedirect(there)


def _is_too_many(actor: Actor, people: set[Row]) -> bool:
    """Write down whom this account saw, and say whether they have become too many in an hour."""
    account = actor.behalf_id or actor.post_id
    assert account is not None  # noqa: S101 - the gate has asked
    moment, now = monotonic(), school_time.now()
    lately = _seen.setdefault((actor.school_id, account), {})
    for person in [person for person, at in lately.items() if moment - at > REMEMBERED]:
        del lately[person]
    fresh = people - lately.keys()
    if not fresh:
        return False
    PersonSeen.objects.bulk_create(
        [
            PersonSeen(school_id=actor.school_id, staff_id=account, person=f"{label}:{pk}", at=now)
            for label, pk in sorted(fresh)
        ],
        update_conflicts=True,
        unique_fields=["school", "staff", "person"],
        update_fields=["at"],
    )
    here = PersonSeen.objects.in_school(actor.school_id).filter(staff_id=account)
    too_many = here.filter(at__gt=now - WITHIN).count() > MOST
    if not too_many:  # while there are, every page asks the database
        lately.update(dict.fromkeys(fresh, moment))
    return too_many


@transaction.atomic
def raise_alarm(school: School, verb: str, *, by: Actor) -> bool:
    """Write it down and tell another leader; once an hour for one account, unless files leave. False: known already."""
    now = school_time.now()
    known = Entry.objects.in_school(school).filter(verb=verb, actor_kind=by.kind.value, actor_id=by.post_id)
    if verb == MANY_SEEN and known.filter(at__gt=now - WITHIN).exists():
        return False
    record(verb, about=school, by=by, most=MOST)
    if (person := _second_person(school, by)) is not None:
        alert(school, person, now)
    return True


def _second_person(school: School, by: Actor) -> StaffMember | None:
    """Another leader; where there is none, who safeguards; else the office."""
    for role in (Role.LEADER, Role.SAFEGUARDING, Role.OFFICE):
        for person in named(school, role):
            same_user = by.user_id is not None and person.user_id == by.user_id
            if person.pk != (by.behalf_id or by.post_id) and not same_user:
                return person
    return None
