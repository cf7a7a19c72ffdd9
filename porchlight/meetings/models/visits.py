"""A visit to a family: offered or asked for, welcomed or not, by two adults of ours, with a leader's permission."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from porchlight.conversations.models import Ask
from porchlight.families.models import Channel, Guardian, Student, own_children
from porchlight.meetings.models.meetings import SEES_EVERY_MEETING, AtMeetings, Meeting
from porchlight.schools.actors import Actor, Kind
from porchlight.schools.models import (
    AtWorkQuerySet,
    KeyedModel,
    SeenWithQuerySet,
    StaffMember,
    TenantModel,
    TenantQuerySet,
)
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class AskedBy(models.TextChoices):
    """Which side asked first."""

    FAMILY = "family", _("the family")
    SCHOOL = "school", _("the school")


class Purpose(models.TextChoices):
    """What it is for. A serious one is asked for openly."""

    HELLO = "hello", _("To say hello")
    HOPES = "hopes", _("Strengths and hopes")
    HELP = "help", _("Help with something")
    SERIOUS = "serious", _("Something serious")


class Welcome(models.TextChoices):
    """What a family says to a visit. “Later” is a fine answer."""

    HOME = "home", _("Yes, at home")
    ELSEWHERE = "elsewhere", _("Yes, somewhere else")
    LATER = "later", _("Later, please")
    NO = "no", _("No, thank you")


class Where(models.TextChoices):
    """The family's own choice."""

    HOME = "home", pgettext_lazy("where to meet", "At home")
    CAFE = "cafe", pgettext_lazy("where to meet", "A café")
    WORSHIP = "worship", pgettext_lazy("where to meet", "Mosque or church")
    PARK = "park", pgettext_lazy("where to meet", "A park")
    LIBRARY = "library", pgettext_lazy("where to meet", "The library")
    SCHOOL = "school", pgettext_lazy("where to meet", "At school")


class VisitQuerySet(TenantQuerySet["Visit"]):
    """Visits, as people ask for them."""

    def standing(self) -> Self:
        """Not stopped."""
        return self.filter(stopped_at=None)

    def welcomed(self) -> Self:
        """The family said yes, and no day stands yet."""
        return self.standing().filter(word__in=(Welcome.HOME, Welcome.ELSEWHERE), meeting=None)

    def happened(self) -> Self:
        """Somebody went in."""
        return self.filter(pk__in=VisitCheck.objects.values("visit"))

    def visible_to(self, actor: Actor) -> Self:
        """Staff: the two who go, who asked and who interprets, the office and leaders; never of an own child. Adults:
        their own alone, once it left the school: the other parent knows nothing of it.
        """
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if actor.kind is Kind.GUARDIAN and actor.post_id:
            rows = rows.filter(guardian=actor.post_id).exclude(offered_at=None, asked_by=AskedBy.SCHOOL)
            return rows.filter(student__in=Student.objects.visible_to(actor))
        if not actor.is_staff or not actor.post_id:
            return rows.none()
        rows = rows.exclude(student__in=own_children(actor))
        if actor.is_one_of(*SEES_EVERY_MEETING):
            return rows
        me = actor.post_id
        return rows.filter(Q(first=me) | Q(second=me) | Q(staff=me) | Q(meeting__interpreter=me))


class Visit(KeyedModel):
    """One visit about one child, to one adult. A gesture of trust, never an inspection."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="visits")
    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="visits")
    asked_by = models.CharField(max_length=10, choices=AskedBy)
    staff = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # the colleague who asked for it; nobody: the family did
    asked_at = models.DateTimeField(default=school_time.now)
    offered_at = models.DateTimeField(null=True, blank=True)  # the question has left the school
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.HELLO)
    words = models.TextField(blank=True)  # in the words of who asked
    word = models.CharField(max_length=10, choices=Welcome, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)
    channel = models.CharField(max_length=20, choices=Channel, blank=True)  # of that answer; empty: on a page
    typed_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # who wrote it down for them
    ask_from = models.DateField(null=True, blank=True)  # after “later”: not before this day, whoever asks
    place = models.CharField(max_length=10, choices=Where, blank=True)
    place_words = models.CharField(max_length=120, blank=True)  # "At Nan's"; never kept where care is due
    person = models.CharField(max_length=10, choices=AtMeetings.Person, blank=True)  # no reason is asked
    language = models.CharField(max_length=20, blank=True)  # an interpreter for it
    minutes = models.PositiveSmallIntegerField(default=40)
    first = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    district = models.CharField(max_length=12, blank=True)  # "BD8": for the way there, never an address
    meeting = models.OneToOneField(
        Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="visit"
    )
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_why = models.CharField(max_length=20, blank=True)  # a code: "family", "school", "not_allowed"

    objects = VisitQuerySet.as_manager()
    tiers = {"words": Tier.L2, "place_words": Tier.L2, "district": Tier.L2, "stopped_why": Tier.L2}
    children = ("student",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(first=None, second=None)
                | Q(first__isnull=False, second__isnull=False) & ~Q(first=F("second")),
                name="visit_by_two_adults",
            ),
            models.CheckConstraint(
                condition=Q(meeting=None) | Q(second__isnull=False), name="visit_of_a_day_has_its_two"
            ),
            models.CheckConstraint(
                condition=Q(word="", said_at=None) | (~Q(word="") & Q(said_at__isnull=False)),
                name="visit_welcomed_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(purpose=Purpose.SERIOUS) | Q(asked_by=AskedBy.FAMILY) | ~Q(words=""),
                name="visit_serious_says_why",
            ),
            models.CheckConstraint(condition=Q(minutes__gte=10, minutes__lte=120), name="visit_minutes"),
        ]

    @property
    def is_serious(self) -> bool:
        """Asked for by us, about something serious: a leader looks before it leaves."""
        return self.purpose == Purpose.SERIOUS and self.asked_by == AskedBy.SCHOOL

    @property
    def pair(self) -> list[StaffMember]:
        """The two who go; nobody yet: empty."""
        return [one for one in (self.first, self.second) if one is not None]


class OfAVisitQuerySet[M: TenantModel](SeenWithQuerySet[M]):
    """What belongs to a visit: seen by whoever sees the visit."""

    seen_with = "visit"


class VisitTime(KeyedModel):
    """A time that was offered, or that the family said; chosen when the family says it suits."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="times")
    starts_at = models.DateTimeField()
    chosen_at = models.DateTimeField(null=True, blank=True)

    objects = OfAVisitQuerySet["VisitTime"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "starts_at"], name="visit_time_once")]


class Asking(models.TextChoices):
    """What a question to the family is about."""

    WHETHER = "whether"  # whether we may come
    WHERE = "where"  # where
    WHEN = "when"  # when
    LATER = "later"  # when to ask again
    SUITS = "suits"  # whether the day suits
    NOTE = "note"  # whether what was written down is right


class VisitAsk(TenantModel):
    """A question of a visit. The family answers it on whatever it has."""

    ask = models.OneToOneField(Ask, on_delete=models.CASCADE, related_name="+")
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="questions")
    asking = models.CharField(max_length=10, choices=Asking)
    asked_at = models.DateTimeField()
    revision = models.PositiveSmallIntegerField(
        default=0
    )  # of the meeting, when it was asked; of the note, which words they hear

    objects = OfAVisitQuerySet["VisitAsk"].as_manager()


class VisitPermission(TenantModel):
    """A leader says yes: to ask about something serious, or to these two on their way."""

    class Of(models.TextChoices):
        """To what."""

        ASK = "ask"  # to ask about something serious
        PAIR = "pair"  # to these two

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="permissions")
    of = models.CharField(max_length=10, choices=Of)
    given_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True, blank=True)  # other two were named since

    objects = OfAVisitQuerySet["VisitPermission"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "of"], condition=Q(over_at=None), name="visit_permitted_once"
            )
        ]


class VisitCheck(TenantModel):
    """One of the two went in, and came out. Where they are is nobody's to know."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="checks")
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    in_at = models.DateTimeField()
    out_at = models.DateTimeField(null=True, blank=True)

    objects = OfAVisitQuerySet["VisitCheck"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "staff"], name="visit_check_once"),
            models.CheckConstraint(
                condition=Q(out_at=None) | Q(out_at__gte=F("in_at")), name="visit_out_after_in"
            ),
        ]


class OfTheSchoolQuerySet[M: TenantModel](AtWorkQuerySet[M]):
    """Seen by everybody at work."""


class VisitCaller(TenantModel):
    """Who is called first when two colleagues have not come out; without a row, the leader, then the deputy."""

    rank = models.PositiveSmallIntegerField()
    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")

    objects = OfTheSchoolQuerySet["VisitCaller"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "rank"], name="visit_caller_rank_once")]


class Travel(TenantModel):
    """Minutes from one part of the town to another, written in by hand. An empty one is the school."""

    one = models.CharField(max_length=12, blank=True)
    other = models.CharField(max_length=12)
    minutes = models.PositiveSmallIntegerField()

    objects = OfTheSchoolQuerySet["Travel"].as_manager()
    tiers = {"one": Tier.L0, "other": Tier.L0}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "one", "other"], name="travel_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="travel_one_way_round"),
        ]
