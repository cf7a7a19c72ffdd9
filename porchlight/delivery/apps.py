from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "porchlight.delivery"
    label = "delivery"
