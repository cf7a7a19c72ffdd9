"""A colleague's own quiet mark on a child: good news first. Nobody else sees it, and it says nothing of why."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from porchlight.families.models import Student, own_children
from porchlight.schools.actors import Actor, Kind
from porchlight.schools.models import StaffMember, TenantModel, TenantQuerySet
from porchlight.toolbox import school_time


class MarkQuerySet(TenantQuerySet["Mark"]):
    """Each colleague's own, about children they still see."""

    def standing(self) -> Self:
        """Not taken off."""
        return self.filter(ended_at=None)

    def visible_to(self, actor: Actor) -> Self:
        """Whoever set it, and nobody else: a child is not known at school by a teacher's mark."""
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if not actor.is_staff or not actor.post_id:
            return rows.none()
        mine = rows.filter(staff_id=actor.post_id, student__in=Student.objects.visible_to(actor))
        return mine.exclude(student__in=own_children(actor))


class Mark(TenantModel):
    """This child's home is among the first to hear something good from this colleague."""

    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="+")
    set_at = models.DateTimeField(default=school_time.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "student"], condition=Q(ended_at=None), name="mark_once_a_colleague"
            )
        ]
