from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "porchlight.operations"
    label = "operations"

    def ready(self) -> None:
        """Workers leave a sign of life as they go round, and seal the record."""
        from porchlight.delivery.outbox.ticking import on_tick
        from porchlight.operations.beating import beat
        from porchlight.operations.keeping_record import keep_record

        on_tick(beat)
        on_tick(keep_record)
