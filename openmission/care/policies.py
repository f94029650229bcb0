"""Who may record, plan, correct and decide in an enrollment."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from openmission.care.models import Contact, Deferral
from openmission.clients.models import BreakGlass, CareTeamMember
from openmission.clients.policies import charts_in_reach, memberships
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import ALLOWED, Decision, denied
from openmission.staff.models import Cover, StaffRole
from openmission.staff.roles import CARE, SUPERVISOR


def readable_enrollments(viewer: Actor, at: datetime) -> QuerySet[Enrollment]:
    """Enrollments whose record the viewer may read: of clients whose chart is in reach, those that they, a colleague
    they cover or their team serve, and all of a client opened in an emergency. Another team's stay withheld.
    """
    mine = memberships(viewer)
    broken = BreakGlass.objects.filter(user_id=viewer.id, expires_at__gt=at)
    return Enrollment.objects.filter(client_id__in=charts_in_reach(viewer, at).values("id")).filter(
        Q(id__in=mine.values("enrollment_id"))
        | Q(team_id__in=viewer.teams(*CARE))
        | Q(client_id__in=broken.values("client_id"))
    )


def served_enrollments(viewer: Actor, at: datetime) -> QuerySet[Enrollment]:
    """The active ones of them."""
    return readable_enrollments(viewer, at).filter(state=Enrollment.State.ACTIVE)


def can_log_contact(actor: Actor, enrollment: Enrollment, at: datetime) -> Decision:
    """Whoever may read the record writes in it; a note on a discharged enrollment still counts as after-care."""
    if actor.is_system or readable_enrollments(actor, at).filter(id=enrollment.id).exists():
        return ALLOWED
    if not actor.has(*CARE):
        return denied(_("Contacts are recorded by case managers, peers and supervisors."))
    return denied(_("This client is served by colleagues. Ask for cover, or use emergency access with a reason."))


def can_plan(actor: Actor, enrollment: Enrollment, at: datetime) -> Decision:
    """Appointments, putting off, handing on, reviews, discharge: the chart in reach and the enrollment active."""
    if enrollment.state != Enrollment.State.ACTIVE:
        return denied(_("This enrollment has ended."))
    return can_log_contact(actor, enrollment, at)


def can_correct_contact(actor: Actor, contact: Contact, at: datetime) -> Decision:
    """Who recorded it or took part in it; the team's supervisor any. The same people withdraw it."""
    if contact.withdrawn_at:
        return denied(_("This contact was withdrawn. It stays as it is."))
    theirs = contact.recorded_by == actor.id or contact.staff.filter(user_id=actor.id).exists()
    if not theirs and contact.enrollment.team_id not in actor.teams(SUPERVISOR):
        return denied(_("A contact is corrected by who recorded it or took part in it, or by the supervisor."))
    return can_log_contact(actor, contact.enrollment, at)


def can_write_handover(actor: Actor, cover: Cover, enrollment: Enrollment, at: datetime) -> Decision:
    """The colleague who will be away, or the team's supervisor, for clients whom that colleague serves."""
    if actor.id != cover.absent_id and enrollment.team_id not in actor.teams(SUPERVISOR):
        return denied(_("The notes are written by the colleague who will be away, or by the supervisor."))
    if cover.absent_id not in care_roles(enrollment.id):
        return denied(_("This client is not served by the colleague who will be away."))
    return can_plan(actor, enrollment, at)


def care_roles(enrollment_id: UUID) -> dict[UUID, str]:
    """The care team now: {user id: role}."""
    rows = CareTeamMember.objects.filter(enrollment_id=enrollment_id, until=None)
    return dict(rows.values_list("user_id", "role"))


def handed_to_who_serves(on: date) -> QuerySet[Deferral]:
    """Deferrals handed to a colleague who serves the client on the day: as supervisor of the team, or giving care in it
    and on the care team or covering one of it. As `memberships` for a viewer.
    """
    to, places = OuterRef("to_user_id"), CareTeamMember.objects.filter(until=None)
    seats = StaffRole.objects.filter(user=to, team=OuterRef("enrollment__team_id"), starts_on__lte=on)
    held = seats.filter(Q(ends_on=None) | Q(ends_on__gte=on), user__is_active=True)
    served = places.filter(enrollment_id=OuterRef(OuterRef("enrollment_id")))
    covers = running_covers(served.values("user_id"), on).filter(covering=to)
    mine = places.filter(enrollment_id=OuterRef("enrollment_id"), user=to)
    giving_care = Exists(held.filter(role__in=CARE)) & (Exists(mine) | Exists(covers))
    return Deferral.objects.filter(Exists(held.filter(role=SUPERVISOR)) | giving_care)


def running_covers(absent_ids: Iterable[UUID] | QuerySet[Any, Any], on: date) -> QuerySet[Cover]:
    """Cover that runs on the day for any of these colleagues."""
    return Cover.objects.filter(absent_id__in=absent_ids, starts_on__lte=on, ends_on__gte=on, ended_at=None)
