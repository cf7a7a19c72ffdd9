from django.apps import AppConfig


class ErrandsConfig(AppConfig):
    name = "porchlight.errands"
    label = "errands"
