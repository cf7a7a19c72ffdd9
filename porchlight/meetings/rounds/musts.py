"""Children whom a teacher has to talk about: held before any other wish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from porchlight.activity.record import record
from porchlight.families.models import Student, own_children
from porchlight.families.models.people import Enrolment, in_force
from porchlight.meetings.models import Round, RoundHost, Wish, WishedHost
from porchlight.meetings.rounds.parties import HIGHEST, form_parties, host_ids, parties_of, wish_for
from porchlight.meetings.rounds.teaching import at_home
from porchlight.schools.actors import Actor
from porchlight.schools.models import SchoolClass


@dataclass(frozen=True, slots=True)
class Must:
    """A child, why, and the colleague who comes along."""

    student: Student
    why: str = ""
    second: RoundHost | None = None


def children_of(round_: Round, host: RoundHost, *, by: Actor, now: datetime) -> list[Student]:
    """The children this colleague teaches in this season's classes, but for their own."""
    today = round_.school.local(now).date()
    classes = SchoolClass.objects.in_school(round_.school_id).taught_by(host.staff_id, on=today)
    places = Enrolment.objects.in_school(round_.school_id).filter(
        in_force(today), school_class__in=classes.filter(pk__in=round_.classes.values("school_class"))
    )
    rows = Student.objects.in_school(round_.school_id).on_roll().filter(pk__in=places.values("student"))
    return list(rows.exclude(pk__in=own_children(by)).order_by("name", "pk"))


def musts_of(host: RoundHost) -> dict[int, Wish]:
    """By child, what this colleague marked. Parents apart have a wish each; the first speaks for all."""
    found: dict[int, Wish] = {}
    for wish in _marks_of(host):
        found.setdefault(wish.student_id, wish)
    return found


def _marks_of(host: RoundHost) -> list[Wish]:
    """One for each party of each child; not those where they only come along."""
    rows = Wish.objects.filter(
        asked_by=Wish.From.STAFF, taken_back_at=None, round=host.round_id, hosts__host=host
    )
    found = rows.prefetch_related("hosts__host__staff").order_by("pk")
    return [wish for wish in found if host_ids(wish)[0] == host.pk]


@transaction.atomic
def mark(host: RoundHost, musts: Sequence[Must], *, by: Actor, now: datetime) -> None:
    """These children and no others of this colleague's. Raises PermissionDenied for a child they do not teach,
    and for a second who cares for the child at home.
    """
    round_ = Round.objects.select_for_update().get(pk=host.round_id)
    mine = {child.pk for child in children_of(round_, host, by=by, now=now)}
    if not {one.student.pk for one in musts} <= mine:
        raise PermissionDenied("Not a child of theirs.")
    caring = at_home(round_, mine)
    if any(one.second is not None and one.second.staff.user_id in caring[one.student.pk] for one in musts):
        raise PermissionDenied("Nobody sits at school across from themselves.")
    form_parties(round_, now=now)
    wanted = {one.student.pk: one for one in musts}
    marks = _marks_of(host)
    for wish in marks:
        if wish.student_id not in wanted and wish.meeting_id is None:
            _unmark(wish, now)
    for must in wanted.values():
        _mark(host, must, [one for one in marks if one.student_id == must.student.pk], now)
    form_parties(round_, now=now)  # whom nobody marks any more has the wish of every child again
    record("round.must", about=host, by=by, count=len(wanted))


def _unmark(wish: Wish, now: datetime) -> None:
    """What stood before it stands again."""
    wish.taken_back_at = now
    wish.save(update_fields=["taken_back_at"])
    before = Wish.objects.filter(party=wish.party_id, student=wish.student_id, taken_back_at=wish.made_at)
    before.exclude(asked_by=Wish.From.STAFF).update(taken_back_at=None)


def _mark(host: RoundHost, must: Must, marks: Sequence[Wish], now: datetime) -> None:
    """One for each party; what every child or the family asked of the same colleague is the same meeting."""
    hosts = (host.pk, *([must.second.pk] if must.second and must.second != host else []))
    there = {wish.party_id: wish for wish in marks}
    today = host.round.school.local(now).date()
    for party in parties_of(host.round, must.student.pk, on=today):
        wish = there.get(party.pk)
        if wish is None:
            wish = wish_for(
                party, must.student.pk, hosts, asked_by=Wish.From.STAFF, now=now, must=True, priority=HIGHEST
            )
            same = Wish.objects.filter(party=party, student=must.student, taken_back_at=None, meeting=None)
            same.exclude(asked_by=Wish.From.STAFF).filter(hosts__host=host).update(taken_back_at=now)
        wish.why = must.why
        wish.save(update_fields=["why"])
        if host_ids(wish) != hosts and wish.meeting_id is None:
            wish.hosts.exclude(host=host).delete()
            if must.second is not None:
                WishedHost.objects.create(school_id=wish.school_id, wish=wish, host=must.second)
