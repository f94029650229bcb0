"""Reading accounts, teams and cover."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from openmission.kernel.actors import Actor
from openmission.kernel.decisions import Decision, require
from openmission.kernel.errors import NotFound
from openmission.kernel.kept import kept
from openmission.staff.models import Agency, Cover, StaffRole, Team, User
from openmission.staff.policies import can_administer, can_arrange_cover
from openmission.staff.roles import CARE


@dataclass(frozen=True)
class Colleague:
    """One person as shown in lists and choices."""

    id: UUID
    name: str
    roles: tuple[str, ...]


def colleagues(viewer: Actor, *, team_ids: frozenset[UUID], on: date, roles: tuple[str, ...] = ()) -> list[Colleague]:
    """Active people with a seat in any of the teams (and, when given, in any of the roles), by name."""
    people: dict[tuple[str, UUID], set[str]] = {}
    for name, user_id, role in _seats(team_ids, on, roles):
        people.setdefault((name, user_id), set()).add(role)
    return [Colleague(user_id, name, tuple(sorted(roles))) for (name, user_id), roles in sorted(people.items())]


@kept
def _seats(team_ids: frozenset[UUID], on: date, roles: tuple[str, ...]) -> QuerySet[StaffRole, tuple[str, UUID, str]]:
    held = StaffRole.objects.filter(team_id__in=team_ids, user__is_active=True, starts_on__lte=on)
    held = held.filter(Q(ends_on=None) | Q(ends_on__gte=on))
    if roles:
        held = held.filter(role__in=roles)
    return held.values_list("user__name", "user_id", "role")


def names(viewer: Actor, user_ids: frozenset[UUID]) -> dict[UUID, str]:
    """Names of colleagues by id, closed accounts too: history stays readable."""
    return dict(User.objects.filter(id__in=user_ids).values_list("id", "name"))


def users(viewer: Actor, ids: set[UUID]) -> dict[UUID, User]:
    """Colleagues by id, to name them to a service."""
    return User.objects.select_related("agency").in_bulk(ids)


def teams(viewer: Actor, *, ids: frozenset[UUID] | None = None) -> list[Team]:
    """All teams by name, or those with the given ids."""
    rows = Team.objects.order_by("name")
    return list(rows if ids is None else rows.filter(id__in=ids))


def team_sizes(viewer: Actor) -> list[tuple[Team, int]]:
    """All teams by name, each with the number of people who hold a role in it."""
    people = Count("roles__user", filter=Q(roles__ends_on=None, roles__user__is_active=True), distinct=True)
    return [(team, team.people) for team in Team.objects.annotate(people=people).order_by("name")]


def agency(viewer: Actor) -> Agency:
    """The agency of this installation. Raises `NotFound` before set-up."""
    found = Agency.objects.first()
    if found is None:
        raise NotFound(_("This installation has no agency yet."))
    return found


@dataclass(frozen=True)
class Held:
    """A role that runs: since when, in which team (empty: the whole agency)."""

    id: UUID
    role: str
    team: str
    starts_on: date


@dataclass(frozen=True)
class Account:
    """One person's account as the administrator sees it."""

    user: User
    roles: list[Held]


def accounts(viewer: Actor) -> list[Account]:
    """Every account with the roles it holds, open ones first, then by name. Raises `Refused`."""
    require(can_administer(viewer))
    return [_account(user) for user in _users().order_by("-is_active", "name")]


def account(viewer: Actor, id: UUID) -> Account:
    """One account. Raises `NotFound`, `Refused`."""
    require(can_administer(viewer))
    user = _users().filter(id=id).first()
    if user is None:
        raise NotFound(_("There is no such account."))
    return _account(user)


def held_role(viewer: Actor, id: UUID) -> StaffRole:
    """A role that somebody holds, to end it. Raises `NotFound`, `Refused`."""
    require(can_administer(viewer))
    held = StaffRole.objects.select_related("user__agency", "team").filter(id=id).first()
    if held is None:
        raise NotFound(_("There is no such role."))
    return held


def own_roles(viewer: Actor) -> list[Held]:
    """The viewer's own roles that run."""
    return _account(_users().get(id=viewer.id)).roles


def everybody(viewer: Actor) -> list[Colleague]:
    """Every colleague by name, closed accounts too: history names them."""
    return [Colleague(id, name, ()) for name, id in User.objects.order_by("name").values_list("name", "id")]


def _users() -> QuerySet[User]:
    open_roles = StaffRole.objects.filter(ends_on=None).select_related("team").order_by("starts_on", "id")
    return User.objects.select_related("agency").prefetch_related(Prefetch("roles", open_roles))


def _account(user: User) -> Account:
    held = [Held(row.id, row.role, row.team.name if row.team else "", row.starts_on) for row in user.roles.all()]
    return Account(user, held)


@dataclass(frozen=True)
class CoverLine:
    """Cover as shown in a list: whether it runs today (else it is to come), whether the viewer may end it. The reason
    is for who may end it and who covers.
    """

    cover: Cover
    runs: bool
    may_end: Decision
    reason: str


def running_covers(viewer: Actor, *, on: date) -> list[Cover]:
    """Cover that the viewer gives on the day."""
    rows = Cover.objects.filter(covering_id=viewer.id, starts_on__lte=on, ends_on__gte=on, ended_at=None)
    return list(rows.select_related("absent").order_by("ends_on"))


def covers(viewer: Actor, *, on: date) -> list[CoverLine]:
    """Cover that runs or is to come, of oneself and of people in one's teams."""
    near = StaffRole.objects.filter(team_id__in=viewer.teams(*CARE), role__in=CARE, ends_on=None)
    rows = Cover.objects.filter(ends_on__gte=on, ended_at=None).filter(
        Q(absent_id=viewer.id) | Q(covering_id=viewer.id) | Q(absent_id__in=near.values("user_id"))
    )
    found = list(rows.select_related("absent__agency", "covering").order_by("starts_on", "id"))
    teams: dict[UUID, set[UUID]] = {}
    held = StaffRole.objects.filter(user_id__in={cover.absent_id for cover in found}, role__in=CARE, ends_on=None)
    for user_id, team_id in held.values_list("user_id", "team_id"):
        teams.setdefault(user_id, set()).add(team_id)
    return [_cover_line(viewer, cover, frozenset(teams.get(cover.absent_id, ())), on) for cover in found]


def _cover_line(viewer: Actor, cover: Cover, teams: frozenset[UUID], on: date) -> CoverLine:
    may_end = can_arrange_cover(viewer, absent_id=cover.absent_id, absent_teams=teams)
    reason = cover.reason if may_end or cover.covering_id == viewer.id else ""
    return CoverLine(cover, cover.starts_on <= on, may_end, reason)


def running_cover(viewer: Actor, id: UUID, *, on: date) -> Cover:
    """One of `covers`, to end it. Raises `NotFound`."""
    found = next((line.cover for line in covers(viewer, on=on) if line.cover.id == id), None)
    if found is None:
        raise NotFound(_("That cover has ended already, or it is not in your team."))
    return found
