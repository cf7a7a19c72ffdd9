"""A conference season: its days, who is there when, which families can when, and what each asks for."""

from __future__ import annotations

from datetime import time
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from porchlight.conversations.models import Ask
from porchlight.families.models import Channel, Guardian, Student, own_children
from porchlight.meetings.models.meetings import SEES_EVERY_MEETING, AtMeetings, Meeting
from porchlight.schools.actors import Actor, Kind
from porchlight.schools.models import (
    AtWorkQuerySet,
    KeyedModel,
    SchoolClass,
    SeenWithQuerySet,
    StaffMember,
    TenantModel,
    TenantQuerySet,
)
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time

SLOT = 5  # minutes, as the planner counts


class RoundQuerySet(TenantQuerySet["Round"]):
    """Seasons."""

    def visible_to(self, actor: Actor) -> Self:
        """Everybody at school; an adult, those to which they are asked."""
        rows = super().visible_to(actor)
        if actor.is_staff or actor.kind is Kind.SYSTEM:
            return rows
        if actor.kind is Kind.GUARDIAN and actor.post_id:
            mine = PartyMember.objects.filter(guardian=actor.post_id)
            return rows.exclude(asked_at=None).filter(pk__in=mine.values("party__round"))
        return rows.none()


class Round(KeyedModel):
    """One season. Asked, planned, told: each has its moment, in this order."""

    name = models.CharField(max_length=100)  # "Autumn conferences"
    answer_by = models.DateTimeField()  # families' wishes count until then
    minutes = models.PositiveSmallIntegerField(default=10)  # one meeting, unless a wish says otherwise
    max_run = models.PositiveSmallIntegerField(default=18)  # slots a colleague sits at most before a break
    break_slots = models.PositiveSmallIntegerField(default=2)
    apart_minutes = models.PositiveSmallIntegerField(default=20)  # between parents who live apart
    walk_minutes = models.PositiveSmallIntegerField(default=5)  # from one part of the school to another
    made_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=school_time.now)
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # in whose name families are asked
    to_form_at = models.DateTimeField(
        null=True, blank=True
    )  # families are to be asked, and nobody has looked since who comes together
    reminded_at = models.DateTimeField(
        null=True, blank=True
    )  # who had not answered by then: once, never more
    told_at = models.DateTimeField(null=True, blank=True)  # families know their times
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = RoundQuerySet.as_manager()
    tiers = {"name": Tier.L0}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=SLOT, minutes__lte=120), name="round_minutes"),
            models.CheckConstraint(condition=Q(break_slots__gte=1, max_run__gte=1), name="round_has_breaks"),
        ]


class OfARoundQuerySet[M: TenantModel](AtWorkQuerySet[M]):
    """What belongs to a season as such, and to no family."""


class RoundDay(KeyedModel):
    """One evening or Saturday, on the school's clock."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    starts = models.TimeField(default=time(15, 30))
    ends = models.TimeField(default=time(19, 30))

    objects = OfARoundQuerySet["RoundDay"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "day"], name="round_day_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="round_day_has_hours"),
        ]


class RoundClass(TenantModel):
    """The families of this class are asked."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="classes")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="+")

    objects = OfARoundQuerySet["RoundClass"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "school_class"], name="round_class_once")]


class RoundHost(KeyedModel):
    """A colleague takes part: in which room, in which part of the school. Interpreters too."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="hosts")
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=120, blank=True)
    zone = models.PositiveSmallIntegerField(default=0)  # rooms of one zone are next to each other
    interprets = models.BooleanField(default=False)  # is there to interpret, not to be met
    said_at = models.DateTimeField(null=True, blank=True)  # they looked at their hours themselves

    objects = OfARoundQuerySet["RoundHost"].as_manager()
    tiers = {"place": Tier.L0}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "staff"], name="round_host_once")]


class HostTime(TenantModel):
    """They are there on this day from one hour to another, for meetings of these ways. Between two is a break."""

    host = models.ForeignKey(RoundHost, on_delete=models.CASCADE, related_name="times")
    day = models.ForeignKey(RoundDay, on_delete=models.CASCADE, related_name="+")
    starts = models.TimeField()
    ends = models.TimeField()
    modes = models.JSONField(default=list)  # of Mode

    objects = OfARoundQuerySet["HostTime"].as_manager()
    tiers = {"modes": Tier.L0}
    of_the_school = frozenset({"modes"})

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="host_time_has_hours")]


class PartyQuerySet(TenantQuerySet["Party"]):
    """Who comes together."""

    def visible_to(self, actor: Actor) -> Self:
        """An adult: their own. Staff: of children they see; never of an own child's other parent."""
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if actor.kind is Kind.GUARDIAN and actor.post_id:
            return rows.filter(pk__in=PartyMember.objects.filter(guardian=actor.post_id).values("party"))
        if not actor.is_staff:
            return rows.none()
        at_home = Wish.objects.filter(student__in=own_children(actor))
        rows = rows.exclude(pk__in=at_home.values("party"))
        if actor.is_one_of(*SEES_EVERY_MEETING):
            return rows
        seen = Wish.objects.filter(student__in=Student.objects.all().seen_by(actor))
        return rows.filter(pk__in=seen.values("party"))


class Party(KeyedModel):
    """One adult or couple who come together. Parents living apart are two parties of one family."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="parties")
    family = models.CharField(
        max_length=40
    )  # parties with one value share a child: counted as one for fairness
    answered_at = models.DateTimeField(
        null=True, blank=True
    )  # they, or the office for them, said when they can
    channel = models.CharField(max_length=20, choices=Channel, blank=True)  # of that answer; empty: on a page
    typed_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # who wrote it down for them
    modes = models.JSONField(default=list)  # of Mode, the dearest to them first; empty: any but at home
    language = models.CharField(max_length=20, blank=True)  # an interpreter for it; empty: none wanted
    person = models.CharField(max_length=10, choices=AtMeetings.Person, blank=True)  # no reason is asked
    who_comes = models.CharField(max_length=120, blank=True)  # in their words
    travel_minutes = models.PositiveSmallIntegerField(default=0)
    # They would rather not this time: nobody proposes one.
    declined_at = models.DateTimeField(null=True, blank=True)

    objects = PartyQuerySet.as_manager()
    tiers = {"who_comes": Tier.L1, "modes": Tier.L1}


class OfAPartyQuerySet[M: TenantModel](SeenWithQuerySet[M]):
    """What belongs to a party."""

    seen_with = "party"


class PartyMember(TenantModel):
    """An adult of a party. In one round nobody is in two."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="members")
    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="+")
    ask = models.ForeignKey(Ask, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = OfAPartyQuerySet["PartyMember"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "guardian"], name="party_member_once")]


class PartyTime(TenantModel):
    """They can on this day from one hour to another. A party without any can whenever the school is there."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="times")
    day = models.ForeignKey(RoundDay, on_delete=models.CASCADE, related_name="+")
    starts = models.TimeField()
    ends = models.TimeField()

    objects = OfAPartyQuerySet["PartyTime"].as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="party_time_has_hours")]


class Wish(KeyedModel):
    """This party with this teacher, or these two, about one child, so long."""

    class From(models.TextChoices):
        """Who asked for it."""

        ROUND = "round", _("the round: every child with its class teacher")
        FAMILY = "family", _("the family")
        STAFF = "staff", _("a colleague")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="wishes")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="wishes")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="+")
    asked_by = models.CharField(max_length=10, choices=From)
    must = models.BooleanField(default=False)  # held before any other
    priority = models.PositiveSmallIntegerField(default=2)  # 1 to 3
    minutes = models.PositiveSmallIntegerField(default=10)
    why = models.CharField(max_length=200, blank=True)  # in the words of who asked
    made_at = models.DateTimeField(default=school_time.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    meeting = models.OneToOneField(
        Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="wish"
    )  # once it is held: also while families do not know yet
    pinned_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # no plan moves it

    objects = OfAPartyQuerySet["Wish"].as_manager()
    tiers = {"why": Tier.L1}
    children = ("student",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(priority__gte=1, priority__lte=3), name="wish_priority"),
            models.CheckConstraint(condition=Q(minutes__gte=SLOT, minutes__lte=120), name="wish_minutes"),
        ]


class WishedHostQuerySet(SeenWithQuerySet["WishedHost"]):
    """Whom wishes are for: seen with the wish."""

    seen_with = "wish"


class WishedHost(TenantModel):
    """Whom a wish is for."""

    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="hosts")
    host = models.ForeignKey(RoundHost, on_delete=models.CASCADE, related_name="wished")

    objects = WishedHostQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wish", "host"], name="wished_host_once")]
