from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "porchlight.operations"
    label = "operations"

    def ready(self) -> None:
        """Workers leave a sign of life as they go round."""
        from porchlight.delivery.outbox.ticking import on_tick
        from porchlight.operations.beating import beat

        on_tick(beat)
