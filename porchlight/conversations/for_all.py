"""A question that one family asked, answered once for the class, without the asker's name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet

from porchlight.activity.record import record
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.identifying import Found, pointed_out
from porchlight.conversations.models import AnswerForAll, Message, Notice
from porchlight.conversations.notices import Draft, release, write
from porchlight.families.models import Enrolment, Guardian, Guardianship, HouseholdMembership, Student
from porchlight.families.models.people import in_force
from porchlight.languages.phrases import say
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, SchoolClass
from porchlight.toolbox.folding import fold


def classes_for(question: Message, *, actor: Actor, now: datetime) -> list[SchoolClass]:
    """The child's classes, among those this colleague may write to."""
    today = in_force(question.thread.school.local(now).date())
    places = Enrolment.objects.in_school(actor.school_id).filter(today, student=question.thread.student_id)
    mine = SchoolClass.objects.visible_to(actor).current()
    return list(mine.filter(pk__in=places.values("school_class")).order_by("name"))


def names_around(question: Message) -> tuple[list[str], list[str]]:
    """The names of whoever asked and their home, and those of everybody else at school."""
    thread = question.thread
    homes = HouseholdMembership.objects.in_school(thread.school_id)
    homes = homes.filter(Q(guardian=thread.guardian_id) | Q(student=thread.student_id))
    there = HouseholdMembership.objects.filter(household__in=homes.values("household"))
    own = Guardianship.objects.in_school(thread.school_id).filter(
        Q(guardian=thread.guardian_id) | Q(student=thread.student_id)
    )
    adults = Guardian.objects.in_school(thread.school_id).filter(left_at=None)
    children = Student.objects.in_school(thread.school_id).on_roll()
    near_adults = adults.filter(Q(pk__in=own.values("guardian")) | Q(pk__in=there.values("guardian")))
    near_children = children.filter(Q(pk__in=own.values("student")) | Q(pk__in=there.values("student")))
    asker = [*_names(near_adults, "name", "addressed_as"), *_names(near_children, "name", "called")]
    others = [*_names(adults, "name", "addressed_as"), *_names(children, "name", "called")]
    return asker, others


def _names(rows: QuerySet[Any], *fields: str) -> list[str]:
    return [name for names in rows.values_list(*fields) for name in names if name]


def look_for_names(question: Message, *, told: str, answer: str) -> list[Found]:
    """What might tell who asked, in the words that would go to the class."""
    asker, others = names_around(question)
    return pointed_out(told, answer, original=question.text, asker=asker, others=others)


def draft_for(*, school: School, classes: list[SchoolClass], told: str, answer: str) -> Draft:
    """The announcement: the question as nobody's, and the answer. It holds nothing else of the family's message."""
    text = say("answer_for_all", school.language, of=school, question=told, answer=answer)
    keys = tuple(row.key for row in classes)
    return Draft(text=text, language=school.language, audience=Audience(AudienceKind.CLASSES, keys))


@transaction.atomic
def answer_for_all(
    question: Message, draft: Draft, *, told: str, by: Actor, now: datetime, press: str
) -> Notice:
    """Tell the class; whoever asked has their answer with it. The same `press` twice is one announcement.

    Raises NoticeRefused, and PermissionDenied for what no home said.
    """
    if not question.is_from_home:
        raise PermissionDenied("Only what a family asked is answered for all.")
    notice = write(draft, school=question.thread.school, by=by, now=now, press=press)
    _link, is_new = AnswerForAll.objects.get_or_create(
        school_id=question.school_id,
        notice=notice,
        defaults={"question": question, "mended": fold(told) != fold(question.text), "at": now},
    )
    if is_new:
        record("question.answered_for_all", about=question, by=by)
    return release(notice, by=by, now=now)
