"""Phase reviews and discharge: no phase ends silently, and the end is an achievement."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.care.events import PhaseReviewed
from openmission.care.models import Appointment, PhaseReview
from openmission.care.policies import can_plan
from openmission.care.selectors.appointments import unrecorded
from openmission.care.services.appointments import cancel_appointment, leave_unrecorded
from openmission.intake.models import Enrollment, EnrollmentPhase
from openmission.intake.selectors.enrollments import lock_enrollment
from openmission.intake.services import enrollments
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError

Decision = PhaseReview.Decision


class InvalidReview(DomainError):
    """A review without a word of why, or of a phase the enrollment does not have."""


@transaction.atomic
def review_phase(
    enrollment: Enrollment,
    *,
    phase: str,
    decision: str,
    note: str,
    by: Actor,
    at: datetime,
    ends_on: date | None = None,
) -> PhaseReview:
    """Review the end of a phase: `move_on` (the next begins on `ends_on`, or as planned), `stay` until a later
    `ends_on`, or (last phase) `plan` for after. Once it is not `stay`, it is done. Raises `InvalidReview`,
    `InvalidPhase`, `Refused`.
    """
    enrollment = lock_enrollment(by, enrollment.id)
    require(can_plan(by, enrollment, at))
    row = _reviewable(enrollment, phase, decision, note, ends_on, at)
    if ends_on and ends_on != row.ends_on:
        enrollments.move_phase_end(enrollment, slug=phase, ends_on=ends_on, by=by, at=at)
    return _write(enrollment, phase, decision, ends_on or row.ends_on, note, by=by, at=at)


def _write(
    enrollment: Enrollment, phase: str, decision: str, ended_on: date, note: str, *, by: Actor, at: datetime
) -> PhaseReview:
    review = PhaseReview.objects.create(
        enrollment=enrollment,
        phase=phase,
        decision=decision,
        ended_on=ended_on,
        note=note.strip(),
        at=at,
        by_id=by.id,
        by_name=by.name,
    )
    event = PhaseReviewed(
        client_id=enrollment.client_id,
        enrollment_id=enrollment.id,
        phase=phase,
        decision=decision,
        ended_on=ended_on,
    )
    record(event, by=by, at=at)
    return review


def _reviewable(
    enrollment: Enrollment, phase: str, decision: str, note: str, ends_on: date | None, at: datetime
) -> EnrollmentPhase:
    rows = list(enrollment.phases.order_by("position"))
    row = next((row for row in rows if row.slug == phase), None)
    if row is None:
        raise InvalidReview(_("This enrollment has no such phase."))
    fitting = {Decision.STAY, Decision.PLAN if row == rows[-1] else Decision.MOVE_ON}
    if decision not in fitting:
        raise InvalidReview(_("Choose what comes next."), field="decision")
    if PhaseReview.objects.filter(enrollment=enrollment, phase=phase).exclude(decision=Decision.STAY).exists():
        raise InvalidReview(_("Somebody has looked back on this phase already. Have a look before you add to it."))
    if not note.strip():
        raise InvalidReview(_("Write down what you and the client saw in this phase."), field="note")
    if decision == Decision.STAY and (ends_on is None or ends_on <= max(row.ends_on, timezone.localdate(at))):
        raise InvalidReview(_("Choose a later day for what comes next."), field="ends_on")
    return row


@transaction.atomic
def discharge_client(
    enrollment: Enrollment,
    *,
    discharge: str,
    discharged_on: date,
    note: str,
    by: Actor,
    at: datetime,
    leave_open: bool = False,
) -> None:
    """End the enrollment with a word on what was achieved and what comes after; appointments to come are cancelled.

    Those of the past without a record are recorded first, or (`leave_open`) stay not recorded: nothing stays planned.
    Safety steps are closed first.
    Raises `InvalidReview`, `InvalidEnrollment`, `Refused`.
    """
    enrollment = lock_enrollment(by, enrollment.id)
    require(can_plan(by, enrollment, at))
    if discharge not in Enrollment.Discharge.values:
        raise InvalidReview(_("Choose how the program ends for this client."), field="discharge")
    if not note.strip():
        raise InvalidReview(_("Write what was achieved and who the client can turn to now."), field="note")
    if enrollment.concerns.filter(closed_at=None).exists():
        raise InvalidReview(_("The safety steps of this client are open. Take them first, and close them."))
    past = unrecorded(by, enrollment.id, at=at)
    if past and not leave_open:
        raise InvalidReview(_("Record what became of the appointments first, or leave them."), field="leave_open")
    last = enrollment.phases.order_by("-position").values_list("slug", flat=True)[0]
    _write(enrollment, last, Decision.PLAN, discharged_on, note, by=by, at=at)
    for appointment in past:
        leave_unrecorded(appointment, by=by, at=at)
    for appointment in enrollment.appointments.filter(state=Appointment.State.PLANNED):
        cancel_appointment(appointment, reason=_("The program has ended."), by=by, at=at)
    enrollments.end_enrollment(enrollment, discharge=discharge, discharged_on=discharged_on, by=by, at=at)
