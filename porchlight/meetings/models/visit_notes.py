"""What is kept of a visit: strengths and hopes, help asked for and given. The family reads it before it counts."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porchlight.conversations.models import Message
from porchlight.families.models import Guardian, Student, own_children
from porchlight.files.models import StoredFile
from porchlight.meetings.models.visits import Visit
from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import KeyedModel, SeenWithQuerySet, StaffMember, TenantModel, TenantQuerySet
from porchlight.schools.tiers import Tier

NOON = time(12)


class NoteQuerySet(TenantQuerySet["VisitNote"]):
    """Notes; those that count, and those the family has not seen right yet."""

    def visible_to(self, actor: Actor) -> Self:
        """The two who went and leaders; once it counts also who sees the child, where the family left it to them.

        The adult who was visited, their own alone.
        """
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if actor.kind is Kind.GUARDIAN and actor.post_id:
            return rows.filter(visit__in=Visit.objects.visible_to(actor)).exclude(shown_at=None)
        if not actor.is_staff or not actor.post_id:
            return rows.none()
        rows = rows.exclude(visit__student__in=own_children(actor))
        if actor.is_one_of(Role.LEADER):
            return rows
        ours = Q(visit__first=actor.post_id) | Q(visit__second=actor.post_id)
        shared = Q(counts_at__isnull=False, readers=VisitNote.Readers.TEACHERS)
        return rows.filter(ours | shared & Q(visit__student__in=Student.objects.all().seen_by(actor)))


class VisitNote(KeyedModel):
    """Strengths and hopes, in the words of the two. Changed words are read anew before they count."""

    class Readers(models.TextChoices):
        """Whom the family lets read it."""

        TEACHERS = "teachers", _("The family and the child’s teachers")
        PAIR = "pair", _("The family and the two who came")

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="note")
    text = models.TextField(blank=True)  # personal: behind proof of person
    aloud = models.TextField(blank=True)  # in everyday words, which may be said in a call
    recording = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # the very words of `aloud`, said by a person
    readers = models.CharField(max_length=10, choices=Readers, default=Readers.TEACHERS)
    written_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    version = models.PositiveSmallIntegerField(default=1)
    shown_at = models.DateTimeField(null=True, blank=True)  # the family was asked to read it
    counts_at = models.DateTimeField(null=True, blank=True)

    objects = NoteQuerySet.as_manager()
    tiers = {"text": Tier.L2, "aloud": Tier.L1}
    children = ("visit__student",)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text="", aloud=""), name="note_has_words")]


class OfANoteQuerySet[M: TenantModel](SeenWithQuerySet[M]):
    """What was said to a note: seen by whoever sees the note."""

    seen_with = "note"


class NoteHeard(KeyedModel):
    """The adult read it or had it read to them, and said that it is right, or what is not."""

    class How(models.TextChoices):
        """How."""

        PAGE = "page", _("read on the page")
        PHONE = "phone", _("read to them by telephone")
        CALL = "call", _("heard in an automatic call")
        TOGETHER = "together", _("read together")

    note = models.ForeignKey(VisitNote, on_delete=models.CASCADE, related_name="hearings")
    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveSmallIntegerField()
    how = models.CharField(max_length=10, choices=How)
    read_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # the colleague who read it to them
    at = models.DateTimeField()
    correction = models.TextField(blank=True)  # in the family's words
    is_wrong = models.BooleanField(default=False)  # pressed in a call; what they said then stands in `spoken`
    spoken = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # in their thread

    objects = OfANoteQuerySet["NoteHeard"].as_manager()
    tiers = {"correction": Tier.L2}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(how="page", read_by=None) | ~Q(how="page"),
                name="note_read_on_the_page_by_oneself",
            )
        ]

    @property
    def is_right(self) -> bool:
        """They found nothing to put right."""
        return not (self.correction or self.is_wrong)


class HelpQuerySet(TenantQuerySet["VisitHelp"]):
    """What is promised, and what was given."""

    def open(self) -> Self:
        """Not done; the earliest first."""
        return self.filter(given_at=None).order_by("due_on", "pk")

    def visible_to(self, actor: Actor) -> Self:
        """Whoever sees the note; before there is one, the two and leaders; and whoever is to do it."""
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        notes = VisitNote.objects.visible_to(actor)
        if actor.kind is Kind.GUARDIAN:
            return rows.filter(visit__in=notes.values("visit"))
        if not actor.is_staff or not actor.post_id:
            return rows.none()
        rows = rows.exclude(visit__student__in=own_children(actor))
        if actor.is_one_of(Role.LEADER):
            return rows
        ours = Q(visit__first=actor.post_id) | Q(visit__second=actor.post_id) | Q(who=actor.post_id)
        return rows.filter(ours | Q(visit__in=notes.values("visit")))


class VisitHelp(KeyedModel):
    """Help the family asked for, or what we said we would do: in the family's words, with a name and a day."""

    class Sort(models.TextChoices):
        """Who said it."""

        ASKED = "asked", _("asked for")
        PROMISED = "promised", _("promised")

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="helps")
    sort = models.CharField(max_length=10, choices=Sort)
    words = models.CharField(max_length=300)
    who = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    due_on = models.DateField()
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = HelpQuerySet.as_manager()
    tiers = {"words": Tier.L2}
    children = ("visit__student",)

    @property
    def due_at(self) -> datetime:
        """Its day at noon: for pages, which say days by their hour."""
        return datetime.combine(self.due_on, NOON, tzinfo=UTC)
