from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "porchlight.api"
    label = "api"

    def ready(self) -> None:
        """The school's pages about it; and what happens in the rooms below is told to who asked for it."""
        from porchlight.api.places import hang
        from porchlight.api.webhooks import telling  # noqa: F401 - listens to the rooms below
        from porchlight.api.webhooks.keeping import forget, keep_telling
        from porchlight.delivery.outbox.ticking import on_tick

        hang()
        on_tick(keep_telling)
        on_tick(forget)
