"""Withdrawing a contact that was recorded by mistake: the row stays, struck through, and counts nowhere."""

import json
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.care.asked import ask_about
from openmission.care.details import ChangedMeanwhile, InvalidContact, check_seen, next_id
from openmission.care.events import ContactWithdrawn
from openmission.care.models import Appointment, Contact, ContactVersion
from openmission.care.models.contact import WITHDRAWN
from openmission.care.policies import can_correct_contact
from openmission.care.services.appointments import cancel_appointment
from openmission.intake.models import Enrollment
from openmission.intake.selectors.enrollments import lock_enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require


@transaction.atomic
def withdraw_contact(
    contact: Contact, *, reason: str, by: Actor, at: datetime, seen: str | None = None, knowing: bool = False
) -> Contact:
    """Take back a contact that did not take place with this client. What it said is kept; the appointment that it
    answered waits for its record again, and the next one that was made with it is cancelled, unless it was moved
    since: then a person decides (`left_by_move`).

    Twice is once. `seen` as in `check_seen`; `knowing`: nobody is to be asked about the reason. Raises `AskedFirst`,
    `ChangedMeanwhile`, `InvalidContact` without a reason, `Refused`.
    """
    lock_enrollment(by, contact.enrollment_id)
    current = Contact.objects.select_for_update(of=("self",)).select_related("enrollment").get(id=contact.id)
    if current.withdrawn_at:
        if seen is None or current.withdrawn_by == by.id:
            return current
        raise ChangedMeanwhile(_("Somebody withdrew this contact while you had it open."))
    require(can_correct_contact(by, current, at))
    check_seen(current, seen)
    if not reason.strip():
        raise InvalidContact(_("Say in a few words why."), field="reason")
    if not knowing:
        ask_about(by, current, reason=reason)
    answered = current.appointment_id
    _strike(current, reason.strip(), by=by, at=at)
    going_on = current.enrollment.state == Enrollment.State.ACTIVE
    state = Appointment.State.PLANNED if going_on else Appointment.State.UNRECORDED
    Appointment.objects.filter(id=answered).update(state=state, closed_at=None if going_on else at)
    made_with_it = Appointment.objects.filter(id=next_id(current.id), state=Appointment.State.PLANNED)
    for appointment in made_with_it.select_related("enrollment"):
        cancel_appointment(appointment, reason=_("Recorded by mistake"), by=by, at=at)
    event = ContactWithdrawn(client_id=current.client_id, contact_id=current.id, enrollment_id=current.enrollment_id)
    record(event, by=by, at=at)
    return current


def _strike(contact: Contact, reason: str, *, by: Actor, at: datetime) -> None:
    before = json.dumps({"outcome": contact.outcome, "slip": contact.slip})
    ContactVersion.objects.create(contact=contact, before=before, at=at, by_id=by.id, by_name=by.name)
    contact.outcome, contact.slip, contact.appointment = WITHDRAWN, False, None
    contact.withdrawn_at, contact.withdrawn_by, contact.withdrawn_by_name = at, by.id, by.name
    contact.withdrawn_reason = reason
    contact.save()
