from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "porchlight.families"
    label = "families"

    def ready(self) -> None:
        from porchlight.families import posts  # noqa: F401 - registers the family posts
