from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "openmission.clients"
    label = "clients"
