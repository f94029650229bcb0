"""Thousands of invented clients, for measurement only.

The one place in the house that writes rows past the services: through them 5,000 clients with their history would take
an hour, written straight into the tables a minute. The rows are those that the services would have left, events and
access rows included, in the order of time in which an agency would have written them. Nothing reads this agency but
`script/bench`; it has no signed PDF behind its document rows.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from django.db import connection, transaction

from openmission.kernel.actors import SYSTEM
from openmission.kernel.errors import DomainError
from openmission.practice.bulk.book import write_in_book
from openmission.practice.bulk.days import live_one_day
from openmission.practice.bulk.groups import invent_groups, meet_in_groups
from openmission.practice.bulk.people import DAYS, invent_clients, invent_staff
from openmission.practice.bulk.starts import come_to_the_door, start
from openmission.practice.bulk.tables import Tables
from openmission.programs.selectors import latest_programs
from openmission.staff.models import Agency

CASELOAD, AT_THE_DOOR_DAYS = 30, 20
CLIENTS_TO_A_GROUP = 5000 / 300


class NotEmpty(DomainError):
    """There is an agency: nothing is mixed into it."""


@dataclass(frozen=True)
class Measured:
    """Who to sign in as and whom to open: ids of three clients of the first case manager, and a name to look for; an
    enrollment whose book to open, and the one with the most sessions; the group that meets today, its meeting, and the
    other groups of the team.
    """

    emails: dict[str, str]
    few: str
    many: str
    other: str
    asked: str
    enrollment: str
    sessions_of: str
    group: str
    meeting: str
    other_groups: tuple[str, ...]
    today: str


def fill_bulk(*, clients: int, contacts_of_one: int, today: date) -> Measured:
    """Fill an empty installation with so many enrolled clients, about 20 contacts each over half a year.

    The first case manager serves one client with 7 contacts and one with `contacts_of_one`, and leads a group of eight
    that meets today. A third of the contacts are sessions of a curriculum; for 5,000 clients there are 300 groups and
    more than 40,000 deliveries. Raises `NotEmpty`.
    """
    if Agency.objects.exists():
        raise NotEmpty("This installation has an agency already.")
    with connection.constraint_checks_disabled():
        _hurry()
        measured = _fill(clients, contacts_of_one, today, Random(1))
    _settle()
    return measured


def _hurry() -> None:
    """SQLite: a crash may cost this connection's filling, which nobody would miss."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            for pragma in ("journal_mode=MEMORY", "synchronous=OFF", "cache_size=-400000"):
                cursor.execute(f"PRAGMA {pragma}")


def _settle() -> None:
    """Leave the tables as those of an agency that works: PostgreSQL would tidy up while we measure, a minute later."""
    tidy = connection.vendor == "postgresql" and not connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if tidy else "ANALYZE")


def _fill(clients: int, contacts_of_one: int, today: date, chance: Random) -> Measured:
    published = next(p for p in latest_programs(SYSTEM) if p.program.slug == "mission")
    tables = Tables()
    staff = invent_staff(tables, pairs=-(-clients // CASELOAD), opened_on=today - timedelta(days=DAYS + 20))
    people = invent_clients(clients, staff, today, published.program, chance)
    people[0].every, people[1].every, people[1].a_day = DAYS // 7, 1, round(contacts_of_one / (DAYS - 1))
    circles = invent_groups(max(1, round(clients / CLIENTS_TO_A_GROUP)), staff, people, today)
    for days in range(DAYS, -1, -1):
        day = today - timedelta(days=days)
        for served in (served for served in people if served.starts_on == day):
            start(tables, served, published, chance)
            write_in_book(tables, served, chance)
        live_one_day(tables, people, day, today, chance)
        meet_in_groups(tables, circles, day, today, chance)
        if days < AT_THE_DOOR_DAYS:
            come_to_the_door(tables, staff, days, day, published, chance)
        with transaction.atomic():
            tables.flush()
    few, many, other = people[:3]
    team = [circle for circle in circles[1:] if circle.pair.team_id == circles[0].pair.team_id]
    return Measured(
        staff.emails,
        few=str(few.client_id),
        many=str(many.client_id),
        other=str(other.client_id),
        asked=other.last,
        enrollment=str(other.enrollment_id),
        sessions_of=str(many.enrollment_id),
        group=str(circles[0].id),
        meeting=str(circles[0].next_id),
        other_groups=tuple(str(circle.id) for circle in team),
        today=today.isoformat(),
    )
