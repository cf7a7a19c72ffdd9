"""The places of visits, hung up for the base pages to show."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from porchlight.design.menu import MenuEntry, Place, register
from porchlight.errands.models import Errand, ErrandKind
from porchlight.meetings.models import AskedBy, Visit, Welcome
from porchlight.meetings.models.meetings import SEES_EVERY_MEETING
from porchlight.schools.actors import Actor, Kind


def waiting(actor: Actor) -> int:
    """Families that asked us and have nobody to come yet; and two who have not come out."""
    late = Errand.objects.visible_to(actor).open().filter(kind=ErrandKind.VISIT_OVERDUE).count()
    if not actor.is_one_of(*SEES_EVERY_MEETING):
        return late
    wished = Visit.objects.visible_to(actor).standing().filter(asked_by=AskedBy.FAMILY, first=None)
    return late + wished.exclude(word__in=(Welcome.LATER, Welcome.NO)).count()


register(
    MenuEntry(_("Visits"), "meetings:visits", lambda actor: actor.is_staff, 26, Place.STAFF, badge=waiting)
)
register(
    MenuEntry(
        _("Visits"), "meetings:my_visits", lambda actor: actor.kind is Kind.GUARDIAN, 30, Place.THUMBS, icon="door"
    )
)  # fmt: skip
