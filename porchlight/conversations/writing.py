"""Puts an utterance into threads: a message for each adult and child, with the version its reader gets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from porchlight.conversations.models import Author, Message, Rendering, Thread
from porchlight.conversations.utterance import Utterance
from porchlight.conversations.wording import fill
from porchlight.delivery.content import Recipient
from porchlight.families.models import Enrolment, Student
from porchlight.families.models.people import in_force
from porchlight.languages.provenance import RenderedVersion
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.toolbox.keys import random_key


def class_names(school: School, students: Sequence[Student], now: datetime) -> dict[int, str]:
    """Each student's class on this day, for the `{class}` place."""
    rows = (
        Enrolment.objects.in_school(school)
        .filter(in_force(school.local(now).date()), student__in={student.pk for student in students})
        .order_by("pk")
        .values_list("student_id", "school_class__name")
    )
    return dict(rows)


def threads_for(school: School, recipients: Sequence[Recipient]) -> dict[tuple[int, int], Thread]:
    """The thread of every guardian and child among these, made where there was none."""
    pairs = {(r.guardian.pk, student.pk) for r in recipients for student in r.students}
    Thread.objects.bulk_create(
        [
            Thread(school=school, guardian_id=guardian, student_id=student)
            for guardian, student in sorted(pairs)
        ],
        ignore_conflicts=True,
    )
    rows = Thread.objects.in_school(school).between(pairs).select_related("guardian", "student")
    return {
        (row.guardian_id, row.student_id): row for row in rows if (row.guardian_id, row.student_id) in pairs
    }


def write_messages(
    school: School, recipients: Sequence[Recipient], utterance: Utterance, by: Actor, now: datetime
) -> list[Message]:
    """One message in each thread of each recipient, and the rendering where a version was made."""
    threads = threads_for(school, recipients)
    classes = class_names(school, [thread.student for thread in threads.values()], now)
    made: list[tuple[Message, RenderedVersion, str]] = []
    together = random_key() if utterance.notice is None and len(recipients) > 1 else ""
    for recipient in recipients:
        version = utterance.words.for_reader(recipient.guardian.reading)
        for student in recipient.students:
            alone = Recipient(recipient.guardian, (student,))
            message = _message(threads[recipient.guardian.pk, student.pk], utterance, by, now)
            message.together = together
            message.text = fill(utterance.words.text, alone, school=school, class_names=classes)
            made.append((message, version, fill(version.text, alone, school=school, class_names=classes)))
    Message.objects.bulk_create([message for message, _version, _text in made])
    Rendering.objects.bulk_create(
        Rendering(
            school=school,
            message=message,
            text=text,
            language=version.language,
            provenance=version.provenance.value,
            by=version.by,
            checked_by=version.checked_by,
        )
        for message, version, text in made
        if not version.is_original
    )
    return [message for message, _version, _text in made]


def _message(thread: Thread, utterance: Utterance, by: Actor, now: datetime) -> Message:
    return Message(
        school_id=thread.school_id,
        thread=thread,
        author=Author.STAFF if by.is_staff else Author.SCHOOL,
        staff_id=by.post_id if by.is_staff else None,
        notice=utterance.notice,
        language=utterance.words.language,
        kind=utterance.kind,
        tier=utterance.tier,
        sound=utterance.sound,
        enclosed=utterance.enclosed,
        said_at=now,
    )
