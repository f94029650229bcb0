"""Reading accounts, teams and cover."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import NotFound
from openmission.staff.models import Agency, Cover, StaffRole, Team, User
from openmission.staff.policies import can_administer


@dataclass(frozen=True)
class Colleague:
    """One person as shown in lists and choices."""

    id: UUID
    name: str
    roles: tuple[str, ...]


def colleagues(viewer: Actor, *, team_ids: frozenset[UUID], on: date, roles: tuple[str, ...] = ()) -> list[Colleague]:
    """Active people with a seat in any of the teams (and, when given, in any of the roles), by name."""
    held = StaffRole.objects.filter(team_id__in=team_ids, user__is_active=True, starts_on__lte=on)
    held = held.filter(Q(ends_on=None) | Q(ends_on__gte=on))
    if roles:
        held = held.filter(role__in=roles)
    people: dict[tuple[str, UUID], set[str]] = {}
    for name, user_id, role in held.values_list("user__name", "user_id", "role"):
        people.setdefault((name, user_id), set()).add(role)
    return [Colleague(user_id, name, tuple(sorted(roles))) for (name, user_id), roles in sorted(people.items())]


def names(viewer: Actor, user_ids: frozenset[UUID]) -> dict[UUID, str]:
    """Names of colleagues by id, closed accounts too: history stays readable."""
    return dict(User.objects.filter(id__in=user_ids).values_list("id", "name"))


def teams(viewer: Actor, *, ids: frozenset[UUID] | None = None) -> list[Team]:
    """All teams by name, or those with the given ids."""
    rows = Team.objects.order_by("name")
    return list(rows if ids is None else rows.filter(id__in=ids))


def agency(viewer: Actor) -> Agency:
    """The agency of this installation. Raises `NotFound` before set-up."""
    found = Agency.objects.first()
    if found is None:
        raise NotFound("This installation has no agency yet.")
    return found


def accounts(viewer: Actor) -> QuerySet[User]:
    """Every account with its roles, for the administrator. Raises `Refused`."""
    require(can_administer(viewer))
    return User.objects.prefetch_related("roles__team").order_by("-is_active", "name")


def covers(viewer: Actor, *, team_ids: frozenset[UUID], on: date) -> list[Cover]:
    """Cover that runs or is to come, of oneself and of people in the teams."""
    rows = Cover.objects.filter(ends_on__gte=on, ended_at=None).filter(
        Q(absent_id=viewer.id) | Q(covering_id=viewer.id) | Q(absent__roles__team_id__in=team_ids)
    )
    return list(rows.select_related("absent", "covering").distinct().order_by("starts_on"))
