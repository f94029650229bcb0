"""The first days of an enrollment: from the referral to signed papers, orientation and assessments."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from openmission.clients.models import Client
from openmission.clients.services.clients import ClientDetails
from openmission.intake.models import Enrollment
from openmission.intake.selectors.referrals import get_referral
from openmission.intake.services import checklists, documents, enrollments
from openmission.intake.services.documents import Signature
from openmission.kernel.actors import Actor
from openmission.practice.rules.cast import Life, Stage, Turn
from openmission.practice.simulator import door
from openmission.practice.simulator.agency import Practice
from openmission.practice.simulator.house import AWAY, AWAY_DAYS, COVERING
from openmission.programs.rules import PhaseSpan, Program, phase_boundaries

ENDS = {Stage.COMPLETED: ("completed", None), Stage.STOPPED: ("stopped", 70), Stage.MOVED: ("moved", 90)}
STROKES = [[[20.0 + 9 * n, 60.0 + 22 * (-1) ** n] for n in range(14)]]
RELEASE = {
    "recipient": "The clinic on the corner",
    "information": "Appointments and the list of medicines",
    "purpose": "To plan care together",
}


@dataclass(frozen=True)
class Service:
    """One enrollment while it is played. `last_on`: the day before the filling, or the day of discharge; `given`: the
    days of the sessions that the client had alone, by curriculum.
    """

    practice: Practice
    life: Life
    enrollment: Enrollment
    program: Program
    spans: tuple[PhaseSpan, ...]
    last_on: date
    rng: Random
    given: dict[str, list[date]] = field(default_factory=dict)

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(self.practice.roles[key] for key in self.life.pair)

    def worker(self, role: str, on: date) -> str:
        """Who acts in the role on that day: the one of the pair, or who covers."""
        key = next(key for key in self.life.pair if self.practice.roles[key] == role)
        return COVERING if key == AWAY and on >= self.practice.ago(AWAY_DAYS) else key

    def actor(self, role: str, on: date) -> Actor:
        return self.practice.actors[self.worker(role, on)]

    def leader(self, on: date) -> Actor:
        return self.actor(self.program.leading_role, on)


def enroll(practice: Practice, life: Life, person: Client | ClientDetails, rng: Random) -> Service:
    """Play from the referral to the end of the first days, as far as these have passed."""
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
    service = Service(practice, life, enrollment, program, spans, _last_on(practice, life, spans), rng)
    _start(service)
    return service


def _last_on(practice: Practice, life: Life, spans: tuple[PhaseSpan, ...]) -> date:
    if life.stage == Stage.SERVED:
        return practice.ago(1)
    after = ENDS[life.stage][1]
    return spans[0].starts_on + timedelta(days=after) if after else spans[-1].last_on


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
