"""Who is in the world: one agency, two teams, one person for each role and team."""

import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from openmission.kernel.actors import SYSTEM, Actor
from openmission.staff.models import Agency, Team, User
from openmission.staff.roles import ROLES
from openmission.staff.services import accounts, agencies
from openmission.staff.viewers import actor_for

# The moment of the world, a Monday morning; every test's clock stands there. A server that a test starts has the clock
# of the machine, and its world is built with that (tests/world/__main__.py).
NOW = datetime.fromisoformat(os.environ.get("WORLD_NOW", "2026-11-23T14:00:00+00:00"))
TODAY = NOW.astimezone(ZoneInfo("America/New_York")).date()
SINCE = NOW - timedelta(weeks=46)
PASSWORD = "a calm river in winter"
SECOND_PAIR = {"case_manager": "Bea Novak", "peer_specialist": "Ben Ortiz"}
NAMES = {
    "case_manager": ("Ana Ruiz", "Cal Otis"),
    "peer_specialist": ("Pat Bell", "Peg Lowe"),
    "supervisor": ("Sam Dunn", "Sol Katz"),
    "intake_worker": ("Ida Voss", "Ike Webb"),
    "program_manager": ("Mia Hale", ""),
    "privacy_officer": ("Pia Frost", ""),
    "administrator": ("Ada Reed", ""),
}


@dataclass
class World:
    """The agency. `north` serves the clients of the world; `south` is everybody who must not reach them.

    `second_pair` works in North too, beside the pair in `staff`.
    """

    agency: Agency
    north: Team
    south: Team
    staff: dict[str, User] = field(default_factory=dict)
    outsiders: dict[str, User] = field(default_factory=dict)
    second_pair: dict[str, User] = field(default_factory=dict)
    ids: dict[str, UUID] = field(default_factory=dict)

    def actor(self, role: str, *, outsider: bool = False) -> Actor:
        """The person of a role as a viewer, today."""
        return actor_for((self.outsiders if outsider else self.staff)[role], on=TODAY)


def build_staff() -> World:
    """Agency, teams and people; the administrator and the other agency-wide roles have nobody in `outsiders`."""
    agency = agencies.create_agency(name="Harbor House", time_zone="America/New_York", by=SYSTEM, at=SINCE)
    north, south = (agencies.create_team(agency=agency, name=name, by=SYSTEM, at=SINCE) for name in ("North", "South"))
    world = World(agency, north, south)
    for role, (inside, outside) in NAMES.items():
        in_team = ROLES[role].in_team
        world.staff[role] = _add(world, inside, role, north if in_team else None)
        if in_team:
            world.outsiders[role] = _add(world, outside, role, south)
    for role, name in SECOND_PAIR.items():
        world.second_pair[role] = _add(world, name, role, north)
    return world


def _add(world: World, name: str, role: str, team: Team | None) -> User:
    email = f"{name.split()[0].lower()}@example.org"
    user = accounts.add_staff(agency=world.agency, name=name, email=email, password=PASSWORD, by=SYSTEM, at=SINCE)
    accounts.give_role(user, role=role, team=team, by=SYSTEM, at=SINCE)
    return user
