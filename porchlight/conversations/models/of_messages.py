"""What is kept beside a message: its translation, its words as sound, what carried it, whom it did not reach, who of
staff opened it."""

from __future__ import annotations

from django.db import models

from porchlight.conversations.models.threads import Message
from porchlight.delivery.models import Parcel
from porchlight.files.models import StoredFile
from porchlight.schools.models import StaffMember, TenantModel, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class Rendering(TenantModel):
    """The words the reader gets when they are not the original ones, and where they come from."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="rendering")
    text = models.TextField()
    language = models.CharField(max_length=20)
    provenance = models.CharField(max_length=40)  # languages.provenance.Provenance
    by = models.CharField(max_length=200, blank=True)  # who wrote it, or which machine, as shown
    checked_by = models.CharField(max_length=200, blank=True)  # who read a machine's words over

    objects = TenantQuerySet.as_manager()
    tiers = {"text": Tier.L1, "by": Tier.L1, "checked_by": Tier.L1}


class ReadAloud(TenantModel):
    """The words of a message as a machine read them out, so that they are made into sound once.

    Goes with the message; homes that get the same words hear the same file.
    """

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="read_aloud")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    objects = TenantQuerySet.as_manager()


class MessageParcel(TenantModel):
    """Which parcel carried a message. Siblings' messages share one."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="parcels")
    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="messages")

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "parcel"], name="message_parcel_once")]


class Unreached(TenantModel):
    """A message had no way to its reader when it was said: our work to do, never the family's fault."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="unreached")
    reason = models.CharField(max_length=30)  # delivery.not_reached.NotReached

    objects = TenantQuerySet.as_manager()


class Seen(TenantModel):
    """A staff member opened a message from a home. Families' reading is never recorded this way."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="seen")
    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=school_time.now)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "staff"], name="seen_once")]
