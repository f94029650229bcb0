"""Correcting a contact: what it said before is kept."""

import json
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.care.details import ContactDetails, check_contact
from openmission.care.events import ContactCorrected
from openmission.care.models import Contact, ContactVersion
from openmission.care.policies import can_log_contact
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import denied, require
from openmission.staff.roles import SUPERVISOR

FIELDS = ("at", "outcome", "mode", "component", "minutes", "place", "with_whom", "note", "slip")


@transaction.atomic
def correct_contact(contact: Contact, *, details: ContactDetails, by: Actor, at: datetime) -> Contact:
    """Correct one's own contact (a supervisor: any in reach); staff and client stay. Raises `InvalidContact`."""
    require(can_log_contact(by, contact.enrollment, at))
    if contact.recorded_by != by.id and contact.enrollment.team_id not in by.teams(SUPERVISOR):
        require(denied(_("A contact is corrected by who recorded it, or by the supervisor.")))
    check_contact(details, at)
    current = Contact.objects.select_for_update().get(id=contact.id)
    changed = tuple(name for name in FIELDS if getattr(current, name) != getattr(details, name))
    if not changed:
        return current
    before = {name: getattr(current, name) for name in FIELDS}
    ContactVersion.objects.create(
        contact=current, before=json.dumps(before, cls=DjangoJSONEncoder), at=at, by_id=by.id, by_name=by.name
    )
    for name in FIELDS:
        setattr(current, name, getattr(details, name))
    current.on, current.corrected_at = timezone.localdate(details.at), at
    current.save(update_fields=[*FIELDS, "on", "corrected_at"])
    record(ContactCorrected(client_id=current.client_id, contact_id=current.id, fields=changed), by=by, at=at)
    return current
