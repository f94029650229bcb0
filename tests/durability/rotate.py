"""python -m tests.durability.rotate changes the key of a data folder, waiting two seconds instead of thirty; with the
argument `notes` it prints {contact: note} as JSON instead.
"""

import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from openmission.care.models import Contact  # noqa: E402
from openmission.staff.services import keys  # noqa: E402

if sys.argv[1:] == ["notes"]:
    json.dump({str(id): note for id, note in Contact.objects.values_list("id", "note")}, sys.stdout)
else:
    keys.LATE_SECONDS = 2
    call_command("rotate_key")
