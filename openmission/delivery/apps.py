from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "openmission.delivery"
    label = "delivery"

    def ready(self) -> None:
        from openmission.delivery import handlers  # noqa: F401  (subscribes)
