"""Search keys are folded ASCII words compared by their beginning: PostgreSQL needs the plain byte order for that."""

from django.db import migrations


def plain_order(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute('ALTER TABLE clients_searchkey ALTER COLUMN key TYPE varchar(40) COLLATE "C"')


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_initial")]
    operations = [migrations.RunPython(plain_order, migrations.RunPython.noop)]
