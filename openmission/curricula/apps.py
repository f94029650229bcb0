from django.apps import AppConfig


class CurriculaConfig(AppConfig):
    name = "openmission.curricula"
    label = "curricula"
