from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "openmission.practice"
    label = "practice"
