from django.apps import AppConfig

from openmission.kernel.forms import speak_plainly


class KernelConfig(AppConfig):
    name = "openmission.kernel"
    label = "kernel"

    def ready(self) -> None:
        speak_plainly()
