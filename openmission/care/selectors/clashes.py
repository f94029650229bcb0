"""What is planned already at the time of a new appointment, and recorded already at that of a new contact."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from openmission.audit import access
from openmission.care.details import LONGEST, ContactDetails
from openmission.care.models import Appointment, AppointmentStaff, Contact
from openmission.care.models.contact import Outcome, WithWhom
from openmission.care.selectors.contacts import readable_among
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Clash:
    """An appointment at the same time: with whom (empty: a client whom the viewer does not serve), and the workers who
    are expected there; of a client not served only those who are expected at the new one too.
    """

    id: UUID
    at: datetime
    client: str
    staff: tuple[str, ...]


def clashes(
    viewer: Actor,
    enrollment: Enrollment,
    *,
    starts_at: datetime,
    minutes: int,
    staff_ids: Collection[UUID],
    at: datetime,
) -> list[Clash]:
    """What is planned for the client (as far as the viewer may read it) or for these workers and overlaps, by time. The
    caller has the enrollment in reach. Notes whom it names. One query when there is nothing, else three.
    """
    theirs = AppointmentStaff.objects.filter(user_id__in=staff_ids)
    rows = Appointment.objects.filter(
        Q(client_id=enrollment.client_id) | Q(id__in=theirs.values("appointment_id")),
        state=Appointment.State.PLANNED,
        at__gt=starts_at - timedelta(minutes=LONGEST),
        at__lt=starts_at + timedelta(minutes=minutes),
    )
    rows = rows.select_related("client").prefetch_related("staff__user").order_by("at", "id")
    found = [row for row in rows if row.at + timedelta(minutes=row.minutes) > starts_at]
    readable = readable_among(viewer, {row.enrollment_id for row in found}, at=at)
    told = []
    for row in found:
        known = row.enrollment_id in readable
        staff = tuple(member.user.name for member in row.staff.all() if known or member.user_id in staff_ids)
        if known or staff:
            told.append(Clash(row.id, row.at, row.client.short_name if known else "", staff))
    access.note(row.client_id for row in found if row.enrollment_id in readable)
    return told


def recorded_alike(viewer: Actor, enrollment: Enrollment, details: ContactDetails) -> list[Contact]:
    """The recorded meetings with the client that overlap with this one, one's own among them, by time; none when this
    is no meeting with the client. The caller has the enrollment in reach. Notes whom it names. One query.
    """
    alike = {"outcome": Outcome.MET, "with_whom": WithWhom.CLIENT}
    if any(getattr(details, name) != value for name, value in alike.items()):
        return []
    rows = Contact.objects.filter(
        enrollment=enrollment,
        at__gt=details.at - timedelta(minutes=LONGEST),
        at__lt=details.at + timedelta(minutes=details.minutes),
        **alike,
    )
    rows = rows.select_related("client").order_by("at", "id")
    found = [row for row in rows if row.at + timedelta(minutes=row.minutes) > details.at]
    access.note(row.client_id for row in found)
    return found
