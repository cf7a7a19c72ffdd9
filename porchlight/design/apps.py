from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "porchlight.design"
    label = "design"
