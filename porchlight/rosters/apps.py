from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RostersConfig(AppConfig):
    name = "porchlight.rosters"
    label = "rosters"

    def ready(self) -> None:
        from porchlight.design.menu import MenuEntry, register
        from porchlight.rosters.models import MAY_IMPORT

        register(MenuEntry(_("Roster"), "rosters:rosters", lambda actor: actor.is_one_of(*MAY_IMPORT), 60))
