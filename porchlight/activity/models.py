"""Who did what, when. Entries hold ids and kinds; words sit in a side table that can be erased."""

from __future__ import annotations

from django.db import models

from porchlight.schools.actors import Role
from porchlight.schools.models import ForRolesQuerySet, TenantModel, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class EntryQuerySet(ForRolesQuerySet["Entry"]):
    """The record is for leaders and the office; each row about a thing is shown with that thing."""

    roles = (Role.LEADER, Role.OFFICE, Role.SAFEGUARDING)

    def about(self, thing: models.Model) -> EntryQuerySet:
        """Everything recorded about one row."""
        return self.filter(about_type=thing._meta.label_lower, about_id=thing.pk)


class Entry(TenantModel):
    """One thing somebody did. Never changed, never deleted by the application."""

    verb = models.CharField(max_length=60)  # e.g. "notice.sent"
    actor_kind = models.CharField(max_length=20)
    actor_id = models.BigIntegerField(null=True)
    about_type = models.CharField(max_length=80)
    about_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(default=school_time.now)
    facts = models.JSONField(default=dict)  # ids, counts and codes only
    digest = models.CharField(max_length=64, default="")  # of the words beside it: proves them, says nothing

    append_only = True

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["school", "about_type", "about_id"])]


class EntryText(TenantModel):
    """Words that belong to an entry, such as a reason someone typed."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="words")
    text = models.TextField()
    salt = models.CharField(max_length=26, default="")  # goes with the words: the digest alone tells nothing

    objects = TenantQuerySet.as_manager()
    tiers = {"text": Tier.L2, "salt": Tier.L2}


class EntrySeal(TenantModel):
    """An entry's place in its school's chain: each digest holds the one before it, so none can be changed alone."""

    entry = models.OneToOneField(Entry, on_delete=models.RESTRICT, related_name="seal")
    number = models.PositiveBigIntegerField()  # 1, 2, 3 …, without a gap
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(default=school_time.now)

    append_only = True

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "number"], name="entry_seal_number_once")]


class Anchor(TenantModel):
    """The chain's end on a day, written to a file outside the database as well: see `anchoring.py`."""

    day = models.DateField()
    number = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)

    append_only = True

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "day"], name="anchor_once_a_day")]


class LookedAt(TenantModel):
    """Whose words or particulars a look showed: one row for each child, beside the one entry of the look."""

    entry = models.ForeignKey(Entry, on_delete=models.RESTRICT, related_name="looked_at")
    student_id = models.BigIntegerField()  # of the room above

    append_only = True

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "looked at"
        indexes = [models.Index(fields=["school", "student_id"])]
        constraints = [models.UniqueConstraint(fields=["entry", "student_id"], name="looked_at_once")]
