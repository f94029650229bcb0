"""Enrollment: start, pair, phases, discharge."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.clients.selectors import care_teams as care_teams_of
from openmission.clients.services import care_teams
from openmission.intake.events import ClientDischarged, ClientEnrolled, PhaseMoved
from openmission.intake.models import Enrollment, EnrollmentPhase, Referral
from openmission.intake.policies import can_assign_pair, can_enroll, can_serve_enrollment
from openmission.intake.rules import ReferralState
from openmission.intake.selectors.enrollments import lock_enrollment
from openmission.intake.selectors.referrals import check_may_move, lock_referral
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError
from openmission.kernel.ids import new_id
from openmission.kernel.rows import said_before
from openmission.programs.rules import PhaseSpan, Program, phase_boundaries
from openmission.programs.selectors import program as read_program
from openmission.staff.models import StaffRole, User


class AlreadyEnrolled(DomainError):
    """One active enrollment in one program."""


class InvalidEnrollment(DomainError):
    """A format the program does not have, or a day that cannot be right."""


class InvalidPair(DomainError):
    """A pair member who does not hold that role in the client's team."""


class InvalidPhase(DomainError):
    """A boundary that leaves a phase without a day."""


class AlreadyDischarged(DomainError):
    """The enrollment has ended."""


@transaction.atomic
def enroll_client(
    referral: Referral, *, months: int, starts_on: date, by: Actor, at: datetime, id: UUID | None = None
) -> Enrollment:
    """Enroll a screened person in the program version that found them eligible. A retry with the same id is one row.

    The person stays at the team's door until a pair serves them, so that whoever enrolls can finish the first day.
    Raises `AlreadyEnrolled`, `InvalidEnrollment`, `WrongState`, `IdTaken`, `Refused`.
    """
    current = lock_referral(by, referral.id)
    if existing := said_before(Enrollment, id, referral_id=referral.id, enrolled_by=by.id):
        return existing
    require(can_enroll(by, current))
    program = read_program(by, current.screening.program_version_id)
    _check_new(current, program, months, starts_on, by, at)
    spans = phase_boundaries(starts_on, months, program)
    enrollment = Enrollment.objects.create(
        id=id or new_id(),
        client_id=current.client_id,
        team_id=current.team_id,
        program_version_id=current.screening.program_version_id,
        referral=current,
        months=months,
        starts_on=starts_on,
        ends_on=spans[-1].ends_on,
        enrolled_at=at,
        enrolled_by=by.id,
    )
    _write_phases(enrollment, spans)
    Referral.objects.filter(id=current.id).update(state=ReferralState.ENROLLED)
    _take_in(enrollment, by=by, at=at)
    event = ClientEnrolled(
        client_id=current.client_id,
        enrollment_id=enrollment.id,
        program=program.title.en,
        months=months,
        starts_on=starts_on,
        team_id=current.team_id,
    )
    record(event, by=by, at=at)
    return enrollment


def _write_phases(enrollment: Enrollment, spans: tuple[PhaseSpan, ...]) -> None:
    EnrollmentPhase.objects.bulk_create(
        EnrollmentPhase(enrollment=enrollment, position=n, slug=s.phase, starts_on=s.starts_on, ends_on=s.ends_on)
        for n, s in enumerate(spans)
    )


def _check_new(referral: Referral, program: Program, months: int, starts_on: date, by: Actor, at: datetime) -> None:
    check_may_move(by, referral, ReferralState.ENROLLED)
    if months not in {form.months for form in program.formats}:
        raise InvalidEnrollment(_("The program does not come in that length."), field="months")
    if abs((starts_on - referral.team.agency.day_of(at)).days) > 366:
        raise InvalidEnrollment(_("Check the first day: it is more than a year away."), field="starts_on")
    standing = Enrollment.objects.filter(client_id=referral.client_id, program_version__slug=program.slug)
    if referral.state == ReferralState.ENROLLED or standing.filter(state="active").exists():
        raise AlreadyEnrolled(_("This client is enrolled in this program already."))


@transaction.atomic
def assign_pair(enrollment: Enrollment, *, pair: dict[str, User], by: Actor, at: datetime) -> None:
    """Give the client the workers, one for each role named; a whole pair takes the person in from the team's door.

    Raises `InvalidPair`, `AlreadyDischarged`, `Refused`.
    """
    enrollment = lock_enrollment(by, enrollment.id)
    require(can_assign_pair(by, enrollment))
    if enrollment.state != Enrollment.State.ACTIVE:
        raise AlreadyDischarged(_("This enrollment has ended."))
    for role, user in pair.items():
        held = StaffRole.objects.filter(user=user, team_id=enrollment.team_id, role=role, ends_on=None)
        if not (user.is_active and held.exists()):
            raise InvalidPair(_("%(name)s does not hold that role in this team.") % {"name": user.name}, field=role)
        care_teams.join_care_team(
            client_id=enrollment.client_id, user=user, role=role, enrollment_id=enrollment.id, by=by, at=at
        )
    needed = {member.role for member in read_program(by, enrollment.program_version_id).pair}
    served = {member.role for member in care_teams_of(by, [enrollment.id])[enrollment.id]}
    if needed <= served:
        _leave_door(enrollment, by=by, at=at)


def _take_in(enrollment: Enrollment, *, by: Actor, at: datetime) -> None:
    care_teams.tie_team(
        client_id=enrollment.client_id,
        team_id=enrollment.team_id,
        because="enrollment",
        source_id=enrollment.id,
        by=by,
        at=at,
    )


def _leave_door(enrollment: Enrollment, *, by: Actor, at: datetime) -> None:
    if enrollment.referral_id:
        care_teams.untie_team(because="referral", source_id=enrollment.referral_id, by=by, at=at)


@transaction.atomic
def move_phase_end(enrollment: Enrollment, *, slug: str, ends_on: date, by: Actor, at: datetime) -> None:
    """Move the day on which a phase ends and the next one begins. The caller records why.

    The last phase's end is the end of the program. Raises `InvalidPhase`, `Refused`.
    """
    require(can_serve_enrollment(by, lock_enrollment(by, enrollment.id), at))
    phases = list(enrollment.phases.order_by("position"))
    position = next((n for n, phase in enumerate(phases) if phase.slug == slug), None)
    if position is None:
        raise InvalidPhase(_("This enrollment has no such phase."))
    following = phases[position + 1] if position + 1 < len(phases) else None
    if ends_on <= phases[position].starts_on or (following and ends_on >= following.ends_on):
        raise InvalidPhase(_("Each phase keeps at least one day. Choose another day."), field="ends_on")
    EnrollmentPhase.objects.filter(id=phases[position].id).update(ends_on=ends_on)
    if following:
        EnrollmentPhase.objects.filter(id=following.id).update(starts_on=ends_on)
    else:
        Enrollment.objects.filter(id=enrollment.id).update(ends_on=ends_on)
    event = PhaseMoved(client_id=enrollment.client_id, enrollment_id=enrollment.id, phase=slug, ends_on=ends_on)
    record(event, by=by, at=at)


@transaction.atomic
def end_enrollment(enrollment: Enrollment, *, discharge: str, discharged_on: date, by: Actor, at: datetime) -> None:
    """End an enrollment: the pair's reach ends with it, the supervisor's stays. Raises `AlreadyDischarged`."""
    current = lock_enrollment(by, enrollment.id)
    require(can_serve_enrollment(by, current, at))
    if current.state != Enrollment.State.ACTIVE:
        raise AlreadyDischarged(_("This enrollment has ended already."))
    if not current.starts_on <= discharged_on <= enrollment.team.agency.day_of(at):
        raise InvalidEnrollment(_("The last day lies between the first day and today."), field="discharged_on")
    Enrollment.objects.filter(id=current.id).update(
        state=Enrollment.State.DISCHARGED, discharge=discharge, discharged_on=discharged_on
    )
    event = ClientDischarged(
        client_id=current.client_id, enrollment_id=current.id, discharge=discharge, discharged_on=discharged_on
    )
    record(event, by=by, at=at)
    care_teams.leave_care_team(enrollment_id=current.id, by=by, at=at)
    _leave_door(current, by=by, at=at)
