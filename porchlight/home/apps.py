from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "porchlight.home"
    label = "home"

    def ready(self) -> None:
        from porchlight.home import menu

        menu.hang()
