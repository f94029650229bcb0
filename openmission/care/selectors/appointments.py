"""Reading appointments."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.audit import access
from openmission.care.models import Appointment
from openmission.clients.policies import charts_in_reach
from openmission.kernel.actors import Actor
from openmission.kernel.errors import DomainError, NotFound


class AppointmentClosed(DomainError):
    """What became of this appointment is recorded already."""


def get_appointment(viewer: Actor, id: UUID, *, at: datetime | None = None) -> Appointment:
    """One appointment with its enrollment and client; notes the look. Raises `NotFound` out of reach."""
    charts = charts_in_reach(viewer, at or timezone.now())
    rows = Appointment.objects.select_related("enrollment__client").filter(client_id__in=charts.values("id"))
    appointment = rows.filter(id=id).first()
    if appointment is None:
        raise NotFound(_("There is no such appointment among those you serve."))
    access.note([appointment.client_id], listed=False)
    return appointment


def lock_appointment(viewer: Actor, id: UUID) -> Appointment:
    """A planned appointment's row, locked for the caller's transaction. Raises `AppointmentClosed`."""
    current = Appointment.objects.select_for_update().get(id=id)
    if current.state != Appointment.State.PLANNED:
        raise AppointmentClosed(_("What became of this appointment is recorded already. Reload the page to see it."))
    return current
