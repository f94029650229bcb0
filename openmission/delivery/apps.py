from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "openmission.delivery"
    label = "delivery"
