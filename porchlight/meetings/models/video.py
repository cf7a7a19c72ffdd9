"""A school's accounts where video meetings are held, and the room of each meeting."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Self, cast

from django.db import models
from django.db.models import Q

from porchlight.meetings.models.meetings import Meeting
from porchlight.meetings.video import registry
from porchlight.meetings.video.contract import Access, Company
from porchlight.schools.models import (
    CompanyAccount,
    CompanyAccountQuerySet,
    KeyedModel,
    SeenWithQuerySet,
    StaffMember,
    held_with_reason,
)
from porchlight.schools.sealed_fields import ClosedTextField
from porchlight.schools.tiers import Tier


class VideoAccount(CompanyAccount):
    """An account with one company, or a server of the school's own. The one with `used_since` makes new rooms."""

    company = models.CharField(max_length=40)  # a name of video/registry.py
    used_since = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # who chose it
    test_wanted_at = models.DateTimeField(null=True, blank=True)
    tested_at = models.DateTimeField(null=True, blank=True)
    test_said = models.CharField(max_length=300, blank=True)  # our sentence; empty: it went well

    objects = CompanyAccountQuerySet["VideoAccount"].as_manager()
    tiers = {
        "company": Tier.L0,
        "settings": Tier.L2,
        "sealed_secrets": Tier.L3,
        "held_code": Tier.L2,
        "held_reason": Tier.L2,
        "test_said": Tier.L2,
    }
    of_the_school = frozenset(tiers)

    class Meta:
        constraints = [
            held_with_reason("video_account"),
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(used_since__isnull=False, closed_at=None),
                name="one_video_account_in_use",
            ),
        ]

    def __str__(self) -> str:
        return self.adapter.label

    @property
    def adapter(self) -> Company:
        """Raises UnknownCompany."""
        return registry.get(self.company)

    @property
    def access(self) -> Access:
        """What the adapter needs. Raises WrongSeal."""
        return Access(dict(self.settings), self.secrets)

    @property
    def works(self) -> bool:
        """Whether asking it now makes sense."""
        return self.closed_at is None and self.held_at is None


class VideoRoomQuerySet(SeenWithQuerySet["VideoRoom"]):
    """Rooms, seen by whoever sees the meeting."""

    seen_with = "meeting"

    def due(self, *, now: datetime) -> Self:
        """What a worker should see to: nobody else does, and its account works."""
        free = Q(lease_until=None) | Q(lease_until__lte=now)
        return self.filter(free, due_at__lte=now, account__closed_at=None, account__held_at=None).order_by(
            "due_at", "pk"
        )

    def missing(self, *, by: datetime, now: datetime) -> Self:
        """Of standing video meetings that begin before `by` and have no room yet, or one of the old time."""
        soon = self.filter(
            meeting__called_off_at=None,
            meeting__mode="video",
            meeting__starts_at__lt=by,
            meeting__ends_at__gt=now,
        )
        return soon.filter(Q(made_at=None) | ~Q(trouble=""), ended_at=None).order_by("meeting__starts_at")


class VideoRoom(KeyedModel):
    """Where one meeting is held by video. What a worker has still to do stands in `due_at`."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="video_room")
    account = models.ForeignKey(VideoAccount, on_delete=models.CASCADE, related_name="rooms")
    sealed_place = ClosedTextField(
        blank=True
    )  # numbers and addresses there, as the company's file keeps them
    revision = models.PositiveSmallIntegerField(default=0)  # of the meeting, when it was made or last changed
    made_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)  # our sentence; empty: none

    objects = VideoRoomQuerySet.as_manager()
    tiers = {"sealed_place": Tier.L3, "trouble": Tier.L1}
    of_the_school = frozenset({"sealed_place"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at=None, sealed_place="") | (Q(made_at__isnull=False)),
                name="video_room_place_when_made",
            )
        ]
        indexes = [models.Index(fields=["school", "due_at"], name="video_room_due")]

    @property
    def place(self) -> Mapping[str, str]:
        """Opened for this use; never logged, never shown but to who goes in. Raises WrongSeal."""
        if not self.sealed_place:
            return {}
        return cast(dict[str, str], json.loads(self._sealing().opened(self, self.sealed_place)))

    def keep_place(self, place: Mapping[str, str]) -> None:
        """Seal it; `save()` is the caller's."""
        self.sealed_place = self._sealing().closed(self, json.dumps(dict(place))) if place else ""

    @property
    def is_ready(self) -> bool:
        """Whether people can go in at the meeting's hour."""
        return self.made_at is not None and self.ended_at is None

    def wants(self, now: datetime) -> str:
        """What a worker has to do: `make`, `change`, `renew`, `end`, or nothing."""
        meeting = self.meeting
        over = meeting.ends_at + timedelta(hours=1) <= now
        if not meeting.is_on or meeting.mode != "video" or over:
            return "end" if self.is_ready else ""
        if not self.is_ready:
            return "make"
        return "change" if self.revision != meeting.revision else "renew"

    @classmethod
    def _sealing(cls) -> ClosedTextField:
        return cast(ClosedTextField, cls._meta.get_field("sealed_place"))
