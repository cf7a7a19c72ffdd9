"""Who is whose: guardianships with their rights, and the restrictions that limit them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache
from typing import Any, Self

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import pgettext_lazy

from porchlight.families.models.people import Guardian, Student, in_force
from porchlight.schools.actors import Actor, Kind, Role, Scope
from porchlight.schools.models import ForRolesQuerySet, KeyedModel, StaffMember, TenantQuerySet
from porchlight.schools.sealed_fields import SealedTextField
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time
from porchlight.toolbox.worded import worded


class Relation(models.TextChoices):
    """What this adult is to the child, as the roster or the family says."""

    MOTHER = "mother", pgettext_lazy("relation", "mother")
    FATHER = "father", pgettext_lazy("relation", "father")
    PARENT = "parent", pgettext_lazy("relation", "parent")
    STEPPARENT = "stepparent", pgettext_lazy("relation", "step-parent")
    GRANDPARENT = "grandparent", pgettext_lazy("relation", "grandparent")
    AUNT_UNCLE = "aunt_uncle", pgettext_lazy("relation", "aunt or uncle")
    SIBLING = "sibling", pgettext_lazy("relation", "brother or sister")
    FOSTER = "foster", pgettext_lazy("relation", "foster carer")
    GUARDIAN = "guardian", pgettext_lazy("relation", "guardian")
    OTHER = "other", pgettext_lazy("relation", "carer")


class RestrictionScope(models.TextChoices):
    """What a restriction takes away."""

    CONTACT = "contact"  # nothing about this child may be sent to this adult
    RECORDS = "records"  # routine words yes, records no
    COLLECT = "collect"


class GuardianshipQuerySet(TenantQuerySet["Guardianship"]):
    """Ties between adults and children."""

    def current(self, *, on: date) -> Self:
        """Within their dates, of people still here."""
        return self.filter(in_force(on), guardian__left_at=None, student__left_at=None)

    def receiving(self, *, on: date) -> Self:
        """May be told things about the child: the right is there and no restriction on contact is in force.

        A right that was lent holds no longer than the right of the adult who lent it.
        """
        return self.unbarred(on=on).filter(still_lent(on))

    def unbarred(self, *, on: date) -> Self:
        """The right is there, and no restriction on contact takes it away."""
        return self.filter(may_receive=True).exclude(pk__in=_barred(on, connection.vendor))

    def own(self) -> Self:
        """Theirs, and not lent by another adult of the child."""
        return self.filter(lent_by=None)

    def visible_to(self, actor: Actor) -> Self:
        """A token is not told of adults who may not be contacted, nor that there are any; nor of its maker's home.

        Who answers for a colleague who is away has to know to whom.
        """
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if actor.may(Scope.PEOPLE, Scope.MESSAGES, Scope.ANSWERS, Scope.DELIVERIES):
            today = school_time.now().date()
            return rows.current(on=today).receiving(on=today).exclude(student__in=own_children(actor))
        if actor.kind is Kind.GUARDIAN:
            return rows.filter(guardian_id=actor.post_id)
        if not actor.is_staff:
            return rows.none()
        rows = rows.filter(student__in=Student.objects.all().read_by(actor))
        return rows.exclude(student__in=own_children(actor))


class Guardianship(KeyedModel):
    """An adult cares for a child. Both parents have full rights unless a restriction says otherwise."""

    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="ties")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="ties")
    relation = models.CharField(max_length=20, choices=Relation, default=Relation.GUARDIAN)
    may_receive = models.BooleanField(default=True)
    may_see_records = models.BooleanField(default=True)
    may_collect = models.BooleanField(default=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    lent_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="lent"
    )  # an aunt's, on a mother's word: routine words, and only while the mother may have them herself

    objects = GuardianshipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["guardian", "student"], condition=Q(until=None), name="guardianship_once"
            )
        ]


def still_lent(on: date) -> Q:
    """Of ties: nobody lent them, or whoever did may still be told about the child."""
    lenders = Guardianship.objects.current(on=on).unbarred(on=on)
    return Q(lent_by=None) | Q(Exists(lenders.filter(pk=OuterRef("lent_by"))))


def ties_at_home(actor: Actor) -> GuardianshipQuerySet:
    """Of somebody at work here with the children they care for at home; of a token, of whoever made it."""
    rows = Guardianship.objects.in_school(actor.school_id)
    whose = _whose_home(actor)
    return rows.none() if whose is None else rows.filter(whose)


def _whose_home(actor: Actor) -> Q | None:
    if actor.kind is Kind.TOKEN and actor.behalf_id is not None:
        maker = StaffMember.objects.in_school(actor.school_id).filter(pk=actor.behalf_id, user__isnull=False)
        return Q(guardian__user__in=maker.values("user"))
    return Q(guardian__user_id=actor.user_id) if actor.is_staff and actor.user_id is not None else None


def own_children(actor: Actor) -> RawSQL | Collection[int]:
    """Ids of the children of somebody at work here, for `student__in=`: known to them as a parent alone.

    Of a token: of whoever made it, whom it would be a way round for.
    """
    if _whose_home(actor) is None:
        return ()
    return _at_home(actor, connection.vendor)


def around_own_children(actor: Actor) -> models.QuerySet[Guardianship, int]:
    """Ids of the adults around those children, whom somebody at work here meets as a parent alone: themselves too."""
    return Guardianship.objects.filter(student__in=own_children(actor)).values_list("guardian", flat=True)


def users_at_home_with(children: Iterable[int] | models.QuerySet[Any, Any]) -> set[int]:
    """Ids of the users who care for any of these children at home: who is not asked about them at work.

    `children`: ids of students, or the rows that have them.
    """
    ties = Guardianship.objects.filter(student__in=children, guardian__user__isnull=False)
    return set(ties.values_list("guardian__user", flat=True))


@lru_cache(maxsize=512)
def _at_home(actor: Actor, _vendor: str) -> RawSQL:
    return worded(ties_at_home(actor).values("student"))


@lru_cache(maxsize=64)
def _barred(on: date, _vendor: str) -> RawSQL:
    """Ids of ties from which a restriction takes contact on that day: asked anew each time, worded once a day."""
    rows = Restriction.objects.in_force(on=on).filter(scope=RestrictionScope.CONTACT)
    return worded(rows.values("guardianship"))


class RestrictionQuerySet(ForRolesQuerySet["Restriction"]):
    """Limits set by a court or by safeguarding; seen by the few who must know."""

    roles = (Role.SAFEGUARDING, Role.LEADER)

    def in_force(self, *, on: date) -> Self:
        """Within their dates and not lifted."""
        return self.filter(in_force(on), lifted_at=None)


class Restriction(KeyedModel):
    """Takes a right away for a time, on evidence. Checked again before every send."""

    guardianship = models.ForeignKey(Guardianship, on_delete=models.CASCADE, related_name="restrictions")
    scope = models.CharField(max_length=10, choices=RestrictionScope)
    evidence = SealedTextField()  # what was shown and where it is kept
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    set_by_id = models.BigIntegerField(null=True)  # staff member's id
    set_at = models.DateTimeField(default=school_time.now)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = RestrictionQuerySet.as_manager()
    tiers = {"evidence": Tier.L3}
    children = ("guardianship__student",)
