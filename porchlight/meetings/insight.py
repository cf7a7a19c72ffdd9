"""Minutes that matter: what came of a school's meetings, with totals; of no teacher, no family, and no small group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from porchlight.meetings.models import Meeting, Missed, OpenAnswer, OpenQuestion, Reason, Side, Step
from porchlight.meetings.models.meetings import MeetingQuerySet
from porchlight.schools.models import School

FEW = 5  # fewer than that are not told apart


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions before meetings, to one side, and how many of them were answered."""

    put: int
    answered: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of the meetings of a span that families knew of and that lie in the past."""

    meetings: int
    called_off: int
    held: int
    nobody_came: int
    not_noted: int  # nobody at school said what came of them
    reasons: Mapping[Reason, int]  # empty where they are too few
    no_reason_said: int
    to_home: Asked
    to_school: Asked
    steps_due: int
    steps_kept: int
    minutes_told: int

    @property
    def stood(self) -> int:
        """Not called off: the total of held, missed and not noted."""
        return self.meetings - self.called_off


def figures(school: School, first: date, last: date, *, now: datetime) -> Figures:
    """From one day to another, both included."""
    start = datetime.combine(first, time.min, tzinfo=school.zone)
    stop = datetime.combine(last + timedelta(days=1), time.min, tzinfo=school.zone)
    rows = Meeting.objects.in_school(school).exclude(told_at=None)
    rows = rows.filter(starts_at__gte=start, starts_at__lt=stop, ends_at__lt=now)
    stood = rows.standing()
    held = stood.filter(held__isnull=False).count()
    missed = stood.filter(nobody_came__isnull=False)
    reasons, silent = _reasons(missed)
    steps = (
        Step.objects.in_school(school)
        .standing()
        .filter(meeting__in=rows, due_on__lte=school.local(now).date())
    )
    return Figures(
        meetings=rows.count(),
        called_off=rows.exclude(called_off_at=None).count(),
        held=held,
        nobody_came=missed.count(),
        not_noted=stood.filter(held=None, nobody_came=None).count(),
        reasons=reasons,
        no_reason_said=silent,
        to_home=_asked(rows, Side.HOME),
        to_school=_asked(rows, Side.SCHOOL),
        steps_due=steps.count(),
        steps_kept=steps.kept().count(),
        minutes_told=stood.filter(minutes__sent_at__isnull=False).count(),
    )


def _reasons(missed: MeetingQuerySet) -> tuple[dict[Reason, int], int]:
    """One reason a meeting, the last that an adult of it gave; and of how many none was said."""
    said = Missed.objects.filter(seat__meeting__in=missed).exclude(reason="").order_by("reason_at", "pk")
    last = dict(said.values_list("seat__meeting", "reason"))
    silent = missed.count() - len(last)
    if len(last) < FEW:
        return {}, silent
    counted = Counter(Reason(reason) for reason in last.values())
    return {reason: counted[reason] for reason in Reason if counted[reason]}, silent


def _asked(meetings: MeetingQuerySet, to: Side) -> Asked:
    """An answer of the side that asked is none."""
    put = OpenQuestion.objects.filter(meeting__in=meetings, to=to)
    of_them = Q(staff__isnull=False) if to == Side.SCHOOL else Q(guardian__isnull=False)
    answers = OpenAnswer.objects.filter(of_them, question__in=put)
    return Asked(put.count(), answers.values("question").distinct().count())
