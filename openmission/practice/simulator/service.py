"""From enrollment to discharge: papers, pair, the diary's contacts, appointments, reviews."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from openmission.care.details import ContactDetails
from openmission.care.models import Appointment
from openmission.care.services import appointments, contacts, handovers, phases
from openmission.care.services.appointments import NewAppointment
from openmission.clients.models import Client
from openmission.clients.services.clients import ClientDetails
from openmission.intake.models import Enrollment
from openmission.intake.selectors.referrals import get_referral
from openmission.intake.services import checklists, documents, enrollments
from openmission.intake.services.documents import Signature
from openmission.kernel.actors import Actor
from openmission.practice.rules import notes
from openmission.practice.rules.cast import COVERED, Life, Stage, Turn
from openmission.practice.rules.diary import Entry, diary
from openmission.practice.simulator import door
from openmission.practice.simulator.agency import Practice
from openmission.practice.simulator.house import AWAY, AWAY_DAYS, COVERING
from openmission.programs.rules import PhaseSpan, Program, phase_boundaries
from openmission.staff.models import Cover

ENDS = {Stage.COMPLETED: ("completed", None), Stage.STOPPED: ("stopped", 70), Stage.MOVED: ("moved", 90)}
AHEAD = timedelta(days=12)
STROKES = [[[20.0 + 9 * n, 60.0 + 22 * (-1) ** n] for n in range(14)]]
RELEASE = {
    "recipient": "The clinic on the corner",
    "information": "Appointments and the list of medicines",
    "purpose": "To plan care together",
}


@dataclass(frozen=True)
class Service:
    """One enrollment while it is played. `last_on`: the day before the filling, or the day of discharge."""

    practice: Practice
    life: Life
    enrollment: Enrollment
    program: Program
    spans: tuple[PhaseSpan, ...]
    last_on: date
    rng: Random

    def worker(self, role: str, on: date) -> str:
        """Who acts in the role on that day: the one of the pair, or who covers."""
        key = next(key for key in self.life.pair if self.practice.roles[key] == role)
        return COVERING if key == AWAY and on >= self.practice.ago(AWAY_DAYS) else key

    def actor(self, role: str, on: date) -> Actor:
        return self.practice.actors[self.worker(role, on)]

    def leader(self, on: date) -> Actor:
        return self.actor(self.program.leading_role, on)


def live_through_service(practice: Practice, life: Life, number: int, cover: Cover) -> None:
    """Play somebody who is or was served; who comes back has an earlier enrollment behind them."""
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


def _play(practice: Practice, life: Life, person: Client | ClientDetails, rng: Random) -> Service:
    service = _enroll(practice, life, person, rng)
    _start(service)
    served = life.stage == Stage.SERVED
    until = practice.today + AHEAD if served else service.last_on - timedelta(days=1)
    today = practice.today if served else service.last_on
    for entry in diary(life, service.program, service.spans, until, today, rng):
        if entry.on <= service.last_on:
            _record(service, entry)
        elif entry.planned:
            _plan(service, entry, practice.moment(practice.ago(1), 16, 30))
    _review(service)
    if served:
        _look_ahead(service)
    else:
        _end(service)
    return service


def _enroll(practice: Practice, life: Life, person: Client | ClientDetails, rng: Random) -> Service:
    starts_on = practice.ago(life.days)
    came_on = starts_on - timedelta(days=9)
    by = practice.intake_actor(life.team)
    referral = door.refer(practice, life, person, came_on, rng)
    door.reach(practice, life, referral, came_on)
    screened_on = came_on + timedelta(days=4)
    door.decide_eligible(practice, life, door.answer(practice, life, referral, screened_on), screened_on)
    at = practice.moment(starts_on, 8)
    enrollment = enrollments.enroll_client(
        get_referral(by, referral.id, at=at), months=life.months, starts_on=starts_on, by=by, at=at
    )
    pair = {practice.roles[key]: practice.users[key] for key in life.pair}
    enrollments.assign_pair(enrollment, pair=pair, by=by, at=at + timedelta(minutes=5))
    program = practice.programs[life.program][1]
    spans = phase_boundaries(starts_on, life.months, program)
    return Service(practice, life, enrollment, program, spans, _last_on(practice, life, spans), rng)


def _last_on(practice: Practice, life: Life, spans: tuple[PhaseSpan, ...]) -> date:
    if life.stage == Stage.SERVED:
        return practice.ago(1)
    after = ENDS[life.stage][1]
    return spans[0].starts_on + timedelta(days=after) if after else spans[-1].ends_on


def _start(service: Service) -> None:
    """Papers on the first day, orientation and assessments in the first two weeks; a turn leaves some of it open."""
    starts_on, turn = service.enrollment.starts_on, service.life.turn
    papers = [document.slug for document in service.program.required_documents]
    _sign(service, papers[:1] if turn == Turn.FIRST_DAY else papers)
    topics = [topic.slug for topic in service.program.orientation.topics]
    tools = [assessment.slug for assessment in service.program.assessments]
    if turn == Turn.STARTING:
        topics, tools = topics[: len(topics) // 2], []
    for days, which, done in ((3, "orientation", topics), (10, "assessment", tools)):
        day = starts_on + timedelta(days=days)
        if day <= service.last_on:
            checklists.mark_checklist(
                service.enrollment,
                list=which,
                done=done,
                done_on=day,
                by=service.leader(day),
                at=service.practice.moment(day, 15),
            )


def _sign(service: Service, slugs: list[str]) -> None:
    day = service.enrollment.starts_on
    if service.rng.random() < 0.3 and len(slugs) > 1:
        slugs = [*slugs, "release"]
    expires_on = (day + timedelta(days=365)).isoformat()
    strokes = STROKES if service.rng.random() < 0.4 else []
    for minute, slug in enumerate(slugs):
        documents.sign_document(
            service.enrollment,
            slug=slug,
            language=service.life.language,
            fields={**RELEASE, "expires_on": expires_on} if slug == "release" else {},
            signature=Signature(service.life.name, strokes),
            by=service.leader(day),
            at=service.practice.moment(day, 8, 10 + minute),
        )


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
        component=entry.component,
        minutes=entry.minutes,
        place=entry.place,
        with_whom=entry.with_whom,
        note=notes.note(entry, service.life.called, service.rng),
        slip=entry.slip,
        staff_ids=_staff(service, entry),
    )
    at = start + timedelta(minutes=entry.minutes + 10)
    contacts.log_contact(service.enrollment, details=details, by=by, at=at, appointment=appointment)


def _staff(service: Service, entry: Entry) -> tuple[UUID, ...]:
    return tuple(service.practice.users[service.worker(role, entry.on)].id for role in entry.roles)


def _plan(service: Service, entry: Entry, at: datetime) -> Appointment:
    """Make the appointment that the entry keeps, misses or will keep."""
    details = NewAppointment(
        at=service.practice.moment(entry.on, entry.hour, entry.minute),
        mode=entry.mode,
        place=entry.place or "office",
        component=entry.component,
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
    made_at = practice.moment(practice.ago(1), 16) if service.life.days else enrollment.enrolled_at
    by = service.leader(practice.today)
    for hour in sorted({hour for _key, hour in service.life.today}):
        staff = tuple(practice.users[key].id for key, at_hour in service.life.today if at_hour == hour)
        planned = NewAppointment(at=practice.moment(practice.today, hour), staff_ids=staff)
        appointments.make_appointment(enrollment, details=planned, by=by, at=made_at)
    if service.life.turn == Turn.UNRECORDED:
        planned = NewAppointment(at=practice.moment(practice.ago(3), 14), staff_ids=(practice.users[AWAY].id,))
        appointments.make_appointment(enrollment, details=planned, by=by, at=practice.moment(practice.ago(9), 14))


def _end(service: Service) -> None:
    phases.discharge_client(
        service.enrollment,
        discharge=ENDS[service.life.stage][0],
        discharged_on=service.last_on,
        note=notes.FAREWELL.format(name=service.life.called),
        by=service.leader(service.last_on),
        at=service.practice.moment(service.last_on, 17),
    )
