"""Before the first release the shipped versions take the words that reviewers asked for.

Nobody outside has them: there is no release yet. So an installation that published earlier words of the same version
goes on, and answers stay where their fields have the same names. What we do not ship is left as it is.
"""

from typing import Any

from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from openmission.curricula.files import content_files, read_content
from openmission.kernel.content import fingerprint
from openmission.kernel.triggers import append_only, changeable

TABLE = "curricula_publishedcontent"


def take_shipped_words(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rows = apps.get_model("curricula", "PublishedContent").objects
    if not rows.exists():
        return
    changeable(schema_editor, TABLE)
    for kind, path in content_files(settings.CONTENT_DIR):
        data = read_content(kind, path)
        same = rows.filter(kind=kind, slug=data["slug"], version=data["version"])
        same.update(content=data, sha256=fingerprint(data))
    append_only(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("curricula", "0002_append_only")]
    operations = [migrations.RunPython(take_shipped_words, migrations.RunPython.noop)]
