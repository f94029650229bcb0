"""python -m tests.durability.ledger prints what the database of a data folder holds, as JSON."""

import json
import sys
from collections import Counter
from typing import Any

import django

django.setup()

from django.db.models import Count  # noqa: E402

from openmission.audit.models import RecordedEvent  # noqa: E402
from openmission.care.models import Appointment, Contact  # noqa: E402


def ledger() -> dict[str, Any]:
    """`contacts`: {id: [workers, events, versions, appointment]}; `appointments`: {id: [workers, events, state]};
    `events`: {kind: how many}.
    """
    logged, made = Counter[str](), Counter[str]()
    for kind, data in RecordedEvent.objects.filter(kind__startswith="care.").values_list("kind", "data"):
        if kind == "care.ContactLogged":
            logged[data["contact_id"]] += 1
        if kind == "care.AppointmentMade":
            made[data["appointment_id"]] += 1
    contacts = Contact.objects.annotate(workers=Count("staff", distinct=True), said=Count("versions", distinct=True))
    appointments = Appointment.objects.annotate(workers=Count("staff"))
    return {
        "contacts": {
            str(c.id): [c.workers, logged.pop(str(c.id), 0), c.said, str(c.appointment_id or "")] for c in contacts
        },
        "appointments": {str(a.id): [a.workers, made.pop(str(a.id), 0), a.state] for a in appointments},
        "events": dict(Counter(RecordedEvent.objects.values_list("kind", flat=True))),
        "events of nothing": [*logged, *made],
    }


json.dump(ledger(), sys.stdout)
