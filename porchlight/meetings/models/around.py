"""The day of a meeting: who was reminded, what they said then, whether it was held, and private calendars."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porchlight.conversations.models import Ask
from porchlight.families.models import Address, Guardian
from porchlight.meetings.models.meetings import GuestSeat, Meeting, SeatQuerySet
from porchlight.schools.actors import Actor, Kind
from porchlight.schools.models import KeyedModel, SeenWithQuerySet, StaffMember, TenantModel, TenantQuerySet
from porchlight.toolbox import school_time


class OfASeatQuerySet[M: TenantModel](SeenWithQuerySet[M]):
    """What one adult of a meeting was asked and said: seen by whoever sees the seat."""

    seen_with = "seat"


class Before(models.TextChoices):
    """How long before a meeting somebody is reminded."""

    DAY = "day", _("the school day before")
    HOUR = "hour", _("an hour before")


class Reminder(TenantModel):
    """An adult was reminded of a meeting as it then stood. One message may remind of a whole evening."""

    seat = models.ForeignKey(GuestSeat, on_delete=models.CASCADE, related_name="reminders")
    before = models.CharField(max_length=10, choices=Before)
    revision = models.PositiveSmallIntegerField()  # of the meeting
    ask = models.ForeignKey(
        Ask, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # none: the word that it had moved came in its place
    at = models.DateTimeField()

    objects = OfASeatQuerySet["Reminder"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "before", "revision"], name="meeting_reminded_once")
        ]


class OnTheDay(models.TextChoices):
    """What a family says when the meeting is near."""

    COMING = "coming", _("Coming")
    LATE = "late", _("A little late")
    CANNOT = "cannot", _("Cannot come")


class DayWord(TenantModel):
    """What an adult said when the meeting was near. All words are kept, the last of this revision counts."""

    seat = models.ForeignKey(GuestSeat, on_delete=models.CASCADE, related_name="day_words")
    word = models.CharField(max_length=10, choices=OnTheDay)
    revision = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    said_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # a colleague who wrote it down for them

    objects = OfASeatQuerySet["DayWord"].as_manager()


class Held(TenantModel):
    """It began, and it ended: by one tap each. Nobody is ever cut off by it."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="held")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = SeatQuerySet["Held"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("began_at")),
                name="meeting_ends_after_it_began",
            )
        ]


class NobodyCame(TenantModel):
    """The family was not there. A fact of the evening, never a mark against a home."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="nobody_came")
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = SeatQuerySet["NobodyCame"].as_manager()


class Instead(models.TextChoices):
    """What would suit a family that was not there."""

    TIME = "time", _("Another time")
    PHONE = "phone", _("By telephone")
    NOT_NOW = "not_now", _("Not now")


class Reason(models.TextChoices):
    """What came in between, in the family's word."""

    ILL = "ill", _("Somebody was ill")
    WORK = "work", _("Work")
    TRANSPORT = "transport", _("The way there")
    FORGOT = "forgot", _("It was forgotten")
    NO_INTERPRETER = "no_interpreter", _("There was no interpreter")
    DID_NOT_KNOW = "did_not_know", _("They did not know of it")
    OTHER = "other", _("Something else")


class Missed(TenantModel):
    """One adult is asked, kindly, what would suit; and who answered that, what came in between."""

    seat = models.OneToOneField(GuestSeat, on_delete=models.CASCADE, related_name="missed")
    ask = models.OneToOneField(Ask, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    why_ask = models.OneToOneField(Ask, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    instead = models.CharField(max_length=10, choices=Instead, blank=True)
    instead_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    reason_at = models.DateTimeField(null=True, blank=True)

    objects = OfASeatQuerySet["Missed"].as_manager()


class FeedQuerySet(TenantQuerySet["CalendarFeed"]):
    """Private calendars: everybody's own, and nobody else's."""

    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(revoked_at=None)

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if actor.kind is Kind.GUARDIAN and actor.post_id:
            return rows.filter(guardian=actor.post_id)
        return rows.filter(staff=actor.post_id) if actor.is_staff and actor.post_id else rows.none()


class CalendarFeed(KeyedModel):
    """An address that a person's own calendar asks. Whoever has it reads it, so it says little and can be renewed."""

    guardian = models.ForeignKey(
        Guardian, null=True, blank=True, on_delete=models.CASCADE, related_name="calendars"
    )
    staff = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.CASCADE, related_name="calendars"
    )
    digest = models.CharField(max_length=64)  # of the secret in its address
    came_by = models.ForeignKey(
        Address, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )  # of the session it was made in: no longer theirs, it opens nothing
    names_since = models.DateTimeField(null=True, blank=True)  # they want the children's short names in it
    made_at = models.DateTimeField(default=school_time.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(guardian=None, staff__isnull=False) | Q(guardian__isnull=False, staff=None),
                name="calendar_of_one_person",
            ),
            models.UniqueConstraint(fields=["school", "digest"], name="calendar_address_once"),
            models.UniqueConstraint(
                fields=["guardian"], condition=Q(revoked_at=None), name="calendar_once_for_an_adult"
            ),
            models.UniqueConstraint(
                fields=["staff"], condition=Q(revoked_at=None), name="calendar_once_for_a_colleague"
            ),
        ]
