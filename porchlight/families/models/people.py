"""Students and the adults who care for them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from porchlight.schools.actors import Actor, Kind, Role, Scope
from porchlight.schools.models import KeyedModel, SchoolClass, TenantModel, TenantQuerySet, known_zone
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time
from porchlight.toolbox.hijri import HIDDEN, SHOWN, days_beside
from porchlight.toolbox.worded import worded

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

SEES_EVERY_CHILD = (Role.LEADER, Role.OFFICE, Role.SAFEGUARDING)


def in_force(on: date, prefix: str = "") -> Q:
    """Rows whose dates hold on a day: `since` not after it, `until` not before it, either open."""
    since, until = f"{prefix}since", f"{prefix}until"
    return (Q(**{since: None}) | Q(**{f"{since}__lte": on})) & (
        Q(**{until: None}) | Q(**{f"{until}__gte": on})
    )


class StudentQuerySet(TenantQuerySet["Student"]):
    """Children on the roll."""

    def on_roll(self) -> Self:
        """Not left."""
        return self.filter(left_at=None)

    def in_class(self, school_class: SchoolClass, *, on: date | None = None) -> Self:
        """Enrolled in a class on a day (today)."""
        day = on or school_time.now().date()
        rows = Enrolment.objects.filter(in_force(day), school_class=school_class)
        return self.filter(pk__in=rows.values("student"))

    def taught_by(self, staff_id: int, *, on: date) -> Self:
        """Those in a class this staff member teaches now."""
        return self._in_classes(SchoolClass.objects.taught_by(staff_id, on=on), on)

    def answered_by(self, staff_id: int, *, on: date) -> Self:
        """As `taught_by`; and those of a colleague who is away, for whom this one answers today."""
        return self._in_classes(SchoolClass.objects.answered_by(staff_id, on=on), on)

    def _in_classes(self, classes: models.QuerySet[SchoolClass], on: date) -> Self:
        rows = Enrolment.objects.filter(in_force(on), school_class__in=classes)
        return self.filter(pk__in=rows.values("student"))

    def seen_by(self, actor: Actor) -> RawSQL:
        """Ids of those a colleague sees, for `student__in=`: the words of `visible_to`, put together once a day."""
        return _seen_by(actor, school_time.now().date(), connection.vendor)

    def read_by(self, actor: Actor) -> RawSQL:
        """As `seen_by`, and whose everyday words are lent to them while a colleague is away."""
        return _read_by(actor, school_time.now().date(), connection.vendor)

    def visible_to(self, actor: Actor) -> Self:
        """Teachers: whom they teach. Leader, office, safeguarding: all. Guardians: theirs. Students: themselves."""
        rows, today = super().visible_to(actor), school_time.now().date()
        if actor.kind is Kind.SYSTEM or actor.is_one_of(*SEES_EVERY_CHILD) or actor.may(Scope.PEOPLE):
            return rows
        if actor.is_staff and actor.post_id:
            return rows.taught_by(actor.post_id, on=today)
        if actor.kind is Kind.GUARDIAN and actor.post_id:
            from porchlight.families.models.ties import Guardianship

            ties = Guardianship.objects.in_school(actor.school_id).current(on=today).receiving(on=today)
            return rows.filter(pk__in=ties.filter(guardian_id=actor.post_id).values("student"))
        if actor.kind is Kind.STUDENT:
            return rows.filter(pk=actor.post_id)
        return rows.none()


@lru_cache(maxsize=512)
def _seen_by(actor: Actor, _today: date, _vendor: str) -> RawSQL:
    return worded(Student.objects.visible_to(actor).values("pk"))


@lru_cache(maxsize=512)
def _read_by(actor: Actor, today: date, vendor: str) -> RawSQL:
    if not actor.is_staff or not actor.post_id or actor.is_one_of(*SEES_EVERY_CHILD):
        return _seen_by(actor, today, vendor)
    rows = Student.objects.in_school(actor.school_id)
    return worded(rows.answered_by(actor.post_id, on=today).values("pk"))


class Student(KeyedModel):
    """A child on a school's roll."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="student_posts",
    )
    name = models.CharField(max_length=200)
    called = models.CharField(
        max_length=100, blank=True
    )  # the name used in messages, when not the first word
    source_id = models.CharField(max_length=255, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=school_time.now)
    enrolments: RelatedManager[Enrolment]

    objects = StudentQuerySet.as_manager()
    tiers = {"name": Tier.L1, "called": Tier.L1}
    names_somebody = ("name", "called")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "source_id"], condition=~Q(source_id=""), name="student_source_once"
            )
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def short_name(self) -> str:
        """What the family and teachers call the child in a message."""
        return self.called or self.name.split(" ", 1)[0]

    def class_names(self) -> list[str]:
        """The classes the child is in now, as the school calls them."""
        places = self.enrolments.filter(in_force(school_time.now().date())).select_related("school_class")
        return [place.school_class.name for place in places.order_by("pk")]


class EnrolmentQuerySet(TenantQuerySet["Enrolment"]):
    """People see who is in which class by the child and the class; another system may be told it as such."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        told = actor.may(Scope.PEOPLE) and actor.may(Scope.CLASSES)
        return rows if actor.kind is Kind.SYSTEM or told else rows.none()


class Enrolment(TenantModel):
    """A student is in a class for a time."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="enrolments")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="enrolments")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "school_class"], condition=Q(until=None), name="enrolment_once"
            )
        ]


class MayRing(models.TextChoices):
    """Who may ring this person."""

    ANYONE = "anyone"
    WOMAN = "woman"
    MAN = "man"
    NOBODY = "nobody"  # e.g. a deaf parent: no calls


class IslamicDay(models.TextChoices):
    """Whether the Islamic day stands beside dates that this person reads."""

    AS_SCHOOL = "", _("As the school does")
    SHOWN = SHOWN, _("Beside dates")
    HIDDEN = HIDDEN, _("Not shown")


class GuardianQuerySet(TenantQuerySet["Guardian"]):
    """Adults who care for a student."""

    def visible_to(self, actor: Actor) -> Self:
        """Staff: guardians of the students they see. A guardian: only themselves. A token: whom we may write to."""
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM or actor.is_one_of(*SEES_EVERY_CHILD):
            return rows
        if actor.kind is Kind.GUARDIAN:
            return rows.filter(pk=actor.post_id)
        if actor.is_staff or actor.may(Scope.PEOPLE):
            from porchlight.families.models.ties import Guardianship

            ties = Guardianship.objects.in_school(actor.school_id)
            if actor.is_staff:
                ties = ties.filter(student__in=Student.objects.visible_to(actor))
            else:
                ties = ties.visible_to(actor)
            return rows.filter(pk__in=ties.values("guardian"))
        return rows.none()


class Guardian(KeyedModel):
    """Any adult who cares for a student. What they speak and what they read are kept apart."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="guardian_posts",
    )
    name = models.CharField(max_length=200, blank=True)  # never needed: some are known by their child's name
    addressed_as = models.CharField(max_length=200, blank=True)  # "Hamza's mother", "Mr Yousaf"
    speaks = models.CharField(max_length=20, default="en")  # BCP-47
    reads = models.CharField(max_length=20, blank=True)  # language they read; empty: does not read
    script = models.CharField(
        max_length=4, blank=True
    )  # ISO 15924 when not the usual one, e.g. Latn for Roman Urdu
    access_needs = models.JSONField(default=list)  # of: no_calls, large_print, sign_language, reads_aloud
    may_ring = models.CharField(max_length=10, choices=MayRing, default=MayRing.ANYONE)
    ring_from = models.TimeField(null=True, blank=True)
    ring_until = models.TimeField(null=True, blank=True)
    timezone = models.CharField(max_length=60, blank=True, validators=[known_zone])  # when not the school's
    islamic_day = models.CharField(max_length=10, choices=IslamicDay, blank=True, default="")
    source_id = models.CharField(max_length=255, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=school_time.now)

    objects = GuardianQuerySet.as_manager()
    tiers = {"name": Tier.L1, "addressed_as": Tier.L1, "access_needs": Tier.L2}
    names_somebody = ("name", "addressed_as")
    children = ("ties__student",)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "source_id"], condition=~Q(source_id=""), name="guardian_source_once"
            )
        ]

    def __str__(self) -> str:
        return self.greeting

    @property
    def greeting(self) -> str:
        """How to address them; their own wish first."""
        return self.addressed_as or self.name

    @property
    def reading(self) -> str:
        """The tag their messages should be written in: `ur-Latn` for Urdu in Latin letters.

        Who does not read gets what they speak, to be read aloud to them.
        """
        language = self.reads or self.speaks
        return f"{language}-{self.script}" if self.script else language

    @property
    def spoken(self) -> str:
        """The tag of what is said to them aloud, as far as anybody can write it down."""
        same = self.speaks == self.reads or not self.reads
        return self.reading if same else self.speaks

    @property
    def may_be_rung(self) -> bool:
        """Whether a call may be made to them at all."""
        return self.may_ring != MayRing.NOBODY and "no_calls" not in self.access_needs

    def read_in(self, tag: str) -> None:
        """They said in which language and script they want to be written to."""
        language, _dash, script = tag.partition("-")
        self.reads, self.script = language, script
        self.save(update_fields=["reads", "script"])

    def zone(self, school_zone: ZoneInfo) -> ZoneInfo:
        """The clock at this person's home."""
        return ZoneInfo(self.timezone) if self.timezone else school_zone

    def hijri_days(self, school_days: int | None) -> int | None:
        """By how many days the Islamic day beside their dates is moved; None: none stands there."""
        return days_beside(school_days, self.islamic_day)

    def actor(self, **extra: Any) -> Actor:
        """This post as the one who acts."""
        return Actor(
            Kind.GUARDIAN, self.school_id, self.pk, name=self.greeting, user_id=self.user_id,
            islamic_day=self.islamic_day, **extra,
        )  # fmt: skip
