"""Reading appointments."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.care.details import became, next_id
from openmission.care.models import Appointment, Contact
from openmission.care.policies import readable_enrollments
from openmission.clients.selectors import note_opened
from openmission.kernel.actors import Actor
from openmission.kernel.errors import DomainError, NotFound


class AppointmentClosed(DomainError):
    """What became of this appointment is recorded already."""


def get_appointment(viewer: Actor, id: UUID, *, at: datetime | None = None) -> Appointment:
    """One appointment with its enrollment and client; notes the look. Raises `NotFound` out of reach."""
    enrollments = readable_enrollments(viewer, at or timezone.now())
    rows = Appointment.objects.select_related("enrollment__client", "contact").prefetch_related("staff__user")
    rows = rows.filter(enrollment_id__in=enrollments.values("id"))
    appointment = rows.filter(id=id).first()
    if appointment is None:
        raise NotFound(_("There is no such appointment among those you serve."))
    note_opened(viewer, appointment.client_id, at=at)
    return appointment


def next_planned(viewer: Actor, enrollment_id: UUID, *, at: datetime) -> Appointment | None:
    """The next planned appointment of an enrollment that the caller has in reach."""
    rows = Appointment.objects.filter(enrollment_id=enrollment_id, state=Appointment.State.PLANNED, at__gt=at)
    return rows.order_by("at").first()


def left_by_move(viewer: Actor, contact: Contact) -> list[Appointment]:
    """Where the next time that was made with a contact was moved: what was planned since, of which it is one; else
    nothing. A moved appointment is a new row, and no withdrawal cancels it. The caller has the contact in reach.
    """
    rows = Appointment.objects.filter(enrollment_id=contact.enrollment_id)
    if not rows.filter(id=next_id(contact.id), state=Appointment.State.MOVED).exists():
        return []
    return list(rows.filter(state=Appointment.State.PLANNED, made_at__gte=contact.recorded_at).order_by("at"))


def unrecorded(viewer: Actor, enrollment_id: UUID, *, at: datetime) -> list[Appointment]:
    """Appointments whose time has come and of which nothing is recorded; the caller has the enrollment in reach."""
    rows = Appointment.objects.filter(enrollment_id=enrollment_id, state=Appointment.State.PLANNED, at__lte=at)
    return list(rows.order_by("at"))


def lock_appointment(viewer: Actor, id: UUID) -> Appointment:
    """A planned appointment's row, locked for the caller's transaction. Raises `AppointmentClosed`."""
    current = Appointment.objects.select_for_update().get(id=id)
    if current.state != Appointment.State.PLANNED:
        raise AppointmentClosed(became(current), field="who")
    return current
