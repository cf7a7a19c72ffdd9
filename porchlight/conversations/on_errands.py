"""Homes that no rung brought a sign from: a named person's errand, with what happened and what to do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porchlight.activity.record import record
from porchlight.delivery.ladder.terms import Why
from porchlight.delivery.models import Ladder
from porchlight.delivery.not_reached import NotReached
from porchlight.delivery.planning import Planned
from porchlight.errands.actions import NobodyToAsk, ask_for, somebody_for
from porchlight.errands.models import Errand, ErrandKind
from porchlight.families.models import Guardian, Student
from porchlight.schools.actors import Actor, Role, system
from porchlight.schools.calendar import next_school_day
from porchlight.schools.models import School

OF_THE_LADDER = (ErrandKind.RING, ErrandKind.MEND_ADDRESS, ErrandKind.ASK_IN_PERSON, ErrandKind.WRITE_HOME)
KINDS = {
    Why.NO_SIGN: ErrandKind.RING,
    Why.NO_WAY_LEFT: ErrandKind.MEND_ADDRESS,
    Why.SAID_STOP: ErrandKind.ASK_IN_PERSON,
}
NOBODYS_ERRAND = (NotReached.RESTRICTED, NotReached.NO_RIGHT)
WHAT_TO_DO: dict[str, Promise] = {
    ErrandKind.RING: _(
        "Everything we sent may have arrived, and no sign came back. Ring them, or ask at the gate."
    ),
    ErrandKind.MEND_ADDRESS: _(
        "Nothing we have gets through to them. Ask kindly how they like to be reached."
    ),
    ErrandKind.WRITE_HOME: _("Write them a few kind lines that go home with the child."),
    ErrandKind.ASK_IN_PERSON: _(
        "They asked for no more messages. Send none. When you next meet, tell them, and ask how else to reach them."
    ),
}


def on_a_list(school: School, keys: Collection[str]) -> set[str]:
    """Which of these parcels are, or were, somebody's errand."""
    about = {f"parcel:{key}": key for key in keys}
    rows = Errand.objects.in_school(school).filter(kind__in=OF_THE_LADDER, about__in=list(about))
    return {about[found] for found in rows.values_list("about", flat=True)}


def ask_to_reach(
    *, school: School, guardian: Guardian, student: Student | None, about: str, why: Why, now: datetime
) -> Errand | None:
    """Give it to the person whom the school named for it. None, and a line in the record, when there is nobody."""
    by = system(school.pk)
    own = Ladder.objects.in_school(school).first()
    first = Role(own.errands_to) if own is not None else Role.OFFICE
    try:
        person = somebody_for(
            school, first, Role.OFFICE, Role.LIAISON, Role.LEADER, children=guardian.ties.values("student")
        )
    except NobodyToAsk:
        record("errand.nobody_named", about=guardian, by=by)
        return None
    return ask_for(
        kind=KINDS.get(why, ErrandKind.RING),
        to=person,
        due_at=by_the_end_of_school(school, now),
        by=by,
        about=about,
        reason=why.value,
        guardian=guardian,
        student=student,
    )


def ask_for_the_unreached(school: School, planned: Sequence[Planned], now: datetime) -> None:
    """Urgent words that had no way at all when they were said: nobody waits for a rung that is not there."""
    for one in planned:
        if one.not_reached is None or one.not_reached in NOBODYS_ERRAND:
            continue
        guardian, students = one.recipient.guardian, one.recipient.students
        why = Why.SAID_STOP if one.not_reached is NotReached.OPTED_OUT else Why.NO_WAY_LEFT
        about = f"guardian:{guardian.key}:{school.local(now).date().isoformat()}"
        ask_to_reach(
            school=school,
            guardian=guardian,
            student=students[0] if students else None,
            about=about,
            why=why,
            now=now,
        )


def by_the_end_of_school(school: School, now: datetime) -> datetime:
    """Today's last hour of school, or that of the next school day."""
    today = school.local(now).date()
    day = next_school_day(school, today - timedelta(days=1))
    ends = datetime.combine(day, school.closes_at, tzinfo=school.zone)
    if ends <= now:
        ends = datetime.combine(next_school_day(school, today), school.closes_at, tzinfo=school.zone)
    return ends


@dataclass(frozen=True, slots=True)
class ToReach:
    """One line of the page: a home, what to do, who does it and by when."""

    errand: Errand
    what_to_do: str | Promise
    is_late: bool


def to_reach(actor: Actor, now: datetime) -> list[ToReach]:
    """Open errands of the ladder that this actor sees, the earliest due first."""
    rows = Errand.objects.visible_to(actor).open().filter(kind__in=OF_THE_LADDER, guardian__isnull=False)
    found = rows.select_related("guardian", "student", "assigned_to")
    return [ToReach(one, WHAT_TO_DO[one.kind], one.due_at < now) for one in found[:100]]
