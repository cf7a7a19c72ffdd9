from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "porchlight.delivery"
    label = "delivery"

    def ready(self) -> None:
        from porchlight.delivery import receivers  # noqa: F401 - listens to the room of schools
