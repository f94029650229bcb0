"""Who may record, plan and decide in an enrollment."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from openmission.clients.models import CareTeamMember
from openmission.clients.policies import charts_in_reach
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import ALLOWED, Decision, denied
from openmission.staff.roles import CARE


def served_enrollments(viewer: Actor, at: datetime) -> QuerySet[Enrollment]:
    """Active enrollments with the chart in the viewer's reach."""
    return Enrollment.objects.filter(
        client_id__in=charts_in_reach(viewer, at).values("id"), state=Enrollment.State.ACTIVE
    )


def can_log_contact(actor: Actor, enrollment: Enrollment, at: datetime) -> Decision:
    """Whoever has the chart in reach records in it; a note on a discharged enrollment still counts as after-care."""
    if actor.is_system or charts_in_reach(actor, at).filter(id=enrollment.client_id).exists():
        return ALLOWED
    if not actor.has(*CARE):
        return denied(_("Contacts are recorded by case managers, peers and supervisors."))
    return denied(_("This client is served by colleagues. Ask for cover, or use emergency access with a reason."))


def can_plan(actor: Actor, enrollment: Enrollment, at: datetime) -> Decision:
    """Appointments, putting off, handing on, reviews, discharge: the chart in reach and the enrollment active."""
    if enrollment.state != Enrollment.State.ACTIVE:
        return denied(_("This enrollment has ended."))
    return can_log_contact(actor, enrollment, at)


def care_roles(enrollment_id: UUID) -> dict[UUID, str]:
    """The care team now: {user id: role}."""
    rows = CareTeamMember.objects.filter(enrollment_id=enrollment_id, until=None)
    return dict(rows.values_list("user_id", "role"))
