"""Who could have taken part in a contact: the viewer, the partner one tap away, then the team."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from openmission.care.selectors.whom import Whom
from openmission.kernel.actors import Actor
from openmission.staff.roles import CARE
from openmission.staff.selectors import colleagues


@dataclass(frozen=True, slots=True)
class Participant:
    """`near`: oneself, or on the care team. `chosen`: took part."""

    id: UUID
    name: str
    near: bool
    chosen: bool


def participants(
    viewer: Actor, whoms: list[Whom], *, chosen: set[str], at: datetime, there: dict[UUID, str] | None = None
) -> list[Participant]:
    """The people of the clients' teams and of the viewer's, oneself first, then the care team and who was `there`."""
    there = there or {}
    teams = frozenset(whom.enrollment.team_id for whom in whoms) | viewer.teams(*CARE)
    near = {viewer.id} | {member.user_id for whom in whoms for member in whom.team} | set(there)
    found = {c.id: c.name for c in colleagues(viewer, team_ids=teams, on=timezone.localdate(at), roles=CARE)}
    found |= {member.user_id: member.name for whom in whoms for member in whom.team}
    found |= there | ({viewer.id: viewer.name} if viewer.id else {})
    rows = [Participant(id, name, id in near, str(id) in chosen) for id, name in found.items()]
    return sorted(rows, key=lambda row: (row.id != viewer.id, not row.near, row.name))
