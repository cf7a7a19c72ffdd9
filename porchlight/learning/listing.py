"""The list of a day as the office and teachers read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db import connection
from django.utils.translation import gettext as _

from porchlight.conversations.closing import classes_closed
from porchlight.conversations.models import Unreached
from porchlight.design import moments
from porchlight.design.delivery_words import channel as channel_words
from porchlight.design.parts import Tag
from porchlight.families.models import Enrolment, Student
from porchlight.families.models.people import in_force
from porchlight.learning.models import Absence, AbsenceQuestion, How, Register
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, SchoolClass
from porchlight.toolbox import school_time
from porchlight.toolbox.gaps import Question


@dataclass(frozen=True, slots=True)
class Row:
    """One child who is away."""

    absence: Absence
    classes: str
    why: str  # empty: nobody has said yet
    said: str  # by whom and how; or who was asked, and when
    until: str  # empty: this day only
    tags: Sequence[Tag]


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class, and whether somebody has looked who is here."""

    school_class: SchoolClass
    register: Register | None
    is_closed: bool  # it has no school that day, though the school has


def away_on(school: School, actor: Actor, day: date, *, now: datetime) -> list[Row]:
    """Who is away on a day among the children this colleague may see, by class and name; a fixed number of queries."""
    rows = _absences(actor, day, school_time.now().date(), connection.vendor).ask()
    if not rows:
        return []
    classes = _classes(school, [row.student_id for row in rows], day)
    asked = _asked(school, [row.pk for row in rows if not row.why])
    shown = [_row(row, classes[row.student_id], asked[row.pk], school, day, now) for row in rows]
    return sorted(shown, key=lambda row: (row.classes, row.absence.student.name))


@lru_cache(maxsize=128)
def _absences(actor: Actor, day: date, _today: date, _vendor: str) -> Question[Absence]:
    """Worded once a day for each colleague; whose children they see is asked each time."""
    rows = Absence.objects.visible_to(actor).on(day)
    return Question(rows.select_related("student", "said_by", "written_by", "missed_by", "message"))


def away_among(students: Collection[Student], day: date) -> set[int]:
    """Ids of those who are away, and no more of them: of a colleague's own child in her class that much is needed."""
    rows = Absence.objects.filter(student__in=students).on(day)
    return set(rows.values_list("student_id", flat=True))


def classes_on(school: School, actor: Actor, day: date) -> list[ClassRow]:
    """Every class this colleague may see, with its register of that day."""
    registers = _registers(actor, day, school_time.now().date(), connection.vendor).ask()
    found, closed = {one.school_class_id: one for one in registers}, classes_closed(school, day)
    classes = SchoolClass.objects.visible_to(actor).current().order_by("name")
    return [ClassRow(one, found.get(one.pk), one.pk in closed) for one in classes]


@lru_cache(maxsize=128)
def _registers(actor: Actor, day: date, _today: date, _vendor: str) -> Question[Register]:
    return Question(Register.objects.visible_to(actor).filter(day=day).select_related("taken_by"))


def _classes(school: School, students: Sequence[int], day: date) -> dict[int, str]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Enrolment.objects.in_school(school).filter(in_force(day), student__in=students)
    for student, name in rows.order_by("school_class__name").values_list("student_id", "school_class__name"):
        found[student].append(name)
    return defaultdict(str, {student: ", ".join(names) for student, names in found.items()})


def _asked(school: School, absences: Sequence[int]) -> dict[int, list[tuple[datetime, bool]]]:
    """By absence: when each adult was asked, and whether the question found a way."""
    found: dict[int, list[tuple[datetime, bool]]] = defaultdict(list)
    rows = AbsenceQuestion.objects.in_school(school).filter(absence__in=absences)
    shut = set(
        Unreached.objects.in_school(school)
        .filter(message__in=rows.values("ask__message"))
        .values_list("message_id", flat=True)
    )
    for absence, at, message in rows.values_list("absence_id", "asked_at", "ask__message_id"):
        if absence is not None:
            found[absence].append((at, message not in shut))
    return found


def _row(
    absence: Absence,
    classes: str,
    asked: Sequence[tuple[datetime, bool]],
    school: School,
    day: date,
    now: datetime,
) -> Row:
    until = ""
    if absence.last_day > day:
        until = moments.day(absence.last_day, now=now, zone=school.zone)
    said, tags = (_told(absence), []) if absence.why else _not_told(absence, asked, school, now)
    return Row(absence, classes, str(absence.get_why_display()) if absence.why else "", said, until, tags)


def _told(absence: Absence) -> str:
    """ "Mr Yousaf wrote (WhatsApp)", "Mrs Okafor wrote it down, on the telephone"."""
    how = str(absence.get_how_display()) if absence.how else ""
    told = ""
    if absence.said_by is not None:
        told = f"{absence.said_by} {how}".strip()
        if absence.how in {How.WORDS, How.ANSWER, How.VOICE}:
            told = f"{told} ({channel_words(absence.channel)})" if absence.channel else told
    if absence.written_by is not None:
        told = ". ".join(
            part for part in (told, _("%(name)s wrote it down") % {"name": absence.written_by}) if part
        )
    return told or how


def _not_told(
    absence: Absence, asked: Sequence[tuple[datetime, bool]], school: School, now: datetime
) -> tuple[str, list[Tag]]:
    missed = ""
    if absence.missed_by is not None:
        missed = _("Missed by %(name)s") % {"name": absence.missed_by}
    went = [at for at, found_a_way in asked if found_a_way]
    if went:
        when = moments.moment(min(went), now=now, zone=school.zone)
        return missed, [Tag(_("We asked the home %(when)s") % {"when": when}, "info")]
    return missed, [Tag(_("No way to ask the home. Please ring."), "care")]
