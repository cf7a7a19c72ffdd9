"""What a class learns this term, how school works, and whom to ask: three short texts, as its teacher wrote them."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from porchlight.families.models import Enrolment, Student
from porchlight.families.models.people import in_force
from porchlight.files.models import StoredFile
from porchlight.schools.actors import Actor, Kind
from porchlight.schools.models import KeyedModel, SchoolClass, StaffMember, TenantModel, TenantQuerySet
from porchlight.schools.models.staff import ClassQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


def classes_seen(actor: Actor) -> ClassQuerySet:
    """Colleagues: the classes they see. Families and students: those that their own children, or they, are in today."""
    if actor.is_staff:
        return SchoolClass.objects.visible_to(actor)
    today = school_time.now().date()
    children = Student.objects.visible_to(actor)
    places = Enrolment.objects.in_school(actor.school_id).filter(in_force(today), student__in=children)
    return SchoolClass.objects.in_school(actor.school_id).filter(pk__in=places.values("school_class"))


AT_SCHOOL_OR_HOME = (Kind.GUARDIAN, Kind.STUDENT)


class OfAClassQuerySet[M: TenantModel](TenantQuerySet[M]):
    """Rows of one class: for its colleagues, and for the homes of its children."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if not actor.is_staff and actor.kind not in AT_SCHOOL_OR_HOME:
            return rows.none()
        return rows.filter(school_class__in=classes_seen(actor))


class About(models.TextChoices):
    """What a text is about."""

    LEARNS = "learns", _("What we learn this term")
    WORKS = "works", _("How school works")
    WHOM = "whom", _("Whom to ask")


class Fact(KeyedModel):
    """One of the three, for the term that began on a day."""

    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="facts")
    about = models.CharField(max_length=10, choices=About)
    since = models.DateField()  # the first day of the term
    text = models.TextField()
    language = models.CharField(max_length=20)
    written_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=school_time.now)

    objects = OfAClassQuerySet["Fact"].as_manager()
    tiers = {"text": Tier.L1}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school_class", "about", "since"], name="fact_once_a_term")
        ]


class FactVersion(TenantModel):
    """The same in another language, as a person wrote it. A machine's are recalled from the memory, never kept here."""

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="versions")
    language = models.CharField(max_length=20)
    text = models.TextField()
    by = models.CharField(max_length=200)

    objects = TenantQuerySet.as_manager()
    tiers = {"text": Tier.L1, "by": Tier.L0}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fact", "language"], name="fact_version_once")]


class FactReading(KeyedModel):
    """A person's voice that reads what a class tells, in one language. It counts while those are still the words."""

    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=20)
    words = models.CharField(max_length=64)  # a fingerprint of what was read
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    read_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(default=school_time.now)

    objects = OfAClassQuerySet["FactReading"].as_manager()
    tiers = {"words": Tier.L0}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school_class", "language"], name="fact_reading_once")]
