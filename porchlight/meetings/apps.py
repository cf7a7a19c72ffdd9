from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "porchlight.meetings"
    label = "meetings"
