"""Before the first release the two shipped versions name their sources in both languages, and one for equal phases.

Only words and sources differ: no number, rule, paper or question. So those who are enrolled stay on their version, and
an installation that published the earlier words goes on. Every other published version is left as it is.
"""

from django.conf import settings
from django.db import migrations

from openmission.kernel.content import fingerprint, load_yaml
from openmission.kernel.triggers import append_only, changeable

TABLE = "programs_programversion"
EARLIER = {  # the fingerprint of the earlier words: the file that says them in both languages
    "b54d5c06293aba088174fdc09561a1f4556c39f4d6c1d4b1193ffa290b33caa9": "programs/mission/v1.yaml",
    "18cf9b1f4f297b41eea77ae572a927a95f96102bed1c11220d8f6ab403495845": "programs/linkage-only/v1.yaml",
}


def say_in_both(apps, schema_editor):
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
    dependencies = [("programs", "0002_append_only")]
    operations = [migrations.RunPython(say_in_both, migrations.RunPython.noop)]
