"""One family's question, answered to the whole class. Who asked is known here and nowhere in what is said."""

from __future__ import annotations

from typing import Self

from django.db import models

from porchlight.conversations.models.notices import Notice
from porchlight.conversations.models.threads import Message
from porchlight.schools.actors import Actor, Kind
from porchlight.schools.models import TenantModel, TenantQuerySet
from porchlight.toolbox import school_time


class ForAllQuerySet(TenantQuerySet["AnswerForAll"]):
    """As the question: whoever may not read what the family wrote never learns that they asked."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if actor.kind is Kind.TOKEN:
            return rows.none()
        if actor.kind is Kind.GUARDIAN:
            rows = rows.filter(question__thread__guardian_id=actor.post_id)
        return rows.filter(question__in=Message.objects.visible_to(actor))


class AnswerForAll(TenantModel):
    """Ties the announcement to the question it answers, so that the one who asked is no longer waiting."""

    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, related_name="answer_for_all")
    question = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="answers_for_all")
    mended = models.BooleanField()  # the question is told in other words than the family's
    at = models.DateTimeField(default=school_time.now)

    objects = ForAllQuerySet.as_manager()
