"""The places of visits, hung up for the base pages to show."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from porchlight.design.menu import MenuEntry, Place, register
from porchlight.schools.actors import Kind

register(MenuEntry(_("Visits"), "meetings:visits", lambda actor: actor.is_staff, 26, Place.STAFF))
register(
    MenuEntry(
        _("Visits"), "meetings:my_visits", lambda actor: actor.kind is Kind.GUARDIAN, 30, Place.THUMBS, icon="home"
    )
)  # fmt: skip
