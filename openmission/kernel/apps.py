from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "openmission.kernel"
    label = "kernel"
