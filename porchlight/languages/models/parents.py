"""Parents who read two languages, and read the school's translations over because they want to."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from porchlight.families.models import Guardian, Guardianship, Restriction
from porchlight.schools.actors import KEEPERS, Actor, Kind, Role
from porchlight.schools.models import KeyedModel, StaffMember, TenantQuerySet
from porchlight.toolbox import school_time


class EndedHow(models.TextChoices):
    """Who ended it."""

    PARENT = "parent"
    OFFICE = "office"


class ParentReaderQuerySet(TenantQuerySet["ParentReader"]):
    """A parent sees their own; office, leaders and liaisons see all."""

    def standing(self) -> Self:
        """Not ended."""
        return self.filter(ended_at=None)

    def holding(self) -> Self:
        """Both said yes, and the parent is still somebody whom the school may tell about a child of theirs.

        Nobody who is kept away from a child, from whichever and in whatever: plans of its class are not for them.
        """
        today = school_time.now().date()
        ties = Guardianship.objects.current(on=today).receiving(on=today).own()
        kept_away = Restriction.objects.in_force(on=today).values("guardianship__guardian")
        rows = self.standing().filter(willing_at__isnull=False, agreed_at__isnull=False)
        rows = rows.exclude(guardian__in=kept_away)
        return rows.filter(guardian__in=ties.values("guardian"))

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM or actor.is_one_of(*ParentReader.KEPT_BY):
            return rows
        return rows.filter(guardian_id=actor.post_id) if actor.kind is Kind.GUARDIAN else rows.none()


class ParentReader(KeyedModel):
    """One parent reads translations into one language. It comes to something when parent and office have said yes."""

    KEPT_BY = (*KEEPERS, Role.LIAISON)

    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="reading_for_school")
    language = models.CharField(max_length=20)  # the one beside the school's own, as `pairs.plain` writes it
    takes_notices = models.BooleanField(default=True)  # announcements to many homes in which nobody is named
    takes_words = models.BooleanField(default=True)  # the school's own words and saved texts
    takes_phrases = models.BooleanField(
        default=False
    )  # what Porchlight itself says, where it is still a draft
    is_named = models.BooleanField(default=False)  # may be named beside what they read; else “a parent”
    asked_at = models.DateTimeField(default=school_time.now)
    asked_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # empty: they came by themselves
    willing_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_how = models.CharField(max_length=10, choices=EndedHow, blank=True)

    objects = ParentReaderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["guardian", "language"], condition=Q(ended_at=None), name="parent_reader_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_how="") | (Q(ended_at__isnull=False) & ~Q(ended_how="")),
                name="parent_reader_ended_somehow",
            ),
        ]

    @property
    def holds(self) -> bool:
        """Both said yes."""
        return self.willing_at is not None and self.agreed_at is not None and self.ended_at is None
