"""Before the first release the Spanish words for 988 tell how to reach somebody who speaks Spanish.

Only words differ, as in 0003; every other published version is left as it is.
"""

from typing import Any

from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from openmission.kernel.content import fingerprint, load_yaml
from openmission.kernel.triggers import append_only, changeable

TABLE = "programs_programversion"
EARLIER = {  # the fingerprint of the earlier words: the file that says the new ones
    "5989400018b003c6f82dd5a54ceac8058f46d62158e5436baf3823c5209eb420": "programs/mission/v1.yaml",
    "d357a5e969a183e52635345cd952d57b2d9886eb8d054158373ac0de2679e73e": "programs/linkage-only/v1.yaml",
}


def say_the_spanish_way(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    earlier = apps.get_model("programs", "ProgramVersion").objects.filter(sha256__in=EARLIER)
    if not earlier:
        return
    changeable(schema_editor, TABLE)
    for row in earlier:
        row.content = load_yaml(settings.CONTENT_DIR / EARLIER[row.sha256], schema="program")
        row.sha256 = fingerprint(row.content)
        row.save()
    append_only(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("programs", "0003_sources_in_both_languages")]
    operations = [migrations.RunPython(say_the_spanish_way, migrations.RunPython.noop)]
