"""How the promise was kept: of what homes wrote, how much was answered in time, how long they waited, who waits still.

Counted by class and by language of the home, and never by colleague: it is the school that promises.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from django.db import models

from porchlight.conversations.doorstep import HELLO
from porchlight.conversations.hours import Promises
from porchlight.conversations.models import AnswerForAll, Message, PromiseKept, Thread
from porchlight.families.models import Enrolment
from porchlight.families.models.people import in_force
from porchlight.schools.actors import Actor, system
from porchlight.schools.calendar import school_days
from porchlight.schools.models import School, Term

FEWEST = 5  # homes in a group that is shown: of fewer, a number would point at somebody
FOUR_WEEKS = timedelta(days=28)
COUNTED_AGAIN = timedelta(hours=20)
ENOUGH = 20  # answers, before families are told a figure


@dataclass(frozen=True, slots=True)
class Wait:
    """One home wrote, and wrote on, until somebody answered."""

    guardian: int
    student: int
    reading: str
    since: datetime
    answered_at: datetime | None
    due: datetime

    def kept(self, now: datetime) -> bool | None:
        """None: not answered, and still in time."""
        if self.answered_at is None:
            return False if self.due < now else None
        return self.answered_at <= self.due


@dataclass(frozen=True, slots=True)
class Figure:
    """Of some homes. `hours`: the median wait of what was answered, in hours in which school was open."""

    homes: int
    asked: int  # answered, or late
    kept: int
    waiting: int
    hours: float | None


@dataclass(frozen=True, slots=True)
class Seen:
    """Of those a colleague may see. Groups of few homes are left out, and are counted in the whole."""

    whole: Figure
    by_class: Sequence[tuple[str, Figure]]
    by_language: Sequence[tuple[str, Figure]]
    settled: int  # marked as needing no answer: not counted
    hides: bool

    @property
    def is_enough(self) -> bool:
        """The whole is a group too."""
        return self.whole.homes >= FEWEST


def look(school: School, actor: Actor, *, since: datetime, now: datetime) -> Seen:
    """Everything on the page, in a constant number of questions to the database."""
    waits = _waits(school, actor, since, now)
    settled = _heard(actor, since).filter(settled_at__isnull=False, settled_by__isnull=False).count()
    open_hours = OpenHours(school, since, now)
    classes = _classes(school, {wait.student for wait in waits}, school.local(now).date())
    by_class: dict[str, list[Wait]] = defaultdict(list)
    by_language: dict[str, list[Wait]] = defaultdict(list)
    for wait in waits:
        by_language[wait.reading].append(wait)
        for name in classes.get(wait.student, ()):
            by_class[name].append(wait)
    classed, spoken = _shown(by_class, open_hours, now), _shown(by_language, open_hours, now)
    hides = len(classed) < len(by_class) or len(spoken) < len(by_language)
    return Seen(figure(waits, open_hours, now), classed, spoken, settled=settled, hides=hides)


def figure(waits: Sequence[Wait], open_hours: OpenHours, now: datetime) -> Figure:
    """Counted; nothing of whose they are."""
    known = [kept for wait in waits if (kept := wait.kept(now)) is not None]
    waited = [open_hours.between(one.since, one.answered_at) for one in waits if one.answered_at]
    return Figure(
        homes=len({wait.guardian for wait in waits}),
        asked=len(known),
        kept=sum(known),
        waiting=sum(wait.answered_at is None for wait in waits),
        hours=round(median(waited), 1) if waited else None,
    )


def _shown(
    groups: Mapping[str, Sequence[Wait]], open_hours: OpenHours, now: datetime
) -> Sequence[tuple[str, Figure]]:
    """By name. What is left out is never so little that the whole tells it: then the smallest goes as well."""
    figures = {name: figure(waits, open_hours, now) for name, waits in groups.items()}
    shown = {name: one for name, one in figures.items() if one.homes >= FEWEST}
    left_out = sum(one.homes for name, one in figures.items() if name not in shown)
    if 0 < left_out < FEWEST and shown:
        del shown[min(shown, key=lambda name: shown[name].homes)]
    return sorted(shown.items())


def _heard(actor: Actor, since: datetime) -> models.QuerySet[Message]:
    rows = Message.objects.visible_to(actor).standing().from_home().filter(said_at__gte=since)
    return rows.exclude(kind=HELLO)


def _waits(school: School, actor: Actor, since: datetime, now: datetime) -> list[Wait]:
    """What needed no answer begins no wait; words after the first belong to the wait that the first began."""
    heard: dict[int, list[datetime]] = defaultdict(list)
    for pk, said_at in _heard(actor, since).filter(settled_at=None).values_list("thread", "said_at"):
        heard[pk].append(said_at)
    threads = Thread.objects.in_school(school).filter(pk__in=heard).select_related("guardian")
    answers = _answers(school, heard, since)
    promises, found = Promises(school, now), []
    for thread in threads:
        for start, end in _pairs(sorted(heard[thread.pk]), sorted(answers.get(thread.pk, ()))):
            due = promises.due(start)
            found.append(
                Wait(thread.guardian_id, thread.student_id, thread.guardian.reading, start, end, due)
            )
    return found


def _answers(school: School, threads: Iterable[int], since: datetime) -> dict[int, list[datetime]]:
    """When somebody answered in each of these threads, to them or to all for them."""
    found: dict[int, list[datetime]] = defaultdict(list)
    rows = Message.objects.in_school(school).standing().replies().filter(said_at__gte=since)
    for thread, said_at in rows.filter(thread__in=threads).values_list("thread", "said_at"):
        found[thread].append(said_at)
    for_all = AnswerForAll.objects.in_school(school).filter(question__thread__in=threads)
    sent = for_all.filter(notice__sent_at__gte=since, notice__undone_at=None)
    for thread, sent_at in sent.values_list("question__thread", "notice__sent_at"):
        if sent_at is not None:
            found[thread].append(sent_at)
    return found


def _pairs(heard: Sequence[datetime], answers: Sequence[datetime]) -> list[tuple[datetime, datetime | None]]:
    """Each wait's beginning and end, both lists in order."""
    found: list[tuple[datetime, datetime | None]] = []
    for said_at in heard:
        last = found[-1][1] if found else said_at
        if last is None or said_at < last:
            continue
        at = bisect_left(answers, said_at)
        found.append((said_at, answers[at] if at < len(answers) else None))
    return found


def _classes(school: School, students: Iterable[int], today: date) -> dict[int, list[str]]:
    places = Enrolment.objects.in_school(school).filter(in_force(today), student__in=students)
    found: dict[int, list[str]] = defaultdict(list)
    rows = places.filter(school_class__closed_at=None).values_list("student", "school_class__name")
    for student, name in rows:
        found[student].append(name)
    return found


class OpenHours:
    """How long school was open between two moments of a stretch; the calendar is read once."""

    def __init__(self, school: School, first: datetime, last: datetime) -> None:
        self.school = school
        self._days = school_days(school, school.local(first).date(), school.local(last).date())

    def between(self, start: datetime, end: datetime) -> float:
        """In hours."""
        zone, opens, closes = self.school.zone, self.school.opens_at, self.school.closes_at
        first, last = start.astimezone(zone).date(), end.astimezone(zone).date()
        total = timedelta()
        for day in self._days[bisect_left(self._days, first) :]:
            if day > last:
                break
            begins = max(start, datetime.combine(day, opens, zone))
            total += max(timedelta(), min(end, datetime.combine(day, closes, zone)) - begins)
        return total / timedelta(hours=1)


def this_term(school: School, now: datetime) -> datetime:
    """When the term began, or four weeks ago where none is on."""
    today = school.local(now).date()
    term = Term.objects.in_school(school).filter(starts_on__lte=today, ends_on__gte=today).first()
    return datetime.combine(term.starts_on, time.min, school.zone) if term is not None else now - FOUR_WEEKS


def count_for_families(school: School, now: datetime) -> None:
    """Once a day, where the school shows it: what families read is counted beforehand, for all the same."""
    if not school.shows_promise_kept:
        return
    rows = PromiseKept.objects.in_school(school)
    if rows.filter(counted_at__gt=now - COUNTED_AGAIN).exists():
        return
    since = this_term(school, now)
    known = [wait.kept(now) for wait in _waits(school, system(school.pk), since, now)]
    counted = {"kept": known.count(True), "asked": known.count(True) + known.count(False)}
    PromiseKept.objects.update_or_create(
        school=school, defaults={"since": since, "counted_at": now, **counted}
    )


def told_to_families(school: School) -> PromiseKept | None:
    """The figure, where the school shows it and there is enough to tell."""
    if not school.shows_promise_kept:
        return None
    return PromiseKept.objects.in_school(school).filter(asked__gte=ENOUGH).first()
