from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "openmission.delivery"
    label = "delivery"

    def ready(self) -> None:
        from openmission.care.asked import add_asker
        from openmission.care.beside import add_speaker
        from openmission.care.raised import add_raiser
        from openmission.delivery import handlers  # noqa: F401  (subscribes)
        from openmission.delivery.naming import check_beside
        from openmission.delivery.words import RAISER, beside

        add_asker("delivery", check_beside)
        add_raiser("delivery", RAISER)
        add_speaker("delivery", beside)
