from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "porchlight.operations"
    label = "operations"
