from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "openmission.programs"
    label = "programs"
