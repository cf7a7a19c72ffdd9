"""How many visits wait for somebody: asked for on the pages of meetings, not on every page."""

from __future__ import annotations

from porchlight.errands.models import Errand, ErrandKind
from porchlight.meetings.models import AskedBy, Visit, Welcome
from porchlight.meetings.models.meetings import SEES_EVERY_MEETING
from porchlight.schools.actors import Actor


def waiting(actor: Actor) -> int:
    """Families that asked us and have nobody to come yet; and two who have not come out."""
    late = Errand.objects.visible_to(actor).open().filter(kind=ErrandKind.VISIT_OVERDUE).count()
    if not actor.is_one_of(*SEES_EVERY_MEETING):
        return late
    wished = Visit.objects.visible_to(actor).standing().filter(asked_by=AskedBy.FAMILY, first=None)
    return late + wished.exclude(word__in=(Welcome.LATER, Welcome.NO)).count()
