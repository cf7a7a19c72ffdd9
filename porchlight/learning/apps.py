from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "porchlight.learning"
    label = "learning"

    def ready(self) -> None:
        from porchlight.learning import answers, hearing, ticking  # noqa: F401 - they listen
