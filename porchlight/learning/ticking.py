"""What time alone brings about: a question about an absence that nobody answered goes to a person."""

from __future__ import annotations

from datetime import datetime, timedelta

from porchlight.conversations.heard import for_a_person
from porchlight.conversations.models import TriageReason
from porchlight.delivery.outbox.ticking import on_tick
from porchlight.learning.models import AbsenceQuestion, Asking
from porchlight.schools.models import School

TO_A_PERSON = timedelta(hours=1)


@on_tick
def tick(school: School, now: datetime) -> None:
    """Every few seconds, inside the school's context. Doing it twice does nothing more.

    Who was missed at the register stands on the office's list as it is, with who was asked and when.
    """
    old = AbsenceQuestion.objects.in_school(school).waiting().filter(asked_at__lte=now - TO_A_PERSON)
    for question in old.exclude(asking=Asking.WHY).select_related("message__thread__guardian"):
        if question.message is not None:
            for_a_person(question.message, TriageReason.ABSENCE_UNCLEAR)
        question.settled_at = now
        question.save(update_fields=["settled_at"])
