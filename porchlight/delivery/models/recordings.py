"""Words that a person is asked to say, where no machine has a voice for them."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from porchlight.delivery.models.outbox import TO_RECORD, Delivery
from porchlight.errands.asked import AskedQuerySet, asked_about
from porchlight.errands.models import ErrandKind
from porchlight.files.models import StoredFile
from porchlight.schools.models import KeyedModel, StaffMember
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


def about(key: str, staff_id: int) -> str:
    """How the errand of somebody who is asked to record names what it is about."""
    return asked_about(RecordingQuerySet.noun, key, staff_id)


class RecordingQuerySet(AskedQuerySet["Recording"]):
    """Words to be said by a person."""

    errand, noun = ErrandKind.RECORD, "recording"

    def waiting(self) -> Self:
        """Calls wait for it; those wanted first come first."""
        calls = Delivery.objects.waiting().filter(
            parcel__recording=OuterRef("pk"), parcel__withdrawn_at=None, code=TO_RECORD
        )
        return self.filter(Exists(calls), file=None).order_by("wanted_by", "pk")


class Recording(KeyedModel):
    """The same words in the same language are said once, for all the homes they go to."""

    text = models.TextField()  # as the home would read them
    text_language = models.CharField(max_length=20)
    language = models.CharField(max_length=20)  # what the home speaks, as a base tag: they are said in it
    asked_at = models.DateTimeField(default=school_time.now)
    wanted_by = models.DateTimeField()  # after that the calls go another way
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True, blank=True)

    objects = RecordingQuerySet.as_manager()
    tiers = {"text": Tier.L1, "text_language": Tier.L0}
    children = ("parcels__about__student",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(file=None, recorded_by=None, recorded_at=None)
                | Q(file__isnull=False, recorded_by__isnull=False, recorded_at__isnull=False),
                name="recording_by_someone",
            )
        ]

    def is_late(self, now: datetime) -> bool:
        """The time to say it is over."""
        return self.wanted_by <= now
