from django.apps import AppConfig


class RostersConfig(AppConfig):
    name = "porchlight.rosters"
    label = "rosters"
