"""One contact with its event, and who looked at whom."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from openmission.audit.models import Access
from openmission.care.models import Contact, ContactStaff
from openmission.practice.bulk.people import Served, Worker
from openmission.practice.bulk.starts import say
from openmission.practice.bulk.tables import Tables, make_id
from openmission.programs.rules import phase_on


@dataclass(frozen=True, slots=True)
class Meeting:
    """What is recorded of a contact."""

    at: datetime
    outcome: str
    component: str
    minutes: int
    place: str
    note: str
    slip: bool = False


def log(
    tables: Tables, served: Served, meeting: Meeting, workers: tuple[Worker, ...], appointment_id: UUID | None = None
) -> UUID:
    """Record it, forty minutes later, by the first of the workers who took part; gives the contact's id."""
    at, day = meeting.at, meeting.at.date()
    contact_id, phase = make_id(at), phase_on(day, served.spans).phase
    tables.add(
        Contact,
        id=contact_id,
        enrollment_id=served.enrollment_id,
        client_id=served.client_id,
        appointment_id=appointment_id,
        at=at,
        on=day,
        minutes=meeting.minutes,
        outcome=meeting.outcome,
        mode="in_person",
        place=meeting.place,
        component=meeting.component,
        phase=phase,
        note=meeting.note,
        slip=meeting.slip,
        by_case_manager=served.pair.case_manager in workers,
        by_peer=served.pair.peer in workers,
        recorded_at=at + timedelta(minutes=40),
        recorded_by=workers[0].id,
        recorded_by_name=workers[0].name,
    )
    for worker in workers:
        tables.add(ContactStaff, id=make_id(at), contact_id=contact_id, user_id=worker.id, role=worker.role)
    logged = {"contact_id": contact_id, "enrollment_id": served.enrollment_id, "on": day, "outcome": meeting.outcome}
    logged |= {"component": meeting.component, "phase": phase}
    say(tables, "care.ContactLogged", served.client_id, workers[0], at + timedelta(minutes=40), **logged)
    look(tables, served, workers[0], at, listed=False)
    return contact_id


def look(tables: Tables, served: Served, worker: Worker, at: datetime, *, listed: bool) -> None:
    tables.add(
        Access,
        id=make_id(at),
        at=at,
        by_id=worker.id,
        by_name=worker.name,
        client_id=served.client_id,
        page="desk:my_day" if listed else "desk:client",
        listed=listed,
    )
