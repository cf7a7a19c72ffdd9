from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "porchlight.meetings"
    label = "meetings"

    def ready(self) -> None:
        from porchlight.meetings import whether  # noqa: F401 - it listens
        from porchlight.meetings.planned import changing, ticking  # noqa: F401 - they listen
        from porchlight.meetings.visits import answers, by_word, card, menu, moving, ticking  # noqa: F401 - they listen
