"""Which languages colleagues understand when they are spoken."""

from __future__ import annotations

from typing import Self

from django.db import models

from porchlight.schools.actors import Actor, Kind
from porchlight.schools.models import StaffMember, TenantModel, TenantQuerySet


class KnownLanguageQuerySet(TenantQuerySet["KnownLanguage"]):
    """Colleagues see who knows what."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        return rows if actor.kind in {Kind.STAFF, Kind.SYSTEM} else rows.none()


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
