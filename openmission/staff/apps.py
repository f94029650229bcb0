from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "openmission.staff"
    label = "staff"

    def ready(self) -> None:
        from openmission.staff import handlers  # noqa: F401  (registers the sign-in receivers)
