"""Appointments: made, moved, cancelled, closed by a contact."""

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.care.details import LONGEST, became, component_fault
from openmission.care.events import AppointmentCancelled, AppointmentLeftUnrecorded, AppointmentMade, AppointmentMoved
from openmission.care.models import Appointment, AppointmentStaff, Contact
from openmission.care.models.contact import Mode, Place
from openmission.care.policies import can_plan
from openmission.care.selectors.appointments import lock_appointment
from openmission.care.selectors.clashes import Clash, clashes
from openmission.care.selectors.contacts import roles_of
from openmission.intake.models import Enrollment
from openmission.intake.selectors.enrollments import lock_enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.days import short_time
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError
from openmission.kernel.ids import new_id
from openmission.kernel.rows import said_before
from openmission.programs.selectors import program as read_program


class InvalidAppointment(DomainError):
    """A moment that cannot be right, or no word of why."""


class AskedFirst(DomainError):
    """There is something at that time (`found`). Who knows of all of it may save all the same."""

    def __init__(self, found: Sequence[Clash | Contact], text: str, *, field: str):
        self.found = found
        super().__init__(text, field=field)


class AlreadyPlanned(AskedFirst):
    """The client or a worker has something at that time."""

    def __init__(self, found: list[Clash]):
        said = "; ".join(map(_clash_words, found))
        text = _("Planned for the same time: %(what)s. Save again to plan it all the same, or choose another time.")
        super().__init__(found, text % {"what": said}, field="next_day")


class PlannedOtherwise(DomainError):
    """The same form planned `appointment` before and asks for something else now."""

    def __init__(self, appointment: Appointment, *, field: str, with_contact: bool):
        self.appointment = appointment
        where = f", {appointment.get_place_display()}" if appointment.place else ""
        what = f"{short_time(appointment.at)} · {appointment.get_mode_display()}{where}"
        text = _("A time is planned already: %(what)s. Open the appointment to move or cancel it.") % {"what": what}
        if appointment.state != Appointment.State.PLANNED:
            text = became(appointment)
        if with_contact:
            text += " " + _("To save only the contact, choose “Not now” and no day.")
        super().__init__(text, field=field)


def _clash_words(clash: Clash) -> str:
    """`Tue 24 Nov, 10:00, Mae T. (Ana Ruiz)`"""
    words = f"{short_time(clash.at)}, {clash.client or _('another client')}"
    return f"{words} ({', '.join(clash.staff)})" if clash.staff else words


@dataclass(frozen=True)
class NewAppointment:
    """When, how, where, about what (empty: not said), with whom (`staff_ids` empty: who makes it). `knowing`: the
    appointments at the same time that the person was told of (None: nobody is asked).
    """

    at: datetime
    mode: str = Mode.IN_PERSON
    place: str = Place.OFFICE
    component: str = ""
    minutes: int = 45
    staff_ids: tuple[UUID, ...] = ()
    knowing: frozenset[UUID] | None = None


@transaction.atomic
def make_appointment(
    enrollment: Enrollment,
    *,
    details: NewAppointment,
    by: Actor,
    at: datetime,
    id: UUID | None = None,
    with_contact: bool = False,
) -> Appointment:
    """Plan a contact. A retry with the same id is one row. `with_contact`: how and where are those of the contact it is
    made with, only the moment was chosen. Raises `InvalidAppointment`, `InvalidContact` (what it is about, who goes),
    `AlreadyPlanned`, `PlannedOtherwise`, `IdTaken`, `Refused`.
    """
    enrollment = lock_enrollment(by, enrollment.id)
    require(can_plan(by, enrollment, at))
    if existing := said_before(Appointment, id, enrollment_id=enrollment.id, made_by=by.id):
        _check_same(existing, details, with_contact)
        return existing
    _check(details, read_program(by, enrollment.program_version_id).components, at)
    staff = roles_of(by, enrollment, details.staff_ids)
    _ask(enrollment, details, staff, by, at)
    appointment = Appointment.objects.create(
        id=id or new_id(),
        enrollment=enrollment,
        client_id=enrollment.client_id,
        made_at=at,
        made_by=by.id,
        **{name: getattr(details, name) for name in ("at", "minutes", "mode", "place", "component")},
    )
    AppointmentStaff.objects.bulk_create(AppointmentStaff(appointment=appointment, user_id=u) for u in staff)
    event = AppointmentMade(
        client_id=enrollment.client_id,
        appointment_id=appointment.id,
        enrollment_id=enrollment.id,
        starts_at=details.at,
    )
    record(event, by=by, at=at)
    return appointment


def _check_same(existing: Appointment, details: NewAppointment, with_contact: bool) -> None:
    """Raise `PlannedOtherwise` where the form asks for something else than what it planned the first time."""
    chosen = {"at": "next_day"} if with_contact else {"at": "next_day", "mode": "mode", "place": "place"}
    for name, field in chosen.items():
        if getattr(existing, name) != getattr(details, name):
            raise PlannedOtherwise(existing, field=field, with_contact=with_contact)


def _ask(enrollment: Enrollment, details: NewAppointment, staff_ids: Collection[UUID], by: Actor, at: datetime) -> None:
    """Raise `AlreadyPlanned` for what is planned at the same time, unless the person knows of all of it."""
    if details.knowing is None:
        return
    found = clashes(by, enrollment, starts_at=details.at, minutes=details.minutes, staff_ids=staff_ids, at=at)
    if not {clash.id for clash in found} <= details.knowing:
        raise AlreadyPlanned(found)


def _check(details: NewAppointment, components: Set[str], at: datetime) -> None:
    """Raise `InvalidAppointment` for what cannot be right."""
    if not at - timedelta(minutes=5) <= details.at <= at + timedelta(days=400):
        raise InvalidAppointment(_("Choose a time from now to a year from now."), field="next_day")
    if not 1 <= details.minutes <= LONGEST:
        raise InvalidAppointment(_("From 1 to %(most)d minutes.") % {"most": LONGEST}, field="minutes")
    if details.mode not in Mode.values:
        raise InvalidAppointment(_("Choose one."), field="mode")
    if details.place and details.place not in Place.values:
        raise InvalidAppointment(_("Choose one."), field="place")
    fault = component_fault(details.component, components) if details.component else None
    if fault:
        raise fault


@transaction.atomic
def move_appointment(
    appointment: Appointment,
    *,
    to: datetime,
    reason: str,
    by: Actor,
    at: datetime,
    knowing: frozenset[UUID] | None = None,
) -> Appointment:
    """Move an appointment: the old one closes with the reason, a new one opens. `knowing`: as for a new one. Raises as
    making and cancelling do.
    """
    require(can_plan(by, lock_enrollment(by, appointment.enrollment_id), at))
    _check_reason(reason, _("Say in a few words why it is moved."))
    current = lock_appointment(by, appointment.id)
    staff_ids = tuple(current.staff.values_list("user_id", flat=True))
    details = NewAppointment(to, current.mode, current.place, current.component, current.minutes, staff_ids, knowing)
    _close(current, state=Appointment.State.MOVED, reason=reason, at=at)
    again = make_appointment(current.enrollment, details=details, by=by, at=at)
    event = AppointmentMoved(
        client_id=current.client_id, appointment_id=again.id, enrollment_id=current.enrollment_id, starts_at=to
    )
    record(event, by=by, at=at)
    return again


@transaction.atomic
def cancel_appointment(appointment: Appointment, *, reason: str, by: Actor, at: datetime) -> None:
    """Cancel with a word of why. Raises `InvalidAppointment`, `AppointmentClosed`, `Refused`."""
    require(can_plan(by, lock_enrollment(by, appointment.enrollment_id), at))
    _check_reason(reason, _("Say in a few words why it is cancelled."))
    current = lock_appointment(by, appointment.id)
    _close(current, state=Appointment.State.CANCELLED, reason=reason, at=at)
    event = AppointmentCancelled(
        client_id=current.client_id, appointment_id=current.id, enrollment_id=current.enrollment_id
    )
    record(event, by=by, at=at)


@transaction.atomic
def leave_unrecorded(appointment: Appointment, *, by: Actor, at: datetime) -> None:
    """Close an appointment whose time has passed as not recorded. Raises `AppointmentClosed`, `Refused`."""
    require(can_plan(by, lock_enrollment(by, appointment.enrollment_id), at))
    current = lock_appointment(by, appointment.id)
    _close(current, state=Appointment.State.UNRECORDED, reason="", at=at)
    event = AppointmentLeftUnrecorded(
        client_id=current.client_id, appointment_id=current.id, enrollment_id=current.enrollment_id
    )
    record(event, by=by, at=at)


def _check_reason(reason: str, text: str) -> None:
    if not reason.strip():
        raise InvalidAppointment(text, field="reason")


def _close(appointment: Appointment, *, state: str, reason: str, at: datetime) -> None:
    appointment.state, appointment.closed_at, appointment.closed_reason = state, at, reason.strip()
    appointment.save(update_fields=["state", "closed_at", "closed_reason"])
