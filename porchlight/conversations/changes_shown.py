"""A changed number as colleagues read it: how far it has come, what is missing, from when on it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porchlight.delivery.changing.actions import course_of
from porchlight.delivery.changing.machine import Stage
from porchlight.families.models import ContactChange, ContactPoint, Guardian
from porchlight.schools.actors import Actor

STAGES: dict[Stage, Promise] = {
    Stage.ASKED: _("Nobody has confirmed it. Nothing has changed."),
    Stage.NEEDS_SECOND: _("A second colleague has to say yes as well."),
    Stage.COOLING: _("It waits for three days. Until then only words for everybody go to the new number."),
    Stage.DONE: _("In force."),
    Stage.REFUSED: _("Refused. Everything stayed as it was."),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One change."""

    row: ContactChange
    stage: Stage
    words: Promise
    ready_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Neither in force nor refused."""
        return self.stage not in (Stage.DONE, Stage.REFUSED)

    @property
    def may_be_confirmed(self) -> bool:
        """Nobody has, or by a call alone: somebody who saw them knows it better."""
        return self.is_open and self.row.how in ("", "called_back")


def shown(row: ContactChange) -> Shown:
    """As it stands."""
    course = course_of(row)
    return Shown(row, course.stage, STAGES[course.stage], course.ready_at)


def standing_of(guardian: Guardian, actor: Actor) -> QuerySet[ContactChange]:
    """What waits for one adult."""
    rows = ContactChange.objects.visible_to(actor).standing().filter(guardian=guardian)
    return rows.select_related("guardian", "old__address")


def found_at_others(row: ContactChange, actor: Actor) -> list[str]:
    """Who else is known by this number: a colleague should see it before they confirm."""
    field = "address__user_id" if row.is_user_id else "address__value"
    points = ContactPoint.objects.visible_to(actor).filter(**{field: row.value}, ended_at=None)
    others = points.exclude(guardian=row.guardian_id).select_related("guardian", "student", "staff")
    return [str(point.guardian or point.student or point.staff) for point in others]
