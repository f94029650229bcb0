from django.apps import AppConfig


class WorkbookConfig(AppConfig):
    name = "openmission.workbook"
    label = "workbook"
