from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "openmission.audit"
    label = "audit"
