"""A published version never changes."""

from django.db import migrations

from openmission.kernel.triggers import append_only, changeable


def protect(apps, schema_editor):
    append_only(schema_editor, "programs_programversion")


def unprotect(apps, schema_editor):
    changeable(schema_editor, "programs_programversion")


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_initial")]
    operations = [migrations.RunPython(protect, unprotect)]
