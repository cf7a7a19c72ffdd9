from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "porchlight.delivery"
    label = "delivery"

    def ready(self) -> None:
        from porchlight.delivery import (
            receivers,  # noqa: F401 - listens to the room of schools
            silence,  # noqa: F401 - looks once a day
        )
        from porchlight.delivery.by_hand import ticking  # noqa: F401 - has a job every minute
        from porchlight.delivery.changing import ticking as changing  # noqa: F401 - and every few seconds
        from porchlight.delivery.ladder import looking  # noqa: F401 - and so has the ladder
