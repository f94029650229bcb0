"""Both tables are append-only from their first day."""

from django.db import migrations

from openmission.kernel.triggers import append_only, changeable

TABLES = ("audit_recordedevent", "audit_access")


def protect(apps, schema_editor):
    for table in TABLES:
        append_only(schema_editor, table)


def unprotect(apps, schema_editor):
    for table in TABLES:
        changeable(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(protect, unprotect)]
