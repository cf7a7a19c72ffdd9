"""What came along with words from home: where it is to be fetched, and the clean file it was kept as."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from porchlight.delivery.models.accounts import Account
from porchlight.delivery.models.inbox import InboundEvent
from porchlight.files.models import StoredFile
from porchlight.schools.models import KeyedModel, TenantQuerySet
from porchlight.schools.sealed_fields import SealedTextField
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class AttachmentQuerySet(TenantQuerySet["Attachment"]):
    """Seen with the message it came with, never by looking round."""

    def to_fetch(self, *, now: datetime) -> Self:
        """Neither kept nor given up, and it is time to try."""
        return self.filter(file=None, given_up_at=None, due_at__lte=now).order_by("due_at", "pk")


class Attachment(KeyedModel):
    """A voice note, a picture, a document. `due_at` is on the clock people see."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="attachments")
    inbound = models.ForeignKey(
        InboundEvent, null=True, blank=True, on_delete=models.SET_NULL, related_name="attachments"
    )
    source = models.CharField(max_length=64)  # which event and which of its parts: twice heard, it is one
    kind = models.CharField(max_length=10)  # audio, image, video, document
    provider_id = models.CharField(max_length=255, blank=True)
    url = SealedTextField(blank=True)
    name = models.CharField(max_length=200, blank=True)
    claimed_type = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 in hex, where the gateway told it
    file = models.OneToOneField(
        StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="attachment"
    )
    waiting = models.OneToOneField(
        StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # as it came: nobody has it before it is clean, and then it is `file`
    code = models.CharField(max_length=60, blank=True)  # why it is not here (yet)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=school_time.now)
    heard_at = models.DateTimeField(default=school_time.now)
    given_up_at = models.DateTimeField(null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()
    tiers = {"url": Tier.L3, "name": Tier.L1, "claimed_type": Tier.L1}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "source"], name="attachment_source_once")]
        indexes = [
            models.Index(
                fields=["account", "due_at"],
                condition=Q(file=None, given_up_at=None),
                name="attachment_to_fetch",
            )
        ]
