"""The staff and the clients of the measured agency."""

import os
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password

from openmission.practice.bulk.tables import Tables, make_id
from openmission.practice.rules.cast import PASSWORD
from openmission.programs.rules import PhaseSpan, Program, phase_boundaries
from openmission.staff.models import Agency, StaffRole, Team, User
from openmission.staff.roles import CASE_MANAGER, INTAKE_WORKER, PEER_SPECIALIST, PRIVACY_OFFICER, SUPERVISOR

PAIRS_IN_TEAM, MONTHS, DAYS = 3, 6, 176
FIRST = (  # noqa: SIM905
    "Acacia Alder Amaryllis Arlo Ash Aspen Aster Basil Birch Bramble Briar Bryony Calla Cedar Clover Coral Daisy Dale "
    "Ember Fern Finch Flora Forrest Ginger Hazel Heath Holly Iris Ivy Jasmine Juniper Lark Laurel Lily Linden Maple "
    "Marina Myrtle Oakley Olive Peony Poppy Reed River Robin Rosa Rowan Ruby Sage Sky Sorrel Summer Violet Willow Wren"
).split()
BEGIN = (  # noqa: SIM905
    "Amber Apple Autumn Brook Clear Cloud Copper Corn Cotton Dawn Dew Dove Even Fair Field Frost Glen Gold Green "
    "Harvest Haw Heather Honey Lake Lark Light Meadow Mild Moon Morning Moss North Pine Rain Rose Sand Snow Star Sun "
    "Swift Thistle Tide Wind Winter"
).split()
END = "bank bell berry brook combe crest dale feather ford glen grove hill land leaf mere shore stone wood".split()  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Worker:
    id: UUID
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Pair:
    case_manager: Worker
    peer: Worker
    team_id: UUID


@dataclass
class Staff:
    """`emails` has one person for each role, all of the first team."""

    pairs: list[Pair] = field(default_factory=list)
    intake: dict[UUID, Worker] = field(default_factory=dict)
    emails: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Served:
    """One client, met every so many days, `a_day` times on such a day; `met` counts them. `done` are the sessions of
    each curriculum.

    `reviews`: each phase but the last, by the day on which it ends.
    """

    number: int
    pair: Pair
    intake: Worker
    starts_on: date
    client_id: UUID
    enrollment_id: UUID
    first: str
    last: str
    spans: tuple[PhaseSpan, ...]
    reviews: dict[date, str]
    every: int = 4
    a_day: int = 1
    met: int = 0
    done: dict[str, set[str]] = field(default_factory=lambda: {"drt": set(), "peer": set()})


def noon(day: date) -> datetime:
    return datetime.combine(day, time(16), UTC)


def invent_staff(tables: Tables, *, pairs: int, opened_on: date) -> Staff:
    """Agency, teams of three pairs with a supervisor and an intake worker, a privacy officer."""
    opened = noon(opened_on)
    agency_id, staff = make_id(opened), Staff()
    password = make_password(PASSWORD)
    tables.add(Agency, id=agency_id, name="Measured Agency", time_zone=settings.TIME_ZONE, created_at=opened)

    def hire(role: str, team_id: UUID | None, number: int) -> Worker:
        worker = Worker(make_id(opened), f"{FIRST[number % len(FIRST)]} Worker {number}", role)
        email = f"{role}.{number}@bulk.example"
        staff.emails.setdefault(role, email)
        tables.add(
            User,
            id=worker.id,
            agency_id=agency_id,
            email=email,
            name=worker.name,
            password=password,
            draft_key=os.urandom(32),
            created_at=opened,
        )
        tables.add(StaffRole, id=make_id(opened), user_id=worker.id, role=role, team_id=team_id, starts_on=opened_on)
        return worker

    hire(PRIVACY_OFFICER, None, 0)
    for number in range(pairs):
        if number % PAIRS_IN_TEAM == 0:
            team_id = make_id(opened)
            tables.add(Team, id=team_id, agency_id=agency_id, name=f"Team {number // PAIRS_IN_TEAM}", created_at=opened)
            hire(SUPERVISOR, team_id, number)
            staff.intake[team_id] = hire(INTAKE_WORKER, team_id, number)
        staff.pairs.append(Pair(hire(CASE_MANAGER, team_id, number), hire(PEER_SPECIALIST, team_id, number), team_id))
    return staff


def invent_clients(clients: int, staff: Staff, today: date, program: Program, chance: Random) -> list[Served]:
    """Who will be served from which day on; the first two from the first day of the half year."""
    people = []
    for number in range(clients):
        pair = staff.pairs[number * len(staff.pairs) // clients]
        starts_on = today - timedelta(days=DAYS if number < 2 else chance.randint(2, DAYS))
        at, spans = noon(starts_on), phase_boundaries(starts_on, MONTHS, program)
        people.append(
            Served(
                number=number,
                pair=pair,
                intake=staff.intake[pair.team_id],
                starts_on=starts_on,
                client_id=make_id(at),
                enrollment_id=make_id(at),
                first=chance.choice(FIRST),
                last=chance.choice(BEGIN) + chance.choice(END),
                spans=spans,
                reviews={span.ends_on: span.phase for span in spans[:-1]},
            )
        )
    return people
