"""Recording a contact: the one act from which dose, fidelity and every report are derived."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.care.details import (
    ChangedMeanwhile,
    ContactDetails,
    InvalidContact,
    check_contact,
    next_id,
    said_before_that,
)
from openmission.care.events import ContactLogged
from openmission.care.models import Appointment, Contact, ContactStaff
from openmission.care.policies import can_log_contact
from openmission.care.selectors.appointments import lock_appointment
from openmission.care.selectors.clashes import recorded_alike
from openmission.care.selectors.contacts import phase_at, roles_of
from openmission.care.services import appointments
from openmission.care.services.appointments import AskedFirst, NewAppointment
from openmission.care.services.corrections import correct_contact
from openmission.intake.models import Enrollment
from openmission.intake.selectors.enrollments import lock_enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.days import short_time
from openmission.kernel.decisions import Decision, require
from openmission.kernel.ids import new_id
from openmission.kernel.rows import said_before
from openmission.programs.selectors import program as read_program
from openmission.staff.roles import CASE_MANAGER, PEER_SPECIALIST


class AlreadyRecorded(AskedFirst):
    """There are records of meetings with the client at that time: perhaps of the same one."""

    found: list[Contact]

    def __init__(self, found: list[Contact], by: Actor):
        own = _("You recorded a meeting with %(client)s, %(when)s.")
        text = _("%(name)s recorded a meeting with %(client)s, %(when)s.")
        said = [
            (own if row.recorded_by == by.id else text)
            % {"name": row.recorded_by_name, "client": row.client.short_name, "when": short_time(row.at)}
            for row in found
        ]
        what = _("If it is the same one, it needs no second record: open it below. Saving again records a second one.")
        super().__init__(found, " ".join([*said, what]), field="who")


@transaction.atomic
def log_contact(
    enrollment: Enrollment,
    *,
    details: ContactDetails,
    by: Actor,
    at: datetime,
    id: UUID | None = None,
    appointment: Appointment | None = None,
    next_appointment: NewAppointment | None = None,
    knowing: frozenset[UUID] | None = None,
    may: Decision | None = None,
) -> Contact:
    """Record one contact, close the appointment it kept (or missed), and make the next one.

    Saving twice is saving once, also for two requests at the same moment: the same `id` by the same person is the same
    contact, and what is said differently the second time corrects it, unless it was corrected since. `knowing`: the
    recorded meetings at the same time that the person was told of (None: nobody is asked). `may`: the word of a room
    above that decides who records there (a group's leader, for its members), in place of ours. Raises `IdTaken`,
    `InvalidContact`, `AlreadyRecorded`, `ChangedMeanwhile`, `Refused`, and what making an appointment raises.
    """
    enrollment = lock_enrollment(by, enrollment.id)
    require(can_log_contact(by, enrollment, at) if may is None else may)
    contact = said_before(Contact, id, recorded_by=by.id, enrollment_id=enrollment.id, withdrawn_at=None)
    if contact:
        contact.enrollment = enrollment
        contact = _said_again(contact, details, by=by, at=at)
    else:
        check_contact(details, read_program(by, enrollment.program_version_id).components, at)
        _ask(enrollment, details, knowing, by)
        kept = _kept(appointment, enrollment, by, at)
        contact = _write(enrollment, details, id or new_id(), kept, by=by, at=at)
    if next_appointment:
        appointments.make_appointment(
            enrollment, details=next_appointment, by=by, at=at, id=next_id(contact.id), with_contact=True
        )
    return contact


def _ask(enrollment: Enrollment, details: ContactDetails, knowing: frozenset[UUID] | None, by: Actor) -> None:
    """Raise `AlreadyRecorded` for a meeting at the same time, unless the person knows of all of them."""
    if knowing is None:
        return
    found = recorded_alike(by, enrollment, details)
    if not {contact.id for contact in found} <= knowing:
        raise AlreadyRecorded(found, by)


def _said_again(contact: Contact, details: ContactDetails, *, by: Actor, at: datetime) -> Contact:
    """What the same form says the second time. Corrections by this form alone may have come before: a colleague's, or
    one after which the contact no longer says what this form said already, is not undone by a form that comes late.
    """
    versions = list(contact.versions.order_by("at", "id"))
    own = all(version.by_id == by.id and not said_before_that(version, details) for version in versions)
    seen = str(versions[-1].id) if versions and own else ""
    try:
        return correct_contact(contact, details=details, by=by, at=at, seen=seen)
    except ChangedMeanwhile as fault:
        text = _("This contact is saved, and was corrected since. Open it on the timeline to change it again.")
        raise ChangedMeanwhile(text) from fault


def _write(
    enrollment: Enrollment, details: ContactDetails, id: UUID, kept: Appointment | None, *, by: Actor, at: datetime
) -> Contact:
    day = timezone.localdate(details.at)
    roles = roles_of(by, enrollment, details.staff_ids)
    contact = Contact.objects.create(
        id=id,
        enrollment=enrollment,
        client_id=enrollment.client_id,
        appointment=kept,
        on=day,
        phase=phase_at(by, enrollment, day),
        by_case_manager=CASE_MANAGER in roles.values(),
        by_peer=PEER_SPECIALIST in roles.values(),
        recorded_at=at,
        recorded_by=by.id,
        recorded_by_name=by.name,
        **{name: value for name, value in details.__dict__.items() if name != "staff_ids"},
    )
    ContactStaff.objects.bulk_create(ContactStaff(contact=contact, user_id=u, role=r) for u, r in roles.items())
    event = ContactLogged(
        client_id=enrollment.client_id,
        contact_id=contact.id,
        enrollment_id=enrollment.id,
        on=day,
        outcome=contact.outcome,
        component=contact.component,
        phase=contact.phase,
    )
    record(event, by=by, at=at)
    return contact


def _kept(appointment: Appointment | None, enrollment: Enrollment, by: Actor, at: datetime) -> Appointment | None:
    """The appointment that the contact answers, closed by it. Raises `AppointmentClosed`, `InvalidContact`."""
    if appointment is None:
        return None
    current = lock_appointment(by, appointment.id)
    if current.enrollment_id != enrollment.id:
        raise InvalidContact(_("That appointment is with another client."), field="who")
    Appointment.objects.filter(id=current.id).update(state=Appointment.State.RECORDED, closed_at=at)
    return current
