"""One text to an audience, released by whom, in which versions."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from porchlight.files.models import StoredFile
from porchlight.schools.actors import Actor, Role, Scope
from porchlight.schools.actors import Kind as ActorKind
from porchlight.schools.models import Closure, KeyedModel, StaffMember, TenantModel, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class Kind(models.TextChoices):
    """What sort of word it is."""

    GOOD_NEWS = "good_news"
    INFORMATION = "information"
    QUESTION = "question"
    WORRY = "worry"  # one family only
    SAFETY = "safety"
    CONSENT = "consent"  # a question whose answer the school acts on


EVERYDAY = (Kind.GOOD_NEWS, Kind.INFORMATION, Kind.QUESTION)  # a parent may read these over


TO_EVERYBODY = (
    "classes",
    "year",
    "school",
)  # kinds of audience (`audience.AudienceKind`) that name no family


class NoticeQuerySet(TenantQuerySet["Notice"]):
    """Announcements."""

    def due(self, *, now: object) -> Self:
        """Scheduled, released, not yet sent and not taken back."""
        return self.filter(sent_at=None, undone_at=None, released_at__isnull=False, goes_at__lte=now)

    def waiting_for_approval(self) -> Self:
        """Written for so many homes that a second person has to look."""
        return self.filter(needs_approval=True, approval=None, undone_at=None)

    def told_home_about(self, student_id: int) -> Self:
        """Announcements to a class, a year or the school that went to a home of this child and still stand.

        What was sent to chosen families or about chosen children is between the school and those families.
        """
        return self.filter(
            sent_at__isnull=False,
            undone_at=None,
            tier__lte=Tier.L1,
            audience__kind__in=TO_EVERYBODY,
            messages__thread__student_id=student_id,
            messages__undone_at=None,
        ).exclude(kind=Kind.WORRY)

    def visible_to(self, actor: Actor) -> Self:
        """Leaders and office: all. Other staff: their own. Guardians meet a notice in their thread.

        A student sees what every home of the class was told, never a thread (decision 31).
        """
        rows = super().visible_to(actor)
        if actor.kind is ActorKind.SYSTEM or actor.is_one_of(Role.LEADER, Role.OFFICE):
            return rows
        if actor.may(Scope.NOTICES):
            return rows.filter(tier__lte=actor.highest)
        if actor.kind is ActorKind.STUDENT and actor.post_id:
            told = self.model.objects.in_school(actor.school_id).told_home_about(actor.post_id)
            return rows.filter(pk__in=told.values("pk"))
        return rows.filter(by_id=actor.post_id) if actor.is_staff else rows.none()


class Notice(KeyedModel):
    """What the school says to many homes at once; each home gets it in its own thread."""

    by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="notices")
    template = models.ForeignKey(
        "conversations.Template", null=True, blank=True, on_delete=models.SET_NULL, related_name="notices"
    )
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.INFORMATION)
    subject = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    language = models.CharField(max_length=20)
    tier = models.PositiveSmallIntegerField(default=Tier.L1)
    enclosed = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # a photo or a letter beside the words
    audience = models.JSONField()  # audience.Audience as written down
    urgent_reason = models.CharField(max_length=300, blank=True)  # not empty: urgent
    goes_at = models.DateTimeField()
    needs_approval = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=school_time.now)
    released_at = models.DateTimeField(null=True, blank=True)  # someone pressed "send"
    sent_at = models.DateTimeField(null=True, blank=True)  # parcels stand in the outbox
    undone_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)  # past undo: what had not left stayed here
    sorry_for = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="apology"
    )
    closes_on = models.DateField(null=True, blank=True)  # it says that there is no school that day
    closure = models.ForeignKey(Closure, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    press = models.CharField(max_length=32, blank=True)  # of the button: pressed twice, it is one notice
    excluded = models.JSONField(default=list)  # [{"reason", "count"}] as it was when sent

    objects = NoticeQuerySet.as_manager()
    tiers = {
        "subject": Tier.L1,
        "text": Tier.L1,
        "urgent_reason": Tier.L1,
        "audience": Tier.L1,
        "excluded": Tier.L2,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "press"], condition=~Q(press=""), name="notice_once_a_press"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(released_at__isnull=False), name="notice_sent_after_release"
            ),
        ]

    @property
    def is_urgent(self) -> bool:
        return bool(self.urgent_reason)


class NoticeVersion(TenantModel):
    """The notice in another language, and who made it so."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="versions")
    language = models.CharField(max_length=20)
    text = models.TextField()
    provenance = models.CharField(max_length=40)
    by = models.CharField(max_length=200, blank=True)
    checked_by = models.CharField(max_length=200, blank=True)  # who read a machine's words over

    objects = TenantQuerySet.as_manager()
    tiers = {"text": Tier.L1, "by": Tier.L1, "checked_by": Tier.L1}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "language"], name="notice_version_once")]


class Approval(TenantModel):
    """The second person who looked at a notice for many homes and said yes."""

    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, related_name="approval")
    by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=school_time.now)

    objects = TenantQuerySet.as_manager()
