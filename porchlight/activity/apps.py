from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "porchlight.activity"
    label = "activity"

    def ready(self) -> None:
        from porchlight.activity import receivers  # noqa: F401 - listens to the room below
