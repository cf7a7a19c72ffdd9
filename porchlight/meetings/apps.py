from django.apps import AppConfig
from django.utils.module_loading import import_module

# What listens: to answers, to words, to the clock, to meetings that move.
LISTENERS = """
    whether
    around.listening
    planned.changing planned.ticking
    video.coming_in video.receivers video.ticking
    visits.answers visits.by_word visits.card visits.menu visits.moving visits.ticking
"""


class MeetingsConfig(AppConfig):
    name = "porchlight.meetings"
    label = "meetings"

    def ready(self) -> None:
        for name in LISTENERS.split():
            import_module(f"{self.name}.{name}")
        from porchlight.meetings import whether  # noqa: F401 - it listens
        from porchlight.meetings.hours import by_word, offering, ticking  # noqa: F401 - they listen too
        from porchlight.meetings.hours.menu import hang

        hang()
