"""Hours that colleagues keep for families, the times offered out of them, calls promised, and who interprets."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from porchlight.conversations.models import Ask, TriageItem
from porchlight.families.models import Guardian, Student, own_children
from porchlight.meetings.models.counselling import CounsellingWish
from porchlight.meetings.models.meetings import Meeting, Mode, Sort
from porchlight.schools.actors import Actor, Kind
from porchlight.schools.models import KeyedModel, SeenWithQuerySet, StaffMember, TenantModel, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class HoursFor(models.TextChoices):
    """What somebody keeps an hour for."""

    FAMILIES = "families", _("Talking with families")
    COUNSELLING = "counselling", _("Counselling")
    INTERPRETING = "interpreting", _("Interpreting")


class StandingHoursQuerySet(TenantQuerySet["StandingHours"]):
    """Hours of every week."""

    def kept(self) -> Self:
        """Not given up."""
        return self.filter(ended_at=None)

    def visible_to(self, actor: Actor) -> Self:
        """No secret at work. Families and students: those that are kept for them."""
        rows = super().visible_to(actor)
        if actor.is_staff or actor.kind is Kind.SYSTEM:
            return rows
        if actor.kind in {Kind.GUARDIAN, Kind.STUDENT}:
            return rows.kept().filter(purpose__in=[HoursFor.FAMILIES, HoursFor.COUNSELLING])
        return rows.none()


class StandingHours(KeyedModel):
    """A colleague is there every week on this day, on the school's clock, except when away or school is closed."""

    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="standing_hours")
    purpose = models.CharField(max_length=20, choices=HoursFor, default=HoursFor.FAMILIES)
    weekday = models.PositiveSmallIntegerField()  # Monday is 0
    starts = models.TimeField()
    ends = models.TimeField()
    minutes = models.PositiveSmallIntegerField(default=15)  # one talk
    modes = models.JSONField(default=list)  # of Mode, the usual one first
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(default=school_time.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = StandingHoursQuerySet.as_manager()
    tiers = {"modes": Tier.L0}
    of_the_school = frozenset({"modes"})

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="standing_hours_have_length"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="standing_hours_weekday"),
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=120), name="standing_hours_minutes"
            ),
        ]


class OfferQuerySet(TenantQuerySet["Offer"]):
    """Times put to one adult."""

    def visible_to(self, actor: Actor) -> Self:
        """The adult; the colleague it is with. Nobody else needs it: what comes of it is a meeting."""
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if actor.kind is Kind.GUARDIAN and actor.post_id:
            return rows.filter(guardian=actor.post_id, student__in=Student.objects.visible_to(actor))
        if not actor.is_staff or not actor.post_id:
            return rows.none()
        return rows.filter(staff=actor.post_id).exclude(student__in=own_children(actor))


class Offer(KeyedModel):
    """Some free times of one colleague, put to an adult as a question."""

    ask = models.OneToOneField(Ask, on_delete=models.CASCADE, related_name="offered_hours")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="+")
    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="+")
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    sort = models.CharField(max_length=20, choices=Sort, default=Sort.OFFICE_HOUR)
    wish = models.ForeignKey(
        CounsellingWish, null=True, blank=True, on_delete=models.CASCADE, related_name="offers"
    )
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    replaced_at = models.DateTimeField(
        null=True, blank=True
    )  # other times were put since: a time was taken meanwhile

    objects = OfferQuerySet.as_manager()
    children = ("student",)


class OfferedTimeQuerySet(SeenWithQuerySet["OfferedTime"]):
    """Seen with the offer."""

    seen_with = "offer"


class OfferedTime(TenantModel):
    """One of them, by its digit."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="times")
    key = models.CharField(max_length=2)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    mode = models.CharField(max_length=20, choices=Mode)

    objects = OfferedTimeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "key"], name="offered_time_once")]


class CallBackQuerySet(SeenWithQuerySet["CallBack"]):
    """Calls promised."""

    seen_with = "meeting"

    def waiting(self) -> Self:
        """Promised, neither made nor missed nor called off."""
        return self.filter(missed_at=None, rung_at=None, meeting__called_off_at=None)


class CallBack(KeyedModel):
    """A family was promised a call between two times by a named colleague: the meeting says when, by whom, in what."""

    item = models.ForeignKey(
        TriageItem, null=True, blank=True, on_delete=models.CASCADE, related_name="promised"
    )
    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="call_back")
    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="+")
    promised_at = models.DateTimeField(default=school_time.now)
    rung_at = models.DateTimeField(null=True, blank=True)
    missed_at = models.DateTimeField(null=True, blank=True)  # the time passed and nobody rang

    objects = CallBackQuerySet.as_manager()


class BookingQuerySet(TenantQuerySet["InterpreterBooking"]):
    """Who is asked to interpret."""

    def standing(self) -> Self:
        """Not declined, not taken back."""
        return self.filter(taken_back_at=None).exclude(word=InterpreterBooking.Said.NO)

    def visible_to(self, actor: Actor) -> Self:
        """At work alone: the interpreter, and who sees the meeting."""
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if not actor.is_staff or not actor.post_id:
            return rows.none()
        seen = Meeting.objects.visible_to(actor)
        return rows.filter(Q(staff=actor.post_id) | Q(meeting__in=seen)).exclude(
            meeting__student__in=own_children(actor)
        )


class InterpreterBooking(KeyedModel):
    """An interpreter or liaison is asked to one meeting, for one language. They say whether they can."""

    class Said(models.TextChoices):
        """Their word."""

        YES = "yes", _("I will be there")
        NO = "no", _("I cannot")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="bookings")
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="bookings")
    language = models.CharField(max_length=20)
    asked_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # nobody: a plan
    asked_at = models.DateTimeField(default=school_time.now)
    word = models.CharField(max_length=5, choices=Said, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(taken_back_at=None) & ~Q(word="no"),
                name="interpreter_booked_once",
            )
        ]
