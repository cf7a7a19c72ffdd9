from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "porchlight.activity"
    label = "activity"
