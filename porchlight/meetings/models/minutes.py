"""What is said around a meeting: questions before it, what was written down in it, and the steps agreed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porchlight.conversations.models import Ask
from porchlight.errands.models import Errand
from porchlight.families.models import Guardian
from porchlight.meetings.models.meetings import GuestSeat, Meeting
from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import KeyedModel, StaffMember, TenantModel, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time

TO_LOOK = timedelta(days=7)  # that a family has before what was written down counts without its word


def sat_in(actor: Actor, *roles: Role) -> models.QuerySet[Meeting]:
    """Meetings whose words this actor may read: a family its own, colleagues those they sit in, these roles all."""
    rows = Meeting.objects.visible_to(actor)
    if not actor.is_staff or actor.is_one_of(*roles):
        return rows
    return rows.of_staff(actor.post_id) if actor.post_id else rows.none()


class QuestionQuerySet[M: TenantModel](TenantQuerySet[M]):
    """Between the adults of one meeting and the colleagues in it; no other parent, no office, no student."""

    meeting = "meeting"
    and_roles: ClassVar[tuple[Role, ...]] = ()  # they read all of them

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if actor.kind is Kind.STUDENT:
            return rows.none()
        return rows.filter(**{f"{self.meeting}__in": sat_in(actor, *self.and_roles)})


class OfAQuestionQuerySet[M: TenantModel](QuestionQuerySet[M]):
    """Seen with the question."""

    meeting = "question__meeting"


class Side(models.TextChoices):
    """Whom a question is for."""

    HOME = "home", _("the family")
    SCHOOL = "school", _("the school")


class OpenQuestion(KeyedModel):
    """Something to think about before a meeting: one of ours, by its name, or in somebody's own words."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="questions")
    to = models.CharField(max_length=10, choices=Side)
    shipped = models.CharField(max_length=40, blank=True)  # its phrase; empty: their own words
    text = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=20)
    staff = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    guardian = models.ForeignKey(Guardian, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    put_at = models.DateTimeField(default=school_time.now)

    objects = QuestionQuerySet["OpenQuestion"].as_manager()
    tiers = {"text": Tier.L1, "shipped": Tier.L0}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(shipped="") & ~Q(text="")) | (~Q(shipped="") & Q(text="")),
                name="open_question_in_one_way",
            )
        ]


class AskedBefore(TenantModel):
    """An open question went to an adult's phone, who answers there."""

    question = models.ForeignKey(OpenQuestion, on_delete=models.CASCADE, related_name="asked")
    seat = models.ForeignKey(GuestSeat, on_delete=models.CASCADE, related_name="+")
    ask = models.OneToOneField(Ask, on_delete=models.CASCADE, related_name="+")

    objects = OfAQuestionQuerySet["AskedBefore"].as_manager()


class OpenAnswer(TenantModel):
    """What somebody said to an open question. Everything is kept, the newest stands on top."""

    question = models.ForeignKey(OpenQuestion, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField()
    language = models.CharField(max_length=20)
    staff = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    guardian = models.ForeignKey(Guardian, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    objects = OfAQuestionQuerySet["OpenAnswer"].as_manager()
    tiers = {"text": Tier.L1}


class MinutesQuerySet[M: TenantModel](QuestionQuerySet[M]):
    """Who sat in the meeting, and who leads the school; of an own child, as a parent alone."""

    and_roles = (Role.LEADER,)


class WrittenQuerySet(MinutesQuerySet["Minutes"]):
    """What a colleague still writes is no family's to read."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        return rows.exclude(sent_at=None) if actor.kind is Kind.GUARDIAN else rows


class Minutes(KeyedModel):
    """What was said and agreed, as the school wrote it down. Both sides read the same page."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="minutes")
    text = models.TextField(blank=True)
    language = models.CharField(max_length=20)
    written_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(
        null=True, blank=True
    )  # the family was told; from then on it stands as it is
    sent_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = WrittenQuerySet.as_manager()
    tiers = {"text": Tier.L2}

    def counts(self, now: datetime) -> bool:
        """The family said that it is right, or has had seven days to say otherwise."""
        if self.sent_at is None:
            return False
        return self.sent_at + TO_LOOK <= now or any(one.agrees for one in self.said.all())


class OfMinutesQuerySet(MinutesQuerySet["SaidOfMinutes"]):
    """Seen with the minutes."""

    meeting = "minutes__meeting"


class SaidOfMinutes(TenantModel):
    """An adult's word on what was written down: it is right; or what they said instead, which stands beside it."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="said")
    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="+")
    read_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # the colleague who read it to them, and wrote their word down
    text = models.TextField(blank=True)  # empty: it is right
    language = models.CharField(max_length=20)
    at = models.DateTimeField()

    objects = OfMinutesQuerySet.as_manager()
    tiers = {"text": Tier.L2}

    @property
    def agrees(self) -> bool:
        """They found it right."""
        return not self.text


class Doer(models.TextChoices):
    """Who does a step."""

    SCHOOL = "school", _("School")
    FAMILY = "family", _("The family")
    STUDENT = "student", _("The student")


class StepQuerySet(MinutesQuerySet["Step"]):
    """Agreed steps. A student who sits in a meeting sees the steps of it that are theirs."""

    def standing(self) -> Self:
        """Not dropped."""
        return self.filter(dropped_at=None)

    def kept(self) -> Self:
        """Done, on a page or as a colleague's errand."""
        return self.filter(Q(done_at__isnull=False) | Q(errand__done_at__isnull=False))

    def visible_to(self, actor: Actor) -> Self:
        if actor.kind is Kind.STUDENT:
            rows = self.in_school(actor.school_id).filter(doer=Doer.STUDENT)
            return rows.filter(meeting__in=Meeting.objects.visible_to(actor))
        return super().visible_to(actor)


class Step(KeyedModel):
    """Who does what by when. A colleague's is an errand too; a room above may make a goal of it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="steps")
    doer = models.CharField(max_length=10, choices=Doer)
    staff = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # which colleague
    text = models.CharField(max_length=300)
    language = models.CharField(max_length=20)
    due_on = models.DateField()
    made_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    errand = models.OneToOneField(Errand, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    about = models.CharField(max_length=60, blank=True)  # "goal:7k2…": what a room above made of it
    done_at = models.DateTimeField(null=True, blank=True)
    done_by_staff = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # neither: the student
    done_by_guardian = models.ForeignKey(
        Guardian, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    dropped_at = models.DateTimeField(null=True, blank=True)  # no longer wanted; nobody failed

    objects = StepQuerySet.as_manager()
    tiers = {"text": Tier.L2}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(doer=Doer.SCHOOL, staff__isnull=False) | (~Q(doer=Doer.SCHOOL) & Q(staff=None)),
                name="step_of_school_has_a_name",
            )
        ]

    @property
    def is_done(self) -> bool:
        """On a page, or as an errand."""
        return self.done_at is not None or (self.errand is not None and self.errand.done_at is not None)
