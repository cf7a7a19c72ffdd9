"""Who works at the school, what for, and the classes they teach."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.functional import Promise

from porchlight.schools.actors import Actor, Kind, Role, Scope
from porchlight.schools.models.sight import AtWorkQuerySet
from porchlight.schools.models.tenants import KeyedModel, TenantModel, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class StaffQuerySet(TenantQuerySet["StaffMember"]):
    """Colleagues see colleagues; families see the names of those who teach their child, through the class."""

    def working(self) -> Self:
        """Still at this school."""
        return self.filter(left_at=None)

    def awake(self) -> Self:
        """Working, and their post opens pages."""
        return self.working().filter(rests_since=None)

    def with_role(self, role: Role) -> Self:
        """Those holding a role."""
        return self.filter(roles__role=role)

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind in {Kind.STAFF, Kind.SYSTEM} or actor.may(Scope.PEOPLE, Scope.CLASSES):
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
    rests_since = models.DateTimeField(
        null=True, blank=True
    )  # idle too long: it opens nothing (`resting.py`)
    let_in_at = models.DateTimeField(null=True, blank=True)  # after such a rest
    roles: RelatedManager[StaffRole]

    objects = StaffQuerySet.as_manager()
    tiers = {"name": Tier.L0, "email": Tier.L2}
    of_the_school = frozenset({"email"})  # a colleague's, at work

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
            frozenset(Role(held.role) for held in self.roles.all()),
            self.name,
            self.user_id,
        )


class RoleQuerySet(AtWorkQuerySet["StaffRole"]):
    """Who does what at the school is seen by those who work there."""


class StaffRole(TenantModel):
    """One role of one staff member; for safeguarding, `is_deputy` tells who stands in."""

    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    is_deputy = models.BooleanField(default=False)

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "role"], name="staff_role_once")]

    @property
    def words(self) -> Promise:
        """The role as colleagues read it."""
        return Role(self.role).words


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

    def answered_by(self, staff_id: int, *, on: date) -> Self:
        """As `taught_by`; and the classes of those for whom this colleague answers while they are away."""
        from porchlight.schools.models.reading import Away

        away = Away.objects.covered_by(staff_id, on=on).values("staff")
        return self.filter(
            models.Q(teachings__until=None) | models.Q(teachings__until__gte=on),
            models.Q(teachings__staff_id=staff_id) | models.Q(teachings__staff__in=away),
        ).distinct()

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        sees_all = actor.is_one_of(Role.LEADER, Role.OFFICE, Role.SAFEGUARDING)
        if actor.kind is Kind.SYSTEM or sees_all or actor.may(Scope.CLASSES):
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


class TeachingQuerySet(TenantQuerySet["Teaching"]):
    """Who teaches whom, too."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind in {Kind.STAFF, Kind.SYSTEM} or actor.may(Scope.CLASSES):
            return rows
        return rows.none()


class Teaching(TenantModel):
    """A staff member teaches a class for a time."""

    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="teachings")
    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="teachings")
    is_lead = models.BooleanField(default=False)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects = TeachingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school_class", "staff"], condition=models.Q(until=None), name="teaching_once"
            )
        ]
