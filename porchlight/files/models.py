"""What is known of a kept file. Its bytes lie in the file store, under the row's own key.

What a stranger sent waits apart, as it came, until it was cleaned; then the clean bytes are all there is.
"""

from __future__ import annotations

from django.db import models

from porchlight.schools.models import KeyedModel, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time

APART = "apart"  # the folder of what waits


class StoredFile(KeyedModel):
    """One file. Who may have it is decided by the room whose words it came with; nobody, before it is clean."""

    source = models.CharField(max_length=64)  # what it came with; the same thing twice is one file
    name = models.CharField(max_length=200, blank=True)  # as the sender called it
    claimed_type = models.CharField(max_length=100, blank=True)  # as the sender's program called it
    seen_type = models.CharField(max_length=40, blank=True)  # by its first bytes; empty: none we know
    seconds = models.FloatField(null=True, blank=True)  # of sound, where it can be read off without decoding
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)  # SHA-256, hex
    width = models.PositiveIntegerField(null=True, blank=True)  # pixels, of a picture
    height = models.PositiveIntegerField(null=True, blank=True)
    kept_at = models.DateTimeField(default=school_time.now)
    cleaned_at = models.DateTimeField(null=True, blank=True)  # none: as it came, and it waits apart

    objects = TenantQuerySet.as_manager()
    tiers = {"name": Tier.L1, "claimed_type": Tier.L1, "seen_type": Tier.L1}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "source"], name="file_source_once")]

    @property
    def path(self) -> str:
        """Where its bytes lie in the store."""
        return self.path_of_clean if self.cleaned_at else f"{APART}/{self.school_id}/{self.key}"

    @property
    def path_of_clean(self) -> str:
        """Where they lie, or will, once they were cleaned."""
        return f"{self.school_id}/{self.key[:2]}/{self.key}"
