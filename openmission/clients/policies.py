"""Who may reach whom. The only place that narrows lists of clients.

Two reaches: the *chart* (care team, supervisor of the client's team, cover, break-glass) and the *intake* pages
(the team's intake worker and supervisor, and for people still at the door the team's case managers too).
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from openmission.clients.models import BreakGlass, CareTeamMember, Client, ClientTeam
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import ALLOWED, Decision, denied
from openmission.staff.roles import CARE, CASE_MANAGER, INTAKE, INTAKE_WORKER, PRIVACY_OFFICER, SUPERVISOR


def memberships(viewer: Actor) -> QuerySet[CareTeamMember]:
    """Where the viewer, or a colleague whom they cover, is on the care team: only in the teams in which the viewer
    gives care today. A place ends with the role in the team too (`clients.handlers`); a place without the role opens
    nothing.
    """
    near = ClientTeam.objects.filter(team_id__in=viewer.teams(*CARE), because=ClientTeam.Because.ENROLLMENT, until=None)
    return CareTeamMember.objects.filter(
        user_id__in=viewer.acts_for, enrollment_id__in=near.values("source_id"), until=None
    )


Ids = QuerySet[Any, Any]
"""Ids of clients, as a subquery."""


def _clients(ids: list[Ids]) -> QuerySet[Client]:
    """Clients that are in any of the lists: a union, so that the database looks at the few, not at everybody."""
    first, *others = ids or [Client.objects.none().values("id")]
    return Client.objects.filter(id__in=first.union(*others) if others else first)


def _by_duty(viewer: Actor) -> list[Ids]:
    if not viewer.has(*CARE):
        return []
    led = viewer.teams(SUPERVISOR)
    theirs = ClientTeam.objects.filter(team_id__in=led, because=ClientTeam.Because.ENROLLMENT, until=None)
    return [memberships(viewer).values("client_id"), *([theirs.values("client_id")] if led else [])]


def _charts(viewer: Actor, at: datetime) -> list[Ids]:
    if not viewer.has(*CARE):
        return []
    broken = BreakGlass.objects.filter(user_id=viewer.id, expires_at__gt=at)
    return [*_by_duty(viewer), broken.values("client_id")]


def _intake(viewer: Actor) -> list[Ids]:
    if not viewer.has(*INTAKE):
        return []
    doors = ClientTeam.objects.filter(until=None).filter(
        Q(team_id__in=viewer.teams(INTAKE_WORKER, SUPERVISOR))
        | Q(team_id__in=viewer.teams(CASE_MANAGER), because=ClientTeam.Because.REFERRAL)
    )
    return [doors.values("client_id"), memberships(viewer).values("client_id")]


def charts_by_duty(viewer: Actor) -> QuerySet[Client]:
    """Clients whose chart is the viewer's daily work: care team, cover, supervisor of the client's team."""
    return _clients(_by_duty(viewer))


def charts_in_reach(viewer: Actor, at: datetime) -> QuerySet[Client]:
    """Clients whose chart the viewer may open now: by duty, or for some hours by emergency access."""
    return _clients(_charts(viewer, at))


def intake_in_reach(viewer: Actor, at: datetime) -> QuerySet[Client]:
    """Clients whose intake pages (referral, screening, enrollment) the viewer may open now."""
    return _clients(_intake(viewer))


def anyone_in_reach(viewer: Actor, at: datetime) -> QuerySet[Client]:
    """Clients the viewer may find by search: either reach."""
    return _clients([*_charts(viewer, at), *_intake(viewer)])


def can_create_client(actor: Actor) -> Decision:
    if actor.is_system or actor.has(*INTAKE):
        return ALLOWED
    return denied(_("Intake workers, case managers and supervisors add new people."))


def can_change_client(actor: Actor, client: Client, at: datetime) -> Decision:
    """Names, phones and how to reach: whoever reaches the client."""
    if actor.is_system or anyone_in_reach(actor, at).filter(id=client.id).exists():
        return ALLOWED
    return denied(_("This person is not served by you or your team."))


def can_break_glass(actor: Actor) -> Decision:
    """Care workers may open a chart out of reach in an emergency; the reason is reviewed."""
    if actor.has(*CARE):
        return ALLOWED
    return denied(_("Emergency access is for people who give care."))


def can_review_break_glass(actor: Actor, taken_by: UUID | None = None) -> Decision:
    """The privacy officer; never the one who took the access."""
    if not actor.has(PRIVACY_OFFICER):
        return denied(_("The privacy officer reviews emergency access."))
    if actor.id == taken_by:
        return denied(_("Somebody else reviews your own emergency access."))
    return ALLOWED
