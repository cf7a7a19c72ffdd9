"""What was imported when, and which row of ours came from which record of theirs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from porchlight.schools.actors import Actor, Kind, Role, Scope
from porchlight.schools.models import ForRolesQuerySet, KeyedModel, School, TenantModel, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time

MAY_IMPORT = (Role.OFFICE, Role.LEADER)


def _imports(actor: Actor) -> bool:
    """Whether imports are this one's work."""
    return actor.kind is Kind.SYSTEM or actor.is_one_of(*MAY_IMPORT) or actor.may(Scope.ROSTERS)


class ImportQuerySet(TenantQuerySet["RosterImport"]):
    """Imports are the office's and the leader's work, and a token's that was given it."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        return rows if _imports(actor) else rows.none()

    def in_effect(self) -> Self:
        """Applied and not undone, the latest first."""
        return self.filter(applied_at__isnull=False, undone_at=None).order_by("-applied_at", "-pk")


class Source(models.TextChoices):
    """Which book of records a row follows; what one leaves out never removes what another brought."""

    ROSTER = "roster"  # the school's information system, by OneRoster or SDS
    SHEET = "sheet"  # the families sheet


class RosterImport(KeyedModel):
    """One file handed over: looked at, and perhaps taken, and perhaps taken back."""

    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # SHA-256 of what was looked at, so that nothing else is taken
    source = models.CharField(max_length=10, choices=Source)
    format = models.CharField(max_length=40, blank=True)  # "oneroster 1.2"
    system = models.CharField(max_length=100, blank=True)  # the exporting system, as it calls itself
    org = models.CharField(max_length=255, blank=True)  # which school of the bundle is ours
    mode = models.CharField(max_length=10, blank=True)  # what a person said the bundle is: bulk or delta
    # The upload while it waits for an answer; while an import is taken back, the place of the worker's signs.
    stored_as = models.CharField(max_length=200, blank=True)
    importable = models.BooleanField(default=False)
    counts = models.JSONField(default=dict)  # kind → {told, same, added, changed, returned, removed, kept}
    samples = models.JSONField(default=dict)  # kind → state → a few names, for the person who decides
    problems = models.JSONField(default=list)  # as `Problem.stored`
    problem_counts = models.JSONField(default=dict)  # severity → how many, shown or not
    removes_too_many = models.BooleanField(default=False)
    handed_over_at = models.DateTimeField(default=school_time.now)
    looked_at = models.DateTimeField(null=True, blank=True)  # and read to its end, or refused
    looked_by_id = models.BigIntegerField(null=True)  # staff member's id; empty: the command line
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by_id = models.BigIntegerField(null=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by_id = models.BigIntegerField(null=True)

    objects = ImportQuerySet.as_manager()
    tiers = {
        "file_name": Tier.L1,
        "format": Tier.L0,
        "system": Tier.L0,
        "org": Tier.L0,
        "mode": Tier.L0,
        "stored_as": Tier.L1,
        "counts": Tier.L1,
        "samples": Tier.L1,
        "problems": Tier.L1,
        "problem_counts": Tier.L1,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(applied_at__isnull=False), name="import_undone_after_applied"
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class SheetQuerySet(ForRolesQuerySet["Sheet"]):
    """As the imports they belong to."""

    roles = MAY_IMPORT

    def confirmed(self) -> Self:
        """What somebody pointed at and went on with, the latest first."""
        return self.filter(confirmed_at__isnull=False).order_by("-confirmed_at")


class Sheet(TenantModel):
    """Any sheet of the school's, pointed at: which column holds what, and what the office said about single cells.

    The cells themselves lie beside the upload and go with it; what was pointed at stays, for the same sheet next time.
    """

    run = models.OneToOneField(RosterImport, on_delete=models.CASCADE, related_name="sheet")
    pointing = models.JSONField(default=dict)  # as `anysheet.pointing.Pointing.stored`
    remembered = models.JSONField(default=dict)  # heading → what its column holds
    answers = models.JSONField(default=dict)  # question → answer; questions by marks that name nobody
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = SheetQuerySet.as_manager()
    tiers = {"pointing": Tier.L1, "remembered": Tier.L1, "answers": Tier.L2}


class JobQuerySet(TenantQuerySet["RosterJob"]):
    """As the imports they belong to."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        return rows if _imports(actor) else rows.none()

    def under_way(self) -> Self:
        """Asked for and not over; a school has one at most."""
        return self.filter(ended_at=None)

    def end(self, outcome: str) -> bool:
        """Close those that are not over. Whether there was any: who closes a job first has the last word on it."""
        return bool(self.under_way().update(ended_at=school_time.now(), outcome=outcome))


class What(models.TextChoices):
    """What a job does with an import."""

    LOOK = "look"
    TAKE = "take"
    UNDO = "undo"


class RosterJob(TenantModel):
    """A piece of work on an import that goes on beside the pages: who asked for it, and what came of it.

    How far it has come stands in a file beside the upload (`signs`). A job that is over changes nothing any more,
    even where its worker does not know yet.
    """

    run = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="jobs")
    what = models.CharField(max_length=10, choices=What)
    confirmed = models.BooleanField(default=False)  # whoever is missing has really left
    asked_at = models.DateTimeField(default=school_time.now)
    asked_by_id = models.BigIntegerField(null=True)  # staff member's id
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True)  # DONE, or why not: a word of `telling.REASONS`
    kinds = models.JSONField(default=list)  # of which too many would go

    objects = JobQuerySet.as_manager()
    tiers = {"kinds": Tier.L0}
    DONE = "done"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school"], condition=Q(ended_at=None), name="one_roster_job_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
                name="roster_job_ends_with_an_outcome",
            ),
        ]


BACK_FOR = timedelta(days=14)  # the new year can be taken back so long


class YearQuerySet(ForRolesQuerySet["NewYear"]):
    """The office's and the leader's work, as imports are."""

    roles = MAY_IMPORT

    def in_effect(self) -> Self:
        """Not taken back, the latest first."""
        return self.filter(undone_at=None).order_by("-confirmed_at", "-pk")


class NewYear(KeyedModel):
    """The classes of a new school year, confirmed in one sitting: what that ended and began, to take it back."""

    confirmed_at = models.DateTimeField(default=school_time.now)
    confirmed_by_id = models.BigIntegerField(null=True)  # staff member's id
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by_id = models.BigIntegerField(null=True)
    changes = models.JSONField(default=dict)  # ids: ended, begun (enrolments), students, guardians, classes

    objects = YearQuerySet.as_manager()
    tiers = {"changes": Tier.L0}

    @property
    def can_go_back_until(self) -> datetime:
        """Then registers, messages and marks of the new classes stand on it, and single children are moved instead."""
        return self.confirmed_at + BACK_FOR


class RosterLink(TenantModel):
    """This record of a source is that row of ours, and this is what the source last said of it.

    `values` is a JSON list in the order of the kind's fields. A row that now says something else was changed by a
    person, and keeps it. Links are never shown and leave with the person they are about.

    A town has half a million, and every index over them is paid for at each first import. That a record has one link is
    therefore held by the import itself, which has all of them before it under their keys (`comparing.load_links`).
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+", db_index=False)
    source = models.CharField(max_length=10, choices=Source)
    kind = models.CharField(max_length=12)  # as `reading.records.KINDS`
    record_key = models.TextField()
    object_id = models.BigIntegerField()
    values = models.TextField()
    adopted = models.BooleanField(default=False)  # the row was here before the source spoke of it
    added_in = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="+", db_index=False)
    gone_in = models.ForeignKey(
        RosterImport, null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )

    objects = TenantQuerySet.as_manager()
    tiers = {"record_key": Tier.L2, "values": Tier.L2}

    class Meta:
        indexes = [models.Index(fields=["school", "kind", "object_id"], name="link_of_row")]


class RosterChange(TenantModel):
    """What an import altered in a row that was already here, so that it can be taken back."""

    run = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="changes")
    link = models.ForeignKey(RosterLink, on_delete=models.CASCADE, related_name="+", db_index=False)
    values_before = models.TextField()  # the link's
    gone_before = models.ForeignKey(
        RosterImport, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    before = models.JSONField(default=dict)  # field of ours → what it was
    after = models.JSONField(default=dict)  # field of ours → what the import made of it

    objects = TenantQuerySet.as_manager()
    tiers = {"values_before": Tier.L2, "before": Tier.L2, "after": Tier.L2}
