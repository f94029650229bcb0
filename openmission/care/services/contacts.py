"""Recording a contact: the one act from which dose, fidelity and every report are derived."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.care.details import ContactDetails, InvalidContact, check_contact
from openmission.care.events import ContactLogged
from openmission.care.models import Appointment, Contact, ContactStaff
from openmission.care.policies import can_log_contact, care_roles
from openmission.care.selectors.appointments import lock_appointment
from openmission.care.services import appointments
from openmission.care.services.appointments import NewAppointment
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError
from openmission.kernel.ids import new_id
from openmission.staff.models import User
from openmission.staff.roles import CARE, CASE_MANAGER, PEER_SPECIALIST


class IdTaken(DomainError):
    """The client-made id belongs to another record."""


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
) -> Contact:
    """Record one contact, close the appointment it kept (or missed), and make the next one.

    Saving twice is saving once: a contact with this `id` recorded by the same person is returned as it is. Raises
    `InvalidContact`, `IdTaken`, `Refused`, and what making an appointment raises.
    """
    require(can_log_contact(by, enrollment, at))
    if id and (existing := _already(id, enrollment, by)):
        return existing
    check_contact(details, at)
    contact = _write(enrollment, details, id or new_id(), _kept(appointment, enrollment, by, at), by=by, at=at)
    event = ContactLogged(
        client_id=enrollment.client_id,
        contact_id=contact.id,
        enrollment_id=enrollment.id,
        on=contact.on,
        outcome=contact.outcome,
        component=contact.component,
        phase=contact.phase,
    )
    record(event, by=by, at=at)
    if next_appointment:
        appointments.make_appointment(enrollment, details=next_appointment, by=by, at=at)
    return contact


def _write(
    enrollment: Enrollment, details: ContactDetails, id: UUID, kept: Appointment | None, *, by: Actor, at: datetime
) -> Contact:
    day = timezone.localdate(details.at)
    roles = _roles(enrollment, details, by)
    contact = Contact.objects.create(
        id=id,
        enrollment=enrollment,
        client_id=enrollment.client_id,
        appointment=kept,
        on=day,
        phase=_phase(enrollment, day),
        by_case_manager=CASE_MANAGER in roles.values(),
        by_peer=PEER_SPECIALIST in roles.values(),
        recorded_at=at,
        recorded_by=by.id,
        recorded_by_name=by.name,
        **_own_fields(details),
    )
    ContactStaff.objects.bulk_create(ContactStaff(contact=contact, user_id=u, role=r) for u, r in roles.items())
    return contact


def _kept(appointment: Appointment | None, enrollment: Enrollment, by: Actor, at: datetime) -> Appointment | None:
    """The appointment that the contact answers, closed by it. Raises `AppointmentClosed`, `InvalidContact`."""
    if appointment is None:
        return None
    current = lock_appointment(by, appointment.id)
    if current.enrollment_id != enrollment.id:
        raise InvalidContact(_("That appointment is with another client."))
    Appointment.objects.filter(id=current.id).update(state=Appointment.State.RECORDED, closed_at=at)
    return current


def _already(id: UUID, enrollment: Enrollment, by: Actor) -> Contact | None:
    existing = Contact.objects.filter(id=id).first()
    if existing and (existing.recorded_by != by.id or existing.enrollment_id != enrollment.id):
        raise IdTaken(_("This form was used before. Open a new one; what you wrote is still here."))
    return existing


def _own_fields(details: ContactDetails) -> dict[str, object]:
    fields = {name: value for name, value in details.__dict__.items() if name != "staff_ids"}
    return {**fields, "note": details.note.strip()}


def _roles(enrollment: Enrollment, details: ContactDetails, by: Actor) -> dict[UUID, str]:
    """Who took part, with the role: the care team's, else (a colleague in cover, a supervisor) their own seat's."""
    team = care_roles(enrollment.id)
    people = dict.fromkeys(details.staff_ids or ((by.id,) if by.id else ()))
    covered = [team[user_id] for user_id in by.covers if user_id in team]
    roles: dict[UUID, str] = {}
    for user_id in people:
        if user_id in team:
            roles[user_id] = team[user_id]
        elif user_id == by.id:
            roles[user_id] = next(iter(covered), "") or next((r for r in CARE if by.has(r)), "")
        elif not User.objects.filter(id=user_id, roles__team_id=enrollment.team_id).exists():
            raise InvalidContact(_("Choose people of the client's team."), field="staff")
        else:
            seats = User.objects.get(id=user_id).roles.filter(team_id=enrollment.team_id, ends_on=None)
            roles[user_id] = next((r for r in CARE if r in set(seats.values_list("role", flat=True))), "")
    return roles


def _phase(enrollment: Enrollment, day: date) -> str:
    spans = enrollment.phases.order_by("position").values_list("slug", "ends_on")
    slugs = [slug for slug, ends_on in spans if day < ends_on]
    return slugs[0] if slugs else enrollment.phases.order_by("-position").values_list("slug", flat=True)[0]
