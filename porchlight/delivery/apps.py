from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "porchlight.delivery"
    label = "delivery"

    def ready(self) -> None:
        from porchlight.delivery import receivers  # noqa: F401 - listens to the room of schools
        from porchlight.delivery.by_hand import ticking  # noqa: F401 - has a job every minute
