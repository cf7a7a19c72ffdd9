"""Who did what, when. Entries hold ids and kinds; words sit in a side table that can be erased."""

from __future__ import annotations

from django.db import models

from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import TenantModel, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class EntryQuerySet(TenantQuerySet["Entry"]):
    """The record is for leaders and the office; each row about a thing is shown with that thing."""

    def about(self, thing: models.Model) -> EntryQuerySet:
        """Everything recorded about one row."""
        return self.filter(about_type=thing._meta.label_lower, about_id=thing.pk)

    def visible_to(self, actor: Actor) -> EntryQuerySet:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM or actor.is_one_of(Role.LEADER, Role.OFFICE, Role.SAFEGUARDING):
            return rows
        return rows.none()


class Entry(TenantModel):
    """One thing somebody did. Never changed, never deleted by the application."""

    verb = models.CharField(max_length=60)  # e.g. "notice.sent"
    actor_kind = models.CharField(max_length=20)
    actor_id = models.BigIntegerField(null=True)
    about_type = models.CharField(max_length=80)
    about_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(default=school_time.now)
    facts = models.JSONField(default=dict)  # ids, counts and codes only

    append_only = True

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["school", "about_type", "about_id"])]


class EntryText(TenantModel):
    """Words that belong to an entry, such as a reason someone typed."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="words")
    text = models.TextField()

    objects = TenantQuerySet.as_manager()
    tiers = {"text": Tier.L2}
