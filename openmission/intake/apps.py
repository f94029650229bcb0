from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "openmission.intake"
    label = "intake"
