"""A time at which home and school sit down together: whoever asked for it, whatever it is called."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from porchlight.design.direction import page_language
from porchlight.families.models import Guardian, Student, own_children
from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import (
    AtWorkQuerySet,
    KeyedModel,
    SeenWithQuerySet,
    StaffMember,
    TenantModel,
    TenantQuerySet,
)
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time, scripts

SEES_EVERY_MEETING = (Role.LEADER, Role.OFFICE)


class Sort(models.TextChoices):
    """What a meeting is called."""

    CONFERENCE = "conference", _("Parents’ evening")
    OFFICE_HOUR = "office_hour", _("Office hour")
    CALL_BACK = "call_back", _("Call back")
    COUNSELLING = "counselling", _("Counselling")
    VISIT = "visit", _("Visit")


class Mode(models.TextChoices):
    """How it is held; the planner's words."""

    IN_PERSON = "in_person", _("At school")
    VIDEO = "video", _("By video")
    PHONE = "phone", _("By telephone")
    HOME = "home", _("Where the family chooses")


class MeetingQuerySet(TenantQuerySet["Meeting"]):
    """Meetings, as calendars and people ask for them."""

    def standing(self) -> Self:
        """Not called off."""
        return self.filter(called_off_at=None)

    def between(self, start: datetime, end: datetime) -> Self:
        """That take any of this time; the earliest first."""
        return self.filter(starts_at__lt=end, ends_at__gt=start).order_by("starts_at", "pk")

    def of_staff(self, *staff_ids: int) -> Self:
        """Where any of these colleagues sits, or interprets."""
        sits = HostSeat.objects.filter(staff__in=staff_ids).values("meeting")
        return self.filter(Q(pk__in=sits) | Q(interpreter__in=staff_ids))

    def of_guardian(self, guardian_id: int) -> Self:
        """To which this adult is asked."""
        return self.filter(pk__in=GuestSeat.objects.filter(guardian=guardian_id).values("meeting"))

    def visible_to(self, actor: Actor) -> Self:
        """Staff: those who sit in it or interpret, the office and leaders; of an own child, as a parent alone. Adults:
        those to which they are asked, so that parents apart know nothing of each other's. A student: those they sit in.
        """
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if actor.kind is Kind.GUARDIAN and actor.post_id:
            rows = rows.of_guardian(actor.post_id).exclude(told_at=None)
            return rows.filter(student__in=Student.objects.visible_to(actor))
        if actor.kind is Kind.STUDENT and actor.post_id:
            return rows.filter(student=actor.post_id, with_student=True).exclude(told_at=None)
        if not actor.is_staff or not actor.post_id:
            return rows.none()
        rows = rows.exclude(student__in=own_children(actor))
        if actor.is_one_of(Role.LEADER):
            return rows
        mine = rows.of_staff(actor.post_id)
        # Who comes to the counsellor is not the office's to see.
        return rows.exclude(sort=Sort.COUNSELLING) | mine if actor.is_one_of(*SEES_EVERY_MEETING) else mine


class Meeting(KeyedModel):
    """One meeting about one child. What asked for it (a wish of a round, a visit, an office hour) points here."""

    sort = models.CharField(max_length=20, choices=Sort)
    mode = models.CharField(max_length=20, choices=Mode)
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)  # "Room 4"; of a visit, the family's own choice
    with_student = models.BooleanField(default=False)  # the student sits in it, and sees it
    language = models.CharField(max_length=20, blank=True)  # spoken with an interpreter's help; empty: none
    interpreter = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="interprets"
    )
    arranged_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # nobody: the plan of a round, or the family itself
    arranged_at = models.DateTimeField(default=school_time.now)
    told_at = models.DateTimeField(
        null=True, blank=True
    )  # until then a plan that the family knows nothing of
    revision = models.PositiveSmallIntegerField(
        default=0
    )  # up by one when it is moved: a calendar's SEQUENCE
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_why = models.CharField(max_length=20, blank=True)  # a code: "family", "school", "moved"

    objects = MeetingQuerySet.as_manager()
    tiers = {"place": Tier.L1}
    children = ("student",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(interpreter=None) | ~Q(language=""), name="meeting_interpreter_for_a_language"
            ),
        ]
        indexes = [models.Index(fields=["school", "starts_at"], name="meeting_by_time")]

    @property
    def is_on(self) -> bool:
        """Not called off."""
        return self.called_off_at is None

    @property
    def host_names(self) -> str:
        """Who of us sits in it, as whoever looks at the page reads them."""
        return scripts.comma(page_language()).join(self.names)

    @property
    def names(self) -> tuple[str, ...]:
        """Who of us sits in it."""
        seats = self.hosts.all()
        if "hosts" not in getattr(self, "_prefetched_objects_cache", {}):
            seats = seats.select_related("staff")
        return tuple(seat.staff.name for seat in sorted(seats, key=lambda one: one.pk))


class SeatQuerySet[M: TenantModel](SeenWithQuerySet[M]):
    """Who sits in a meeting: seen by whoever sees the meeting."""

    seen_with = "meeting"


class HostSeat(TenantModel):
    """A colleague sits in a meeting. The first one's room is where it is."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="hosts")
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="meeting_seats")

    objects = SeatQuerySet["HostSeat"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "staff"], name="host_seat_once")]


class Word(models.TextChoices):
    """What a family says to a meeting."""

    YES = "yes", _("We will come")
    ANOTHER = "another", _("Another time, please")
    CANNOT = "cannot", _("We cannot come")


class GuestSeat(KeyedModel):
    """An adult is asked to a meeting: what they said to it. Silence is no answer, and no fault."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="guests")
    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="meeting_seats")
    word = models.CharField(max_length=10, choices=Word, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)
    said_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # a colleague who wrote down what the family said

    objects = SeatQuerySet["GuestSeat"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "guardian"], name="guest_seat_once"),
            models.CheckConstraint(
                condition=Q(word="", said_at=None) | (~Q(word="") & Q(said_at__isnull=False)),
                name="guest_said_it_at_a_time",
            ),
        ]


class ColleagueQuerySet(AtWorkQuerySet["AtMeetings"]):
    """What families may know to choose by: seen at work, and by the system that plans."""


class AtMeetings(TenantModel):
    """What a colleague says of themselves for meetings: a woman or a man, where families find them."""

    class Person(models.TextChoices):
        """As they say it themselves; never guessed."""

        WOMAN = "woman", _("a woman")
        MAN = "man", _("a man")

    staff = models.OneToOneField(StaffMember, on_delete=models.CASCADE, related_name="at_meetings")
    person = models.CharField(max_length=10, choices=Person, blank=True)
    place = models.CharField(max_length=120, blank=True)  # "Room 4, first floor"

    objects = ColleagueQuerySet.as_manager()
    tiers = {"place": Tier.L0}
