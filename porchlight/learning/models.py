"""Absences, the questions they leave, and the register that is taken in the morning."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from porchlight.conversations.models import Ask, Message, Thread
from porchlight.families.models import Channel, Guardian, Student, own_children
from porchlight.schools.actors import Actor, Kind
from porchlight.schools.models import KeyedModel, SchoolClass, StaffMember, TenantModel, TenantQuerySet
from porchlight.toolbox import school_time


class Why(models.TextChoices):
    """What sort of reason, never a diagnosis: what is told beyond that stays in the family's own words, in their
    thread."""

    ILL = "ill", _("Ill")
    APPOINTMENT = "appointment", _("Doctor or other appointment")
    FAMILY = "family", _("Family matter")
    HOLY_DAY = "holy_day", _("Religious day")
    LATE = "late", _("Coming later")
    OTHER = "other", _("Another reason")


class How(models.TextChoices):
    """How the school came to know why."""

    WORDS = "words", _("wrote")
    ANSWER = "answer", _("answered our question")
    VOICE = "voice", _("said it in a voice note")
    PHONE = "phone", _("on the telephone")
    IN_PERSON = "in_person", _("in person")
    PAPER = "paper", _("on paper")


class AbsenceQuerySet(TenantQuerySet["Absence"]):
    """Who is away."""

    def standing(self) -> Self:
        """Not taken off the list."""
        return self.filter(taken_off_at=None)

    def on(self, day: date) -> Self:
        """Away on a day."""
        return self.standing().filter(first_day__lte=day, last_day__gte=day)

    def between(self, first: date, last: date) -> Self:
        """Away on any of these days."""
        return self.standing().filter(first_day__lte=last, last_day__gte=first)

    def unexplained(self) -> Self:
        """Nobody has said why."""
        return self.filter(why="")

    def visible_to(self, actor: Actor) -> Self:
        """Staff: of the children they see. Families read what was written down in their own thread."""
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if not actor.is_staff:
            return rows.none()
        # What a colleague's own child's other parent said is not theirs to read at work.
        seen = rows.filter(student__in=Student.objects.all().seen_by(actor))
        return seen.exclude(student__in=own_children(actor))


class Absence(KeyedModel):
    """A child is away from one day to another. Without a reason, somebody missed them and the home is asked."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField()
    why = models.CharField(max_length=20, choices=Why, blank=True)  # empty: not known yet
    how = models.CharField(max_length=20, choices=How, blank=True)
    said_by = models.ForeignKey(Guardian, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    channel = models.CharField(
        max_length=20, choices=Channel, blank=True
    )  # empty: on a page, or not in writing
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    written_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # staff who wrote it down or put it right
    said_at = models.DateTimeField(null=True, blank=True)
    missed_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # who took the register
    missed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=school_time.now)
    taken_off_at = models.DateTimeField(null=True, blank=True)
    taken_off_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["school", "first_day", "last_day"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="absence_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(why="", said_at=None) | (~Q(why="") & Q(said_at__isnull=False)),
                name="absence_explained_at_a_time",
            ),
        ]


class Asking(models.TextChoices):
    """What was not clear."""

    WHY = "why"  # missed at the register, and nobody knows why
    DAY = "day"  # "kal": yesterday or tomorrow
    STAYS = "stays"  # a headache: will the child stay at home?


class AbsenceQuestionQuerySet(TenantQuerySet["AbsenceQuestion"]):
    """What homes were asked back."""

    def waiting(self) -> Self:
        """Neither answered nor with a person."""
        return self.filter(settled_at=None)


class AbsenceQuestion(TenantModel):
    """A question to one home about an absence, and what its answer is about."""

    ask = models.OneToOneField(Ask, on_delete=models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    asking = models.CharField(max_length=10, choices=Asking)
    absence = models.ForeignKey(
        Absence, null=True, blank=True, on_delete=models.CASCADE, related_name="questions"
    )  # for `why`
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    why = models.CharField(max_length=20, choices=Why, blank=True)
    first_day = models.DateField()
    last_day = models.DateField()
    asked_at = models.DateTimeField(default=school_time.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = AbsenceQuestionQuerySet.as_manager()


class RegisterQuerySet(TenantQuerySet["Register"]):
    """Registers taken."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        classes = SchoolClass.objects.visible_to(actor)
        return rows.filter(school_class__in=classes) if actor.is_staff else rows.none()


class Register(TenantModel):
    """Somebody looked who of a class is here on a day. Nobody missing is something else than nobody looked."""

    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="registers")
    day = models.DateField()
    taken_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    taken_at = models.DateTimeField(default=school_time.now)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school_class", "day"], name="register_once_a_day")]
