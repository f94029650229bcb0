from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "openmission.clients"
    label = "clients"

    def ready(self) -> None:
        from openmission.clients import handlers  # noqa: F401  (subscribes)
