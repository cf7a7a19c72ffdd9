"""Homes as a desk sees them: who lives there, how they stand with us, and what stands in the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db import connection
from django.utils.translation import gettext as _

from porchlight.conversations.hours import Promises
from porchlight.conversations.porch import brightest, last_good_word, lights
from porchlight.conversations.report import FAILED_OTHERWISE, FAILED_WORDS
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.models import Delivery
from porchlight.delivery.models.outbox import Stopped
from porchlight.delivery.not_reached import NotReached
from porchlight.delivery.planning import may_not_use
from porchlight.design.lights import Light
from porchlight.families.models import ContactPoint, Guardianship, HouseholdMembership
from porchlight.families.models.people import in_force
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.toolbox import school_time
from porchlight.toolbox.gaps import Question

DID_NOT_ARRIVE = (Stopped.DEAD, Stopped.BAD_ADDRESS, Stopped.EXPIRED)


@dataclass(frozen=True, slots=True)
class SeenHome:
    """One home with children this colleague may see."""

    name: str
    children: str
    write_to: Guardianship  # the adult who can be reached, about the first child
    light: Light
    last_good: datetime | None  # when school last had something kind to say
    in_the_way: str  # why words cannot get there or did not; empty: a way is open
    ties: tuple[Guardianship, ...]  # every adult of the home with each of its children


def homes_seen(
    school: School, actor: Actor, now: datetime, *, promises: Promises | None = None
) -> list[SeenHome]:
    """Every home this colleague may see, by its children's names, in a constant number of queries."""
    today = school.local(now).date()
    ties = _ties(actor, today, school_time.now().date(), connection.vendor).ask()
    adults = {tie.guardian_id: tie.guardian for tie in ties}
    since = promises.window_start(school.light_window) if promises else None
    found, good = lights(school, adults.values(), now, since=since), last_good_word(school, adults.values())
    blocked = _in_the_way(school, [pk for pk, light in found.items() if light is Light.UNLIT])
    labels = _homes_of(school, adults, today)
    groups: dict[object, list[Guardianship]] = defaultdict(list)
    for tie in ties:
        groups[labels.get(tie.guardian_id, tie.guardian_id)].append(tie)
    return [_seen(key, group, found, good, blocked) for key, group in groups.items()]


@lru_cache(maxsize=128)
def _ties(actor: Actor, on: date, _today: date, _vendor: str) -> Question[Guardianship]:
    """Worded once a day for each colleague; whose children they see, and who may be told, is asked each time."""
    rows = Guardianship.objects.visible_to(actor).current(on=on).receiving(on=on)
    return Question(rows.select_related("guardian", "student").order_by("student__name", "pk"))


def _seen(
    key: object,
    ties: Sequence[Guardianship],
    found: Mapping[int, Light],
    good: Mapping[int, datetime],
    blocked: Mapping[int, str],
) -> SeenHome:
    children = list(dict.fromkeys(tie.student.short_name for tie in ties))
    write_to = next((tie for tie in ties if tie.guardian_id not in blocked), ties[0])
    said = [good[tie.guardian_id] for tie in ties if tie.guardian_id in good]
    name = key[1] if isinstance(key, tuple) else str(write_to.guardian)
    return SeenHome(
        name=name or _("%(child)s’s family") % {"child": children[0]},
        children=", ".join(children),
        write_to=write_to,
        light=brightest(found[tie.guardian_id] for tie in ties),
        last_good=max(said, default=None),
        in_the_way=blocked.get(write_to.guardian_id, ""),
        ties=tuple(ties),
    )


def _homes_of(school: School, adults: Iterable[int], today: date) -> dict[int, tuple[int, str]]:
    """By guardian id: their household's id and what staff call it."""
    rows = (
        HouseholdMembership.objects.in_school(school)
        .filter(in_force(today), guardian__in=list(adults))
        .order_by("pk")
        .values_list("guardian_id", "household_id", "household__label")
    )
    homes: dict[int, tuple[int, str]] = {}
    for guardian, household, label in rows:
        if guardian is not None:
            homes.setdefault(guardian, (household, label))
    return homes


def _in_the_way(school: School, guardians: Sequence[int]) -> dict[int, str]:
    """By guardian id: why words cannot get there, or did not, as a next step; absent where a way is open."""
    if not guardians:
        return {}
    points: dict[int, list[ContactPoint]] = defaultdict(list)
    rows = ContactPoint.objects.in_school(school).filter(
        guardian__in=guardians, ended_at=None, unsafe_at=None
    )
    for point in rows.select_related("address").order_by("rank", "pk"):
        if point.guardian_id is not None:
            points[point.guardian_id].append(point)
    no_way = {pk: why for pk in guardians if (why := _why_no_way(points[pk]))}
    return _not_arrived(school, guardians) | no_way


def _not_arrived(school: School, guardians: Sequence[int]) -> dict[int, str]:
    """By guardian id: what to do, where the last thing we sent did not get there."""
    rows = Delivery.objects.in_school(school).filter(parcel__guardian__in=guardians).order_by("pk")
    ends = rows.values_list("parcel__guardian_id", "status", "stopped", "advice")
    last = {pk: (status, stopped, advice) for pk, status, stopped, advice in ends}
    return {
        pk: str(FAILED_WORDS.get(advice, FAILED_OTHERWISE))
        for pk, (status, stopped, advice) in last.items()
        if pk is not None and (status == Status.FAILED or stopped in DID_NOT_ARRIVE)
    }


def _why_no_way(points: Sequence[ContactPoint]) -> str:
    """As planning decides: one way that may be used is enough; else why not the one they like best."""
    refused = [why for point in points if (why := may_not_use(point))]
    if len(refused) < len(points):
        return ""
    return str((refused or [NotReached.NO_ADDRESS])[0].next_step)
