"""A child may not be safe: such words never stand in a note. They go sealed to safeguarding, as every worry does."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from porchlight.conversations.models import Message, Worry
from porchlight.conversations.worrying import raise_worry
from porchlight.meetings.models import Visit
from porchlight.meetings.visits.rules import NotNow
from porchlight.schools.actors import Actor


@transaction.atomic
def worry_after(visit: Visit, words: str, *, by: Actor, now: datetime) -> Worry:
    """Kept with a message of the visit's thread that this colleague has not raised one about: none is written over.

    Raises NotNow when there is none left: then the safeguarding lead is told by word of mouth.
    """
    if not by.is_staff or by.post_id not in (visit.first_id, visit.second_id):
        raise PermissionDenied("The two who came say it.")
    ours = Message.objects.in_school(visit.school_id).filter(
        thread__guardian=visit.guardian_id, thread__student=visit.student_id
    )
    free = ours.exclude(worries__raised_by=by.post_id).order_by("-said_at", "-pk").first()
    if free is None:
        raise NotNow("tell_the_lead")
    return raise_worry(free, by=by, words=words.strip(), now=now)
