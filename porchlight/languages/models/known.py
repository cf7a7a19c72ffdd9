"""Which languages colleagues understand when they are spoken."""

from __future__ import annotations

from django.db import models

from porchlight.schools.models import AtWorkQuerySet, StaffMember, TenantModel


class KnownLanguageQuerySet(AtWorkQuerySet["KnownLanguage"]):
    """Colleagues see who knows what."""


class KnownLanguage(TenantModel):
    """A colleague understands this language by ear: voice notes in it come to them. "ur", never "ur-Latn".

    `checks`: they read and write it well enough to put a machine's translation right.
    """

    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="known_languages")
    language = models.CharField(max_length=20)
    checks = models.BooleanField(default=False)

    objects = KnownLanguageQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "language"], name="known_language_once")]
