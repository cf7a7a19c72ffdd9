"""What a student brings to their own meeting: what they show, and what they ask. They speak first."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porchlight.files.models import StoredFile
from porchlight.meetings.models.meetings import Meeting
from porchlight.schools.models import KeyedModel, SeenWithQuerySet, StaffMember
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class StudentPartQuerySet(SeenWithQuerySet["StudentPart"]):
    """Seen by whoever sees the meeting: its adults, its hosts, the office, the student."""

    seen_with = "meeting"


class StudentPart(KeyedModel):
    """The student has a part in this meeting, and begins. One row for one meeting."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="student_part")
    since = models.DateTimeField(default=school_time.now)
    ready_at = models.DateTimeField(null=True, blank=True)  # the student said: that is it
    typed_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # a colleague who wrote down a paper slip

    objects = StudentPartQuerySet.as_manager()


class OfAPartQuerySet[M: KeyedModel](SeenWithQuerySet[M]):
    """What belongs to a part: seen with it."""

    seen_with = "part"


class Shown(KeyedModel):
    """One thing the student shows: a link, a photo, or words alone."""

    class Kind(models.TextChoices):
        """What sort of thing."""

        LINK = "link", _("A link")
        PHOTO = "photo", _("A photo")
        WORDS = "words", _("Words")

    part = models.ForeignKey(StudentPart, on_delete=models.CASCADE, related_name="shown")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.CharField(max_length=300, blank=True)
    link = models.CharField(max_length=500, blank=True)  # https alone; opened by who looks at it, never by us
    photo = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = OfAPartQuerySet["Shown"].as_manager()
    tiers = {"words": Tier.L1, "link": Tier.L1}

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://"), name="shown_links_are_https"
            )
        ]


class Asked(KeyedModel):
    """One thing the student wants to ask, or to talk about."""

    part = models.ForeignKey(StudentPart, on_delete=models.CASCADE, related_name="asked")
    text = models.CharField(max_length=300)
    asked_at = models.DateTimeField(default=school_time.now)

    objects = OfAPartQuerySet["Asked"].as_manager()
    tiers = {"text": Tier.L1}

    class Meta:
        ordering = ["pk"]
