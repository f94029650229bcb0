"""Who sees, makes and leads groups, and who records what happened in them.

Leading a group is a reach of its own, and a narrow one: the leader records the group's sessions for all of its
members, also for those whom a colleague of the team serves, and sees of them the name, the sessions had and whether the
worksheet is ready. Their chart stays closed.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from openmission.care.policies import can_log_contact, can_plan
from openmission.clients.policies import charts_by_duty
from openmission.delivery.models import Group, GroupMember
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import ALLOWED, Decision, denied
from openmission.kernel.kept import kept
from openmission.staff.roles import CARE, SUPERVISOR


def groups_in_reach(viewer: Actor) -> QuerySet[Group]:
    """Groups of the teams in which the viewer gives care."""
    return Group.objects.filter(team_id__in=viewer.teams(*CARE))


def groups_led(viewer: Actor) -> QuerySet[Group]:
    """Those that the viewer, or a colleague they cover, leads, and those of teams that they supervise."""
    led = Q(leaders__user_id__in=viewer.acts_for) | Q(team_id__in=viewer.teams(SUPERVISOR))
    return groups_in_reach(viewer).filter(led).distinct()


def can_make_group(actor: Actor, team_id: object) -> Decision:
    if team_id in actor.teams(*CARE):
        return ALLOWED
    return denied(_("Groups are made by the case managers, peers and supervisors of the team."))


def can_lead_group(actor: Actor, group: Group) -> Decision:
    """Planning, running and recording: who leads it, who covers for one of them, the supervisor of its team."""
    if _led(actor, group.id):
        return ALLOWED
    return denied(_("The group is run by those who lead it, by who covers for them, or by the supervisor."))


@kept
def _led(viewer: Actor, group_id: UUID) -> QuerySet[Group, UUID]:
    return groups_led(viewer).filter(id=group_id).values_list("id", flat=True)


def can_join_group(actor: Actor, group: Group, enrollment: Enrollment, at: datetime) -> Decision:
    """Whoever serves the client brings them into a running group of the client's team."""
    if group.ended_on:
        return denied(_("This group has ended."))
    if enrollment.team_id != group.team_id:
        return denied(_("The group belongs to another team."))
    if not charts_by_duty(actor).filter(id=enrollment.client_id).exists():
        return denied(_("Only who serves the client brings them into a group; emergency access does not."))
    return can_plan(actor, enrollment, at)


def can_leave_group(actor: Actor, member: GroupMember, at: datetime) -> Decision:
    """Who serves the client, or leads the group."""
    if by_group := can_lead_group(actor, member.group):
        return by_group
    if not charts_by_duty(actor).filter(id=member.client_id).exists():
        return denied(_("Only who serves the client, or leads the group, takes them out; emergency access does not."))
    return can_log_contact(actor, member.enrollment, at)
