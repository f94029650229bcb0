"""The client's team and care team: what gives reach."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmission.audit.services import record
from openmission.clients.events import CareTeamJoined, CareTeamLeft, TeamTied, TeamUntied
from openmission.clients.models import CareTeamMember, ClientTeam
from openmission.kernel.actors import Actor
from openmission.staff.models import User


@transaction.atomic
def tie_team(*, client_id: UUID, team_id: UUID, because: str, source_id: UUID, by: Actor, at: datetime) -> ClientTeam:
    """Bring a client to a team for a referral or an enrollment. The caller's policy has been asked already."""
    tie = ClientTeam.objects.create(
        client_id=client_id, team_id=team_id, because=because, source_id=source_id, since=at
    )
    record(TeamTied(client_id=client_id, team_id=team_id, because=because), by=by, at=at)
    return tie


@transaction.atomic
def untie_team(*, because: str, source_id: UUID, by: Actor, at: datetime) -> None:
    """End the tie that a referral or an enrollment made; nothing when it has ended already."""
    tie = ClientTeam.objects.filter(because=because, source_id=source_id, until=None).first()
    if tie:
        ClientTeam.objects.filter(id=tie.id).update(until=at)
        record(TeamUntied(client_id=tie.client_id, team_id=tie.team_id, because=because), by=by, at=at)


@transaction.atomic
def join_care_team(
    *, client_id: UUID, user: User, role: str, enrollment_id: UUID, by: Actor, at: datetime
) -> CareTeamMember:
    """Give a worker the client in a role of one enrollment; who held that role before leaves it."""
    held = CareTeamMember.objects.filter(enrollment_id=enrollment_id, role=role, until=None).first()
    if held and held.user_id == user.id:
        return held
    leave_care_team(enrollment_id=enrollment_id, role=role, by=by, at=at)
    member = CareTeamMember.objects.create(
        client_id=client_id, user=user, role=role, enrollment_id=enrollment_id, since=at
    )
    record(
        CareTeamJoined(
            client_id=client_id, user_id=user.id, user_name=user.name, role=role, enrollment_id=enrollment_id
        ),
        by=by,
        at=at,
    )
    return member


@transaction.atomic
def leave_care_teams(*, user_id: UUID, by: Actor, at: datetime, role: str = "", team_id: UUID | None = None) -> None:
    """End a worker's memberships: those in a role in the clients of a team, or (neither given) all. Who is served by
    nobody then is a line on the supervisor's day.
    """
    members = CareTeamMember.objects.filter(user_id=user_id, until=None)
    if role:
        of_team = ClientTeam.objects.filter(team_id=team_id, because=ClientTeam.Because.ENROLLMENT)
        members = members.filter(role=role, enrollment_id__in=of_team.values("source_id"))
    for enrollment_id, held in members.values_list("enrollment_id", "role"):
        leave_care_team(enrollment_id=enrollment_id, role=held, by=by, at=at)


@transaction.atomic
def leave_care_team(*, enrollment_id: UUID, by: Actor, at: datetime, role: str = "") -> None:
    """End the membership of one role, or (no role given) of everybody in the enrollment."""
    members = CareTeamMember.objects.filter(enrollment_id=enrollment_id, until=None).select_related("user")
    if role:
        members = members.filter(role=role)
    for member in members:
        CareTeamMember.objects.filter(id=member.id).update(until=at)
        record(
            CareTeamLeft(
                client_id=member.client_id,
                user_id=member.user_id,
                user_name=member.user.name,
                role=member.role,
                enrollment_id=enrollment_id,
            ),
            by=by,
            at=at,
        )
