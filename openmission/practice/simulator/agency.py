"""The agency, its people, and the clock of the simulator."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings

from openmission.kernel.actors import SYSTEM, Actor
from openmission.practice.rules.cast import PASSWORD, Life, Worker
from openmission.programs.models import ProgramVersion
from openmission.programs.rules import Program
from openmission.programs.selectors import latest_programs
from openmission.staff.models import Agency, Team, User
from openmission.staff.roles import ROLES
from openmission.staff.services import accounts, agencies
from openmission.staff.viewers import actor_for

NAME = "Practice Agency"
OPEN_DAYS = 260


@dataclass
class Practice:
    """The agency while it is being filled: who is who (by key), and how days become moments."""

    agency: Agency
    today: date
    seed: int
    programs: dict[str, tuple[ProgramVersion, Program]]
    teams: dict[str, Team] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)

    def moment(self, day: date, hour: int, minute: int = 0) -> datetime:
        """The agency's own time."""
        return datetime.combine(day, time(hour, minute), ZoneInfo(self.agency.time_zone))

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def chance(self, life: Life) -> Random:
        """Each life has its own chance, so that a change in one leaves the others as they are."""
        return Random(f"{self.seed} {life.name}")

    def intake_actor(self, team: str) -> Actor:
        """The team's intake worker."""
        return next(actor for actor in self.actors.values() if self.teams[team].id in actor.teams("intake_worker"))


def open_agency(workers: Iterable[Worker], *, today: date, seed: int) -> Practice:
    """Create agency, teams and accounts. Raises `AgencyExists`."""
    opened = datetime.combine(today - timedelta(days=OPEN_DAYS), time(9), ZoneInfo(settings.TIME_ZONE))
    agency = agencies.create_agency(name=NAME, time_zone=settings.TIME_ZONE, is_practice=True, by=SYSTEM, at=opened)
    published = latest_programs(SYSTEM)
    versions = ProgramVersion.objects.in_bulk([program.id for program in published])
    practice = Practice(agency, today, seed, {p.program.slug: (versions[p.id], p.program) for p in published})
    for worker in workers:
        _hire(practice, worker, opened)
    return practice


def _hire(practice: Practice, worker: Worker, at: datetime) -> None:
    if worker.team and worker.team not in practice.teams:
        practice.teams[worker.team] = agencies.create_team(agency=practice.agency, name=worker.team, by=SYSTEM, at=at)
    user = accounts.add_staff(
        agency=practice.agency, name=worker.name, email=worker.email, password=PASSWORD, by=SYSTEM, at=at
    )
    team = practice.teams[worker.team] if ROLES[worker.role].in_team else None
    accounts.give_role(user, role=worker.role, team=team, by=SYSTEM, at=at)
    practice.users[worker.key] = user
    practice.roles[worker.key] = worker.role
    practice.actors[worker.key] = actor_for(user, on=practice.today)
