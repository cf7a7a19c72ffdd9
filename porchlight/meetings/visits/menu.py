"""The places of visits, hung up for the base pages to show."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from porchlight.design.menu import MenuEntry, Place, register
from porchlight.errands.models import Errand, ErrandKind
from porchlight.schools.actors import Actor, Kind


def not_out(actor: Actor) -> int:
    """Two who have not come out, while somebody is called about them."""
    return Errand.objects.visible_to(actor).open().filter(kind=ErrandKind.VISIT_OVERDUE).count()


register(
    MenuEntry(_("Visits"), "meetings:visits", lambda actor: actor.is_staff, 26, Place.STAFF, badge=not_out)
)
register(
    MenuEntry(
        _("Visits"), "meetings:my_visits", lambda actor: actor.kind is Kind.GUARDIAN, 30, Place.THUMBS, icon="home"
    )
)  # fmt: skip
