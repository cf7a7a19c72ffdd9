"""How long and how heavy a film of a colleague's may be in this school."""

from __future__ import annotations

from django.db import models

from porchlight.files.filming import FilmRule
from porchlight.schools.actors import Role
from porchlight.schools.models import ForRolesQuerySet, StaffMember, TenantModel
from porchlight.toolbox import school_time


class FilmLimitQuerySet(ForRolesQuerySet["FilmLimit"]):
    """The office's and the leader's business."""

    roles = (Role.OFFICE, Role.LEADER)


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
