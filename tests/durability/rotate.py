"""python -m tests.durability.rotate changes the key of a data folder, waiting two seconds instead of thirty; with the
argument `notes` it prints {contact: note} as JSON instead.
"""

import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from openmission.care.models import Contact  # noqa: E402
from openmission.staff.services import keys  # noqa: E402

if sys.argv[1:] == ["notes"]:
    json.dump({str(id): note for id, note in Contact.objects.values_list("id", "note")}, sys.stdout)
else:
    keys.LATE_SECONDS = 2
    call_command("rotate_key")
    with connection.cursor() as cursor:  # before the old key went, all was on the disk, whatever the settings say
        cursor.execute("PRAGMA synchronous" if connection.vendor == "sqlite" else "SHOW synchronous_commit")
        assert cursor.fetchone() in ((2,), ("on",))
