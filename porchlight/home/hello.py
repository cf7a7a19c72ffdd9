"""Hello week at the desk: a small handful of homes a day for each teacher, and how the week fills up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from porchlight.conversations.models import Kind, Message
from porchlight.families.models import Enrolment
from porchlight.families.models.people import in_force
from porchlight.home.good_news import Pick, first_pick
from porchlight.home.homes import SeenHome, homes_seen
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, Teaching
from porchlight.welcome.hello_week import first_hellos
from porchlight.welcome.models import HelloWeek


@dataclass(frozen=True, slots=True)
class Filling:
    """How far hello week has come, among the homes this colleague may see. Homes are counted, nobody is compared."""

    homes: Sequence[SeenHome]
    greeted: int
    in_the_way: Sequence[SeenHome]  # no hello gets there by words: each with its next step
    waiting: Sequence[SeenHome]


@dataclass(frozen=True, slots=True)
class Handful:
    """What one teacher is asked for today: three minutes."""

    picks: Sequence[Pick]
    said_today: int
    waiting: int  # homes that still wait for a hello, with those of today


def filling(week: HelloWeek, school: School, actor: Actor, *, now: datetime) -> Filling:
    """Which homes have had their hello since the week began."""
    homes = homes_seen(school, actor, now)
    said = first_hellos(
        school, {tie.guardian_id for home in homes for tie in home.ties}, since=week.started_at
    )
    left = [home for home in homes if not any(tie.guardian_id in said for tie in home.ties)]
    return Filling(
        homes=homes,
        greeted=len(homes) - len(left),
        in_the_way=[home for home in left if home.in_the_way],
        waiting=[home for home in left if not home.in_the_way],
    )


def handful(week: HelloWeek, school: School, actor: Actor, *, now: datetime) -> Handful:
    """A few homes: this teacher's own share first, then others', so that no home waits for one person.

    However many families come in at once, a teacher is asked for so many a day and no more.
    """
    waiting = filling(week, school, actor, now=now).waiting
    shares = _shares(school, waiting, on=school.local(now).date())
    mine = sorted(waiting, key=lambda home: shares.get(home.ties[0].pk) != actor.post_id)
    said = _said_today(school, actor, now)
    return Handful(
        picks=[first_pick(home) for home in mine[: max(0, week.a_day - said)]],
        said_today=said,
        waiting=len(waiting),
    )


def _said_today(school: School, actor: Actor, now: datetime) -> int:
    """Homes this colleague has said something good to since midnight."""
    midnight = school.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Message.objects.visible_to(actor).standing()
    rows = rows.filter(staff=actor.post_id, notice=None, kind=Kind.GOOD_NEWS, said_at__gte=midnight)
    return len({together or key for together, key in rows.values_list("together", "key")})


def _shares(school: School, homes: Sequence[SeenHome], *, on: date) -> dict[int, int]:
    """By the id of a home's first tie: the teacher it is given to, whoever leads the class before others.

    Of several, by the home's own number: the same one every day, and about as many for each.
    """
    teachers = _teachers(school, {home.ties[0].student_id for home in homes}, on)
    return {
        home.ties[0].pk: people[home.ties[0].guardian_id % len(people)]
        for home in homes
        if (people := teachers.get(home.ties[0].student_id))
    }


def _teachers(school: School, students: set[int], on: date) -> Mapping[int, list[int]]:
    """By student: who teaches them, or of those who leads, in a fixed order."""
    places = list(
        Enrolment.objects.in_school(school)
        .filter(in_force(on), student__in=students)
        .values_list("student_id", "school_class_id")
    )
    teaching = Teaching.objects.in_school(school).filter(
        in_force(on),
        school_class__in={school_class for _student, school_class in places},
        staff__left_at=None,
    )
    by_class: dict[int, list[tuple[bool, int]]] = defaultdict(list)
    for school_class, is_lead, staff in teaching.values_list("school_class_id", "is_lead", "staff_id"):
        by_class[school_class].append((is_lead, staff))
    found: dict[int, set[tuple[bool, int]]] = defaultdict(set)
    for student, school_class in places:
        found[student] |= set(by_class[school_class])
    return {student: _leading(people) for student, people in found.items() if people}


def _leading(people: set[tuple[bool, int]]) -> list[int]:
    leads = sorted({staff for is_lead, staff in people if is_lead})
    return leads or sorted({staff for _is_lead, staff in people})
