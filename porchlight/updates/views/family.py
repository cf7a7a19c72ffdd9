"""What a class tells its homes, on the family's page: no script, in their language, read aloud where somebody did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from porchlight.conversations.provenance_words import provenance_words
from porchlight.conversations.views.family import my_ties
from porchlight.conversations.views.files import played
from porchlight.conversations.wording import Words, fill
from porchlight.delivery.content import Recipient
from porchlight.families.models import Guardianship
from porchlight.languages.provenance import Provenance
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, guardian_page
from porchlight.schools.models import SchoolClass
from porchlight.toolbox import school_time
from porchlight.updates.facts import facts_of, readings_of, told, words_for
from porchlight.updates.models import About, FactReading, Newsletter
from porchlight.updates.models.facts import classes_seen
from porchlight.updates.newsletters import words_for as newsletter_for
from porchlight.updates.tonight import question_of
from porchlight.updates.week_days import week_of

OURS = (Provenance.ORIGINAL, Provenance.PHRASE_BOOK)  # nobody translated these


@dataclass(frozen=True, slots=True)
class Shown:
    """One text as this adult reads it, with its heading, and who put it into their language."""

    heading: str
    text: str
    language: str
    made_by: str


@dataclass(frozen=True, slots=True)
class OfClass:
    """One class of the child's."""

    name: str
    facts: list[Shown]
    reading: FactReading | None
    tonight: Shown | None


@require_safe
@guardian_page()
def my_class(request: SchoolRequest, actor: Actor, student_key: str) -> HttpResponse:
    """What we learn this term, how school works, whom to ask; tonight's question; the newsletter."""
    now = school_time.now()
    tie = get_object_or_404(my_ties(request, actor), student__key=student_key)
    places = tie.student.enrolments.values("school_class")
    classes = classes_seen(actor).current().filter(pk__in=places).select_related("school").order_by("name")
    page = {
        "student": tie.student,
        "classes": [_of(one, tie, now) for one in classes],
        "newsletter": Newsletter.objects.visible_to(actor).order_by("-month").first(),
    }
    return render(request, "updates/my_class.html", page)


def _of(school_class: SchoolClass, tie: Guardianship, now: datetime) -> OfClass:
    today, adult = school_class.school.local(now).date(), tie.guardian
    facts = facts_of(school_class, on=today)
    readings = readings_of(school_class, told(facts, school_class.school)) if facts else {}
    question = question_of(school_class, week=week_of(today))
    reader = Recipient(adult, (tie.student,))
    return OfClass(
        school_class.name,
        [
            shown(words_for(fact, reader, now=now), reader, school_class, str(About(fact.about).label))
            for fact in facts
        ],
        readings.get(adult.spoken) or readings.get(adult.reading),
        shown(question, reader, school_class) if question is not None else None,
    )


def shown(words: Words, reader: Recipient, school_class: SchoolClass, heading: str = "") -> Shown:
    """In their language, with their own child's name in its place."""
    version = words.for_reader(reader.guardian.reading)
    names = {student.pk: school_class.name for student in reader.students}
    text = fill(version.text, reader, school=school_class.school, class_names=names)
    made_by = (
        ""
        if version.provenance in OURS
        else provenance_words(version.provenance, version.by, version.checked_by)
    )
    return Shown(heading, text, version.language, made_by)


@require_safe
@guardian_page()
def my_sound(request: SchoolRequest, actor: Actor, key: str) -> HttpResponseBase:
    """The recording, for the homes of the class."""
    row = get_object_or_404(FactReading.objects.visible_to(actor).select_related("file"), key=key)
    return played(request, row.file)


@require_safe
@guardian_page()
def my_newsletter(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """All of it, in their language."""
    row = get_object_or_404(Newsletter.objects.visible_to(actor).select_related("school"), key=key)
    ties = list(my_ties(request, actor))
    if not ties:
        raise Http404
    reader = Recipient(ties[0].guardian, tuple(tie.student for tie in ties))
    words = newsletter_for(row, reader, now=school_time.now())
    anywhere = SchoolClass(school=row.school, name="")
    page = {"row": row, "shown": shown(words, reader, anywhere) if words is not None else None}
    return render(request, "updates/my_newsletter.html", page)
