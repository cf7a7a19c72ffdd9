from django.apps import AppConfig


class WelcomeConfig(AppConfig):
    name = "porchlight.welcome"
    label = "welcome"
