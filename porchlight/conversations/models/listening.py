"""A voice note that somebody who knows its language has to hear, and what they heard."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from porchlight.conversations.models.threads import Message
from porchlight.errands.asked import AskedQuerySet, asked_about
from porchlight.errands.models import ErrandKind
from porchlight.schools.models import KeyedModel, StaffMember
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


def about(listening_key: str, staff_id: int) -> str:
    """How a listener's errand names what it is about."""
    return asked_about(ListeningQuerySet.noun, listening_key, staff_id)


class ListeningQuerySet(AskedQuerySet["Listening"]):
    """Voice notes to be heard."""

    errand, noun = ErrandKind.LISTEN, "listening"

    def waiting(self) -> Self:
        """Nobody has heard it yet; the oldest first."""
        return self.filter(heard_at=None).order_by("asked_at", "pk")


class Listening(KeyedModel):
    """One voice note of a home. What the listener writes stands in the thread as theirs; the note itself stays."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="listening")
    language = models.CharField(max_length=20)  # what the home speaks, as a base tag
    asked_at = models.DateTimeField(default=school_time.now)
    heard_at = models.DateTimeField(null=True, blank=True)
    heard_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(blank=True)  # what was said, in the listener's words
    text_language = models.CharField(max_length=20, blank=True)

    objects = ListeningQuerySet.as_manager()
    tiers = {"text": Tier.L1, "text_language": Tier.L0}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(heard_at=None, heard_by=None, text="")
                | (Q(heard_at__isnull=False, heard_by__isnull=False) & ~Q(text="")),
                name="listening_heard_by_someone",
            )
        ]
