from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "porchlight.operations"
    label = "operations"

    def ready(self) -> None:
        """Workers leave a sign of life as they go round, and seal the record."""
        from porchlight.delivery.outbox.ticking import on_tick
        from porchlight.operations import receivers  # noqa: F401 - listens to the rooms below
        from porchlight.operations.beating import beat
        from porchlight.operations.keeping_record import keep_record
        from porchlight.operations.many_people import look_at_how_many
        from porchlight.operations.places import hang
        from porchlight.schools.doors import register_gate

        hang()
        register_gate(look_at_how_many)
        on_tick(beat)
        on_tick(keep_record)
