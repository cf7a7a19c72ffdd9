from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RostersConfig(AppConfig):
    name = "porchlight.rosters"
    label = "rosters"

    def ready(self) -> None:
        from porchlight.delivery.outbox.ticking import on_tick
        from porchlight.design.menu import MenuEntry, register
        from porchlight.rosters.jobs import call_again
        from porchlight.rosters.models import MAY_IMPORT

        on_tick(call_again)
        register(MenuEntry(_("Roster"), "rosters:rosters", lambda actor: actor.is_one_of(*MAY_IMPORT), 60))
