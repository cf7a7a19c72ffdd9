from django.apps import AppConfig


class UpdatesConfig(AppConfig):
    name = "porchlight.updates"
    label = "updates"

    def ready(self) -> None:
        from porchlight.updates import by_word, newsletters, ticking  # noqa: F401 - they listen
