from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "openmission.care"
    label = "care"
