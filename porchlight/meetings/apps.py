from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "porchlight.meetings"
    label = "meetings"

    def ready(self) -> None:
        from porchlight.meetings import ticking, whether  # noqa: F401 - they listen
        from porchlight.meetings.rounds import answers  # noqa: F401 - it listens
