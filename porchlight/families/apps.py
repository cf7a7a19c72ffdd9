from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "porchlight.families"
    label = "families"
