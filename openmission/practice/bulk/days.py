"""One day of the whole agency: contacts with their appointments and events, reviews, and who looked at whom."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from openmission.care.models import Appointment, AppointmentStaff, PhaseReview
from openmission.practice.bulk.contacts import Meeting, log, look
from openmission.practice.bulk.people import Served, Worker, noon
from openmission.practice.bulk.sessions import deliver_alone
from openmission.practice.bulk.starts import say
from openmission.practice.bulk.tables import Tables, make_id
from openmission.practice.rules.notes import AND_THEN, MET, NOT_MET, REVIEWED

LOOKS_EVERY = 7
ABOUT = ("cti", "peer", "drt", "housing", "peer", "vocational", "cti", "trauma")


def live_one_day(tables: Tables, people: list[Served], day: date, today: date, chance: Random) -> None:
    """Today itself has planned appointments only; the days before have what became of them."""
    this_noon = noon(day)
    for served in people:
        age = (day - served.starts_on).days
        if age <= 0:
            continue
        if day == today:
            _plan_ahead(tables, served, today, chance)
            continue
        if (age + served.number) % served.every == 0:
            for _ in range(served.a_day):
                _meet(tables, served, day, chance)
        if (age + served.number) % LOOKS_EVERY == 0:
            for worker in (served.pair.case_manager, served.pair.peer):
                look(tables, served, worker, this_noon, listed=True)
        if day in served.reviews:
            _review(tables, served, day)


def _meet(tables: Tables, served: Served, day: date, chance: Random) -> None:
    """One contact: by the two in turn, now and then together, now and then in vain."""
    turn = served.met
    served.met += 1
    at = datetime.combine(day, time(14 + turn % 7, 5 * chance.randint(0, 11)), UTC)
    workers = (served.pair.case_manager, served.pair.peer)
    took_part = workers if turn % 5 == 4 else (workers[turn % 2],)
    outcome = "no_show" if chance.random() < 0.07 else "tried" if chance.random() < 0.04 else "met"
    component = ABOUT[turn % len(ABOUT)]
    appointment_id = _appointment(tables, served, at, took_part, component, "recorded") if turn % 2 == 0 else None
    note = _note(served, component, outcome, chance)
    meeting = Meeting(at, outcome, component, 30 if outcome == "met" else 0, "home", note)
    contact_id = log(tables, served, meeting, took_part, appointment_id)
    if outcome == "met":
        deliver_alone(tables, served, contact_id, meeting, took_part[0], chance)


def _note(served: Served, component: str, outcome: str, chance: Random) -> str:
    met = outcome == "met"
    text = chance.choice(MET[component]) + chance.choice(AND_THEN) if met else chance.choice(NOT_MET[outcome])
    return text.format(name=served.first)


def _appointment(
    tables: Tables, served: Served, at: datetime, workers: tuple[Worker, ...], component: str, state: str
) -> UUID:
    appointment_id, made_at = make_id(at), max(at - timedelta(days=4), noon(served.starts_on))
    tables.add(
        Appointment,
        id=appointment_id,
        enrollment_id=served.enrollment_id,
        client_id=served.client_id,
        at=at,
        component=component,
        state=state,
        made_at=made_at,
        made_by=workers[0].id,
        closed_at=at if state == "recorded" else None,
    )
    for worker in workers:
        tables.add(AppointmentStaff, id=make_id(at), appointment_id=appointment_id, user_id=worker.id)
    made = {"appointment_id": appointment_id, "enrollment_id": served.enrollment_id, "starts_at": at}
    say(tables, "care.AppointmentMade", served.client_id, workers[0], made_at, **made)
    return appointment_id


def _plan_ahead(tables: Tables, served: Served, today: date, chance: Random) -> None:
    """Two of three clients have an appointment in the coming ten days, with the one or the other."""
    if served.number % 3 < 2:
        at = datetime.combine(today + timedelta(days=chance.randint(0, 9)), time(chance.randint(14, 20)), UTC)
        worker = (served.pair.case_manager, served.pair.peer)[served.number % 2]
        _appointment(tables, served, at, (worker,), "cti", "planned")


def _review(tables: Tables, served: Served, day: date) -> None:
    at, by, phase = noon(day), served.pair.case_manager, served.reviews[day]
    tables.add(
        PhaseReview,
        id=make_id(at),
        enrollment_id=served.enrollment_id,
        phase=phase,
        decision="move_on",
        ended_on=day,
        note=REVIEWED[0].format(name=served.first),
        at=at,
        by_id=by.id,
        by_name=by.name,
    )
    decided = {"enrollment_id": served.enrollment_id, "phase": phase, "decision": "move_on", "ended_on": day}
    say(tables, "care.PhaseReviewed", served.client_id, by, at, **decided)
