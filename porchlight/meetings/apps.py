from importlib import import_module

from django.apps import AppConfig

# What listens: to answers, to words, to the clock, to meetings that move; and what hangs places up.
LISTENERS = """
    menu whether ticking
    around.listening
    hours.by_word hours.offering hours.ticking
    planned.changing planned.ticking
    rounds.answers
    video.coming_in video.receivers video.ticking
    visits.answers visits.by_word visits.card visits.moving visits.ticking
"""


class MeetingsConfig(AppConfig):
    name = "porchlight.meetings"
    label = "meetings"

    def ready(self) -> None:
        for name in LISTENERS.split():
            import_module(f"{self.name}.{name}")
