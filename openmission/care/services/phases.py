"""Phase reviews and discharge: no phase ends silently, and the end is an achievement."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.care.events import PhaseReviewed
from openmission.care.models import PhaseReview
from openmission.care.policies import can_plan
from openmission.intake.models import Enrollment, EnrollmentPhase
from openmission.intake.services import enrollments
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError


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
    `ends_on`, or (last phase) `plan` for after. Raises `InvalidReview`, `InvalidPhase`, `Refused`.
    """
    require(can_plan(by, enrollment, at))
    row = _reviewable(enrollment, phase, decision, note, ends_on, at)
    if ends_on and ends_on != row.ends_on:
        enrollments.move_phase_end(enrollment, slug=phase, ends_on=ends_on, by=by, at=at)
    review = PhaseReview.objects.create(
        enrollment=enrollment,
        phase=phase,
        decision=decision,
        ended_on=ends_on or row.ends_on,
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
        ended_on=review.ended_on,
    )
    record(event, by=by, at=at)
    return review


def _reviewable(
    enrollment: Enrollment, phase: str, decision: str, note: str, ends_on: date | None, at: datetime
) -> EnrollmentPhase:
    row = enrollment.phases.filter(slug=phase).first()
    if row is None or decision not in PhaseReview.Decision.values:
        raise InvalidReview(_("This enrollment has no such phase."))
    if not note.strip():
        raise InvalidReview(_("Write down what you and the client saw in this phase."), field="note")
    if decision == PhaseReview.Decision.STAY and (ends_on is None or ends_on <= timezone.localdate(at)):
        raise InvalidReview(_("Choose the day until which the client stays in this phase."), field="ends_on")
    return row


@transaction.atomic
def discharge_client(
    enrollment: Enrollment, *, discharge: str, discharged_on: date, note: str, by: Actor, at: datetime
) -> None:
    """End the enrollment with a word on what was achieved and what comes after. Raises `InvalidReview`, `Refused`."""
    require(can_plan(by, enrollment, at))
    if discharge not in Enrollment.Discharge.values:
        raise InvalidReview(_("Choose how the program ends for this client."), field="discharge")
    if not note.strip():
        raise InvalidReview(_("Write what was achieved and who the client can turn to now."), field="note")
    last = enrollment.phases.order_by("-position").values_list("slug", flat=True)[0]
    review_phase(enrollment, phase=last, decision="plan", note=note, by=by, at=at)
    enrollments.end_enrollment(enrollment, discharge=discharge, discharged_on=discharged_on, by=by, at=at)
