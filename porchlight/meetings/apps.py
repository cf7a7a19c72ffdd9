from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "porchlight.meetings"
    label = "meetings"

    def ready(self) -> None:
        from porchlight.meetings import whether  # noqa: F401 - it listens
        from porchlight.meetings.around import listening  # noqa: F401 - it listens
