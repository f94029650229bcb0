"""A published version never changes."""

from django.db import migrations

from openmission.kernel.triggers import append_only, changeable


def protect(apps, schema_editor):
    append_only(schema_editor, "curricula_publishedcontent")


def unprotect(apps, schema_editor):
    changeable(schema_editor, "curricula_publishedcontent")


class Migration(migrations.Migration):
    dependencies = [("curricula", "0001_initial")]
    operations = [migrations.RunPython(protect, unprotect)]
