"""Schools, their calendar, classes and staff; and the base of every row that belongs to a school."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, ClassVar, Self
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time
from porchlight.toolbox.keys import random_key

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

RESERVED_SLUGS = {"accounts", "hooks", "static", "health", "metrics", "api", "design", "demo", "files", "s"}


def not_reserved(slug: str) -> None:
    """A school's slug is the first part of its addresses, so it may not be one of ours."""
    if slug in RESERVED_SLUGS:
        raise ValidationError(
            _("“%(slug)s” is taken by Porchlight itself. Choose another short name."), params={"slug": slug}
        )


def known_zone(name: str) -> None:
    """Time zones are written as in the IANA database."""
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is no time zone we know. Write one like Asia/Karachi."), params={"name": name}
        )


class School(models.Model):
    """A tenant. Its times are said in its own zone, its rules set by its own people."""

    slug = models.SlugField(max_length=60, unique=True, validators=[not_reserved])
    name = models.CharField(max_length=200)
    timezone = models.CharField(max_length=60, default="UTC", validators=[known_zone])
    language = models.CharField(max_length=20, default="en")  # of the school's own words
    country = models.CharField(max_length=2, default="GB")  # how local phone numbers are read
    phone = models.CharField(max_length=32, blank=True)  # as printed for families
    emergency_numbers = models.CharField(max_length=120, blank=True)  # said in the out-of-hours reply
    out_of_hours_words = models.TextField(blank=True)  # the school's own; empty: ours in each language
    weekdays = models.JSONField(default=list)  # school days, Monday is 0; empty means Monday to Friday
    opens_at = models.TimeField(default=time(8))
    closes_at = models.TimeField(default=time(16))
    quiet_from = models.TimeField(default=time(20))  # at the home's clock
    quiet_until = models.TimeField(default=time(7))
    light_window = models.PositiveSmallIntegerField(default=42)  # school days a porch stays lit
    answer_within = models.PositiveSmallIntegerField(default=1)  # school days: the promise families see
    created_at = models.DateTimeField(default=school_time.now)

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def local(self, moment: datetime) -> datetime:
        """A moment on this school's clock."""
        return moment.astimezone(self.zone)


class TenantQuerySet[M: "TenantModel"](models.QuerySet[M]):
    """Rows of a tenant table. Every room adds `visible_to(actor)`; nothing else hands rows to a page."""

    def in_school(self, school: School | int) -> Self:
        """The first wall: rows of this school alone."""
        return self.filter(school_id=school if isinstance(school, int) else school.pk)

    def visible_to(self, actor: Actor) -> Self:
        """What this actor may see. The base refuses other schools, and a room narrows it.

        Rows of a table whose room says nothing about who may see them are seen by the system alone.
        """
        rows = self.in_school(actor.school_id)
        nobody_said = type(self).visible_to is TenantQuerySet.visible_to
        return rows.none() if nobody_said and actor.kind is not Kind.SYSTEM else rows


class TenantModel(models.Model):
    """A row that belongs to one school. The second wall (`wall.py`) is built on `school_id`."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")

    # True: the application's database role may add rows, never alter them.
    append_only: ClassVar[bool] = False
    # How far each field that holds words or particulars may travel; docs/roles.md shows them all.
    tiers: ClassVar[Mapping[str, Tier]] = {}

    class Meta:
        abstract = True


class KeyedModel(TenantModel):
    """A tenant row that appears in an address: known by a random key, never by a counter."""

    key = models.CharField(max_length=12, unique=True, default=random_key, editable=False)

    class Meta:
        abstract = True


class CalendarQuerySet(TenantQuerySet[Any]):
    """School days are no secret: everyone of the school may see them."""

    def visible_to(self, actor: Actor) -> Self:
        return super().visible_to(actor)


class ColleaguesQuerySet(TenantQuerySet[Any]):
    """Who does what at the school is seen by those who work there."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        return rows if actor.kind in {Kind.STAFF, Kind.SYSTEM} else rows.none()


class Term(TenantModel):
    """A stretch of the school year, first and last day included."""

    name = models.CharField(max_length=100)
    starts_on = models.DateField()
    ends_on = models.DateField()
    source_id = models.CharField(max_length=255, blank=True)

    objects = CalendarQuerySet.as_manager()
    tiers = {"name": Tier.L0}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="term_ends_after_start"
            )
        ]


class Closure(TenantModel):
    """Days without school inside a term: a holiday, an election, snow. First and last day included."""

    name = models.CharField(max_length=100)
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = CalendarQuerySet.as_manager()
    tiers = {"name": Tier.L0}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="closure_ends_after_start"
            )
        ]


class StaffQuerySet(TenantQuerySet["StaffMember"]):
    """Colleagues see colleagues; families see the names of those who teach their child, through the class."""

    def working(self) -> Self:
        """Still at this school."""
        return self.filter(left_at=None)

    def with_role(self, role: Role) -> Self:
        """Those holding a role."""
        return self.filter(roles__role=role)

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind in {Kind.STAFF, Kind.SYSTEM}:
            return rows
        return rows.none()


class StaffMember(KeyedModel):
    """A post held by someone who works at the school."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="staff_posts"
    )
    name = models.CharField(max_length=200)  # as families should read it: "Ms Amal"
    email = models.EmailField(blank=True)
    source_id = models.CharField(max_length=255, blank=True)  # the roster's id
    created_at = models.DateTimeField(default=school_time.now)
    left_at = models.DateTimeField(null=True, blank=True)
    roles: RelatedManager[StaffRole]

    objects = StaffQuerySet.as_manager()
    tiers = {"name": Tier.L0, "email": Tier.L2}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "source_id"], condition=~models.Q(source_id=""), name="staff_source_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def actor(self) -> Actor:
        """This post as the one who acts."""
        return Actor(
            Kind.STAFF,
            self.school_id,
            self.pk,
            frozenset(Role(role) for role in self.roles.values_list("role", flat=True)),
            self.name,
            self.user_id,
        )


class StaffRole(TenantModel):
    """One role of one staff member; for safeguarding, `is_deputy` tells who stands in."""

    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    is_deputy = models.BooleanField(default=False)

    objects = ColleaguesQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "role"], name="staff_role_once")]


class ClassQuerySet(TenantQuerySet["SchoolClass"]):
    """Classes; teachers find their own, leaders and office all."""

    def current(self) -> Self:
        """Not yet closed."""
        return self.filter(closed_at=None)

    def taught_by(self, staff_id: int, *, on: date) -> Self:
        """Those this staff member teaches on a day."""
        return self.filter(
            models.Q(teachings__until=None) | models.Q(teachings__until__gte=on), teachings__staff_id=staff_id
        ).distinct()

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM or actor.is_one_of(Role.LEADER, Role.OFFICE, Role.SAFEGUARDING):
            return rows
        if actor.is_staff and actor.post_id:
            return rows.taught_by(actor.post_id, on=school_time.now().date())
        return rows.none()


class SchoolClass(KeyedModel):
    """A class or teaching group."""

    name = models.CharField(max_length=100)
    year = models.CharField(max_length=40, blank=True)  # year group, as the school calls it
    source_id = models.CharField(max_length=255, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ClassQuerySet.as_manager()
    tiers = {"name": Tier.L0, "year": Tier.L0}

    class Meta:
        verbose_name_plural = "school classes"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "source_id"], condition=~models.Q(source_id=""), name="class_source_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Teaching(TenantModel):
    """A staff member teaches a class for a time."""

    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="teachings")
    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="teachings")
    is_lead = models.BooleanField(default=False)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects = ColleaguesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school_class", "staff"], condition=models.Q(until=None), name="teaching_once"
            )
        ]
