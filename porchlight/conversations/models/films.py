"""How long and how heavy a film of a colleague's may be in this school."""

from __future__ import annotations

from typing import Self

from django.db import models

from porchlight.files.filming import FilmRule
from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import StaffMember, TenantModel, TenantQuerySet
from porchlight.toolbox import school_time


class FilmLimitQuerySet(TenantQuerySet["FilmLimit"]):
    """The office's and the leader's business."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM or actor.is_one_of(Role.OFFICE, Role.LEADER):
            return rows
        return rows.none()


class FilmLimit(TenantModel):
    """What the school set. Without a row: half a minute, three megabytes."""

    seconds = models.PositiveSmallIntegerField()  # 0: no films
    kilobytes = models.PositiveIntegerField()  # of 1,000 bytes, as it goes home
    set_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    set_at = models.DateTimeField(default=school_time.now)

    objects = FilmLimitQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school"], name="film_limit_once")]

    def as_rule(self) -> FilmRule:
        """As the room that makes it small reads it."""
        return FilmRule(seconds=self.seconds, size=self.kilobytes * 1000)
