from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "porchlight.meetings"
    label = "meetings"

    def ready(self) -> None:
        from porchlight.meetings import whether  # noqa: F401 - it listens
        from porchlight.meetings.hours import by_word, offering, ticking  # noqa: F401 - they listen too
        from porchlight.meetings.hours.menu import hang

        hang()
