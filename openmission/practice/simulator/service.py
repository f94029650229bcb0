"""From the first days to discharge: the diary's contacts, appointments, reviews, what is put off."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from openmission.care.details import ContactDetails
from openmission.care.models import Appointment
from openmission.care.selectors.agenda import due_item
from openmission.care.services import appointments, contacts, deferrals, handovers, phases
from openmission.care.services.appointments import NewAppointment
from openmission.clients.models import Client
from openmission.clients.services.clients import ClientDetails
from openmission.practice.rules import notes
from openmission.practice.rules.cast import COVERED, Life, Stage, Turn
from openmission.practice.rules.diary import Entry, diary
from openmission.practice.simulator import door
from openmission.practice.simulator.agency import Practice
from openmission.practice.simulator.book import fill_book
from openmission.practice.simulator.enrollment import ENDS, Service, enroll
from openmission.practice.simulator.house import AWAY, AWAY_DAYS
from openmission.practice.simulator.sessions import deliver_alone, session_of
from openmission.staff.models import Cover

AHEAD = timedelta(days=12)


def live_through_service(practice: Practice, life: Life, number: int, cover: Cover) -> Service:
    """Play somebody who is or was served; who comes back has an earlier enrollment behind them. Gives the latest."""
    rng = practice.chance(life)
    person: Client | ClientDetails = door.details(life, number, rng)
    if life.once_before:
        before = replace(life, stage=Stage.COMPLETED, months=2, turn=Turn.NONE, days=life.once_before)
        person = _play(practice, before, person, rng).enrollment.client
    service = _play(practice, life, person, rng)
    if life.pair == COVERED:
        at = practice.moment(practice.ago(AWAY_DAYS + 1), 16, 45)
        text = rng.choice(notes.HANDOVER).format(name=life.called)
        handovers.write_handover_note(cover, service.enrollment, note=text, by=practice.actors[AWAY], at=at)
    return service


def _play(practice: Practice, life: Life, person: Client | ClientDetails, rng: Random) -> Service:
    service = enroll(practice, life, person, rng)
    served = life.stage == Stage.SERVED
    until = practice.today + AHEAD if served else service.last_on - timedelta(days=1)
    today = practice.today if served else service.last_on
    for entry in diary(life, service.roles, service.program, service.spans, until, today, rng):
        if entry.on <= service.last_on:
            _record(service, entry)
        elif entry.planned:
            _plan(service, entry, practice.moment(practice.ago(1), 16, 30))
    fill_book(service)
    _review(service)
    if served:
        _look_ahead(service)
    else:
        _end(service)
    return service


def _record(service: Service, entry: Entry) -> None:
    """Log one contact as it took place, a few minutes after its end; who recorded it also had the page open."""
    start = service.practice.moment(entry.on, entry.hour, entry.minute)
    by = service.actor(entry.roles[0], entry.on)
    appointment = (
        _plan(service, entry, max(start - timedelta(days=4), service.enrollment.enrolled_at)) if entry.planned else None
    )
    details = ContactDetails(
        at=start,
        outcome=entry.outcome,
        mode=entry.mode,
        component=_about(service, entry),
        minutes=entry.minutes,
        place=entry.place,
        with_whom=entry.with_whom,
        note=notes.note(entry, service.life.called, service.rng),
        slip=entry.slip,
        staff_ids=_staff(service, entry),
    )
    at = start + timedelta(minutes=entry.minutes + 10)
    if session := session_of(service, entry):
        deliver_alone(service, *session, details, by=by, at=at, appointment=appointment)
    else:
        contacts.log_contact(service.enrollment, details=details, by=by, at=at, appointment=appointment)


def _about(service: Service, entry: Entry) -> str:
    """A part of the client's program; in a program without any (linkage only), nothing."""
    return entry.component if entry.component in service.program.components else ""


def _staff(service: Service, entry: Entry) -> tuple[UUID, ...]:
    return tuple(service.practice.users[service.worker(role, entry.on)].id for role in entry.roles)


def _plan(service: Service, entry: Entry, at: datetime) -> Appointment:
    """Make the appointment that the entry keeps, misses or will keep."""
    details = NewAppointment(
        at=service.practice.moment(entry.on, entry.hour, entry.minute),
        mode=entry.mode,
        place=entry.place or "office",
        component=_about(service, entry),
        minutes=entry.minutes or 45,
        staff_ids=_staff(service, entry),
    )
    by = service.actor(entry.roles[0], entry.on)
    return appointments.make_appointment(service.enrollment, details=details, by=by, at=at)


def _review(service: Service) -> None:
    """Every phase that is over was reviewed, but the latest of those whose review is due; who leaves has a plan."""
    over = [span for span in service.spans[:-1] if span.ends_on <= service.last_on]
    if service.life.turn == Turn.REVIEW_DUE:
        over = over[:-1]
    for span in over:
        _decide(service, span.phase, "move_on", span.ends_on)
    if service.life.turn == Turn.LEAVING:
        _decide(service, service.spans[-1].phase, "plan", service.spans[-1].ends_on - timedelta(days=20))


def _decide(service: Service, phase: str, decision: str, on: date) -> None:
    text = notes.FAREWELL if decision == "plan" else service.rng.choice(notes.REVIEWED)
    phases.review_phase(
        service.enrollment,
        phase=phase,
        decision=decision,
        note=text.format(name=service.life.called),
        by=service.leader(on),
        at=service.practice.moment(on, 16, 45),
    )


def _look_ahead(service: Service) -> None:
    """Today's appointments, and one of three days ago that nobody has recorded."""
    practice, enrollment = service.practice, service.enrollment
    by, made_at = service.leader(practice.today), practice.moment(practice.ago(1), 16)
    for hour in sorted({hour for _key, hour in service.life.today}):
        staff = tuple(practice.users[key].id for key, at_hour in service.life.today if at_hour == hour)
        planned = NewAppointment(at=practice.moment(practice.today, hour), staff_ids=staff)
        appointments.make_appointment(enrollment, details=planned, by=by, at=made_at)
    if service.life.turn == Turn.UNRECORDED:
        planned = NewAppointment(at=practice.moment(practice.ago(3), 14), staff_ids=(practice.users[AWAY].id,))
        appointments.make_appointment(enrollment, details=planned, by=by, at=practice.moment(practice.ago(9), 14))
    if service.life.turn in (Turn.PUT_OFF, Turn.HANDED):
        _set_aside(service)


def _set_aside(service: Service) -> None:
    """Yesterday the case manager put the next contact off, or handed it to the partner."""
    practice, yesterday = service.practice, service.practice.ago(1)
    by, at = service.actor("case_manager", yesterday), practice.moment(yesterday, 15, 30)
    item = due_item(by, service.enrollment.id, "contact:case_manager", on=yesterday, at=at).item
    about: dict[str, Any] = {"item_key": item.key, "weight": item.weight, "need_on": item.need_on}
    until_on = practice.today + timedelta(days=3)
    if service.life.turn == Turn.PUT_OFF:
        reason = f"{service.life.called} is with family until then and asked for a call after."
        deferrals.defer_item(service.enrollment, **about, until_on=until_on, reason=reason, by=by, at=at)
    else:
        deferrals.hand_item(
            service.enrollment,
            **about,
            until_on=until_on,
            reason="I am at the training this week; they meet at the circle anyway.",
            to=practice.users["perry"],
            by=by,
            at=at,
        )


def _end(service: Service) -> None:
    phases.discharge_client(
        service.enrollment,
        discharge=ENDS[service.life.stage][0],
        discharged_on=service.last_on,
        note=notes.FAREWELL.format(name=service.life.called),
        by=service.leader(service.last_on),
        at=service.practice.moment(service.last_on, 17),
    )
