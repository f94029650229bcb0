"""Hears who stops working in a team: their places in its care teams end with it."""

from datetime import datetime

from openmission.clients.services.care_teams import leave_care_teams
from openmission.kernel.actors import Actor
from openmission.kernel.events import subscribe
from openmission.staff.events import RoleEnded, StaffClosed


def leave_team(event: RoleEnded, by: Actor, at: datetime) -> None:
    leave_care_teams(user_id=event.user_id, role=event.role, team_id=event.team_id, by=by, at=at)


def leave_all(event: StaffClosed, by: Actor, at: datetime) -> None:
    leave_care_teams(user_id=event.user_id, by=by, at=at)


subscribe(RoleEnded, leave_team)
subscribe(StaffClosed, leave_all)
