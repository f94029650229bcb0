from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "openmission.desk"
    label = "desk"
