from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "porchlight.home"
    label = "home"

    def ready(self) -> None:
        from porchlight.home import menu
        from porchlight.home.first_steps import PAGE, has_first_steps
        from porchlight.rosters.beginning import leads_on

        menu.hang()
        leads_on(PAGE, has_first_steps)
