"""What was signed, word for word: by whom, when and how, and who saw or heard it."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import models

from porchlight.conversations.models.asks import Answer, Ask
from porchlight.conversations.models.threads import Message, Thread
from porchlight.families.models import Channel
from porchlight.languages.names import is_name
from porchlight.schools.models import KeyedModel, SeenWithQuerySet, StaffMember
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time
from porchlight.toolbox.folding import words


class NotChanged(TypeError):
    """A signature stands as it was given. It may be taken back; then that is all that is written to it."""


class SignatureQuerySet(SeenWithQuerySet["Signature"]):
    """Signatures given."""

    seen_with = "answer"

    def standing(self) -> SignatureQuerySet:
        """Not taken back."""
        return self.filter(withdrawn_at=None)


class Signature(KeyedModel):
    """One adult's signature under the words they had before them. `name` is empty where it was said aloud."""

    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="signature")
    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="signatures")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="signatures")
    words = models.TextField()  # as they had them
    language = models.CharField(max_length=20)
    version = models.CharField(max_length=64)  # SHA-256 of the words: the same words are the same version
    name = models.CharField(max_length=120, blank=True)
    recording = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    channel = models.CharField(max_length=20, choices=Channel, blank=True)  # empty: on the page
    witness = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # who saw it on paper, or heard it
    signed_at = models.DateTimeField(default=school_time.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = SignatureQuerySet.as_manager()
    tiers = {"words": Tier.L1, "name": Tier.L1, "version": Tier.L0}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ask", "thread"], condition=models.Q(withdrawn_at=None), name="signed_once_at_a_time"
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Written once. Later nothing but that it was taken back. Raises NotChanged."""
        if not self._state.adding and set(kwargs.get("update_fields") or ()) != {"withdrawn_at"}:
            raise NotChanged("A signature stands as it was given.")
        super().save(*args, **kwargs)

    @property
    def is_another_name(self) -> bool:
        """Whether none of the names we know this adult by stands in it: for a colleague to look at."""
        guardian = self.thread.guardian
        return bool(self.name) and not is_theirs(self.name, (guardian.name, guardian.addressed_as))


def version_of(words: str) -> str:
    """The same words, the same version."""
    return hashlib.sha256(words.encode()).hexdigest()


def is_theirs(name: str, known: tuple[str, ...]) -> bool:
    """Whether a word of it is one of theirs, in either script: who signs by the family name alone is known."""
    parts = [part for one in known for part in one.split() if len(part) > 2]
    return any(is_name(word, part) for word in words(name) for part in parts)
