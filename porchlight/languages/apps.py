from django.apps import AppConfig


class LanguagesConfig(AppConfig):
    name = "porchlight.languages"
    label = "languages"
