"""The school's newsletter of one month."""

from __future__ import annotations

from typing import Self

from django.db import models

from porchlight.conversations.models import Notice
from porchlight.schools.actors import Actor, Kind
from porchlight.schools.models import KeyedModel, StaffMember, TenantQuerySet
from porchlight.schools.tiers import Tier


class NewsletterQuerySet(TenantQuerySet["Newsletter"]):
    """Colleagues see all; families and students those that went out."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM or actor.is_staff:
            return rows
        if actor.kind not in (Kind.GUARDIAN, Kind.STUDENT):
            return rows.none()
        return rows.filter(notice__sent_at__isnull=False, notice__undone_at=None)


class Newsletter(KeyedModel):
    """What the office made of a month. What nobody changed is composed anew; once sent, its words stay."""

    month = models.DateField()  # its first day
    text = models.TextField(blank=True)  # as it was changed or sent; empty: as composed
    language = models.CharField(max_length=20)
    # Of what was composed and not changed: {"ur": {"text": "…", "provenance": "phrase_book"}}, as it was sent.
    versions = models.JSONField(default=dict)
    written_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    notice = models.OneToOneField(
        Notice, null=True, blank=True, on_delete=models.CASCADE, related_name="newsletter"
    )

    objects = NewsletterQuerySet.as_manager()
    tiers = {"text": Tier.L1, "versions": Tier.L1}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "month"], name="newsletter_once_a_month")]
