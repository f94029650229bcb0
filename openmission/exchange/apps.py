from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "openmission.exchange"
    label = "exchange"

    def ready(self) -> None:
        from openmission.exchange import handlers  # noqa: F401  (subscribes to the room's own events)
