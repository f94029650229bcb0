"""The client page."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language

from openmission.care.rules.agenda import Appointment
from openmission.care.selectors.agenda import lines_of
from openmission.care.selectors.facts import Standing, standings
from openmission.care.selectors.timeline import Timeline, own_and_others, timeline
from openmission.clients.models import Client
from openmission.clients.selectors import Member, get_client
from openmission.curricula.selectors import shipped_curriculum
from openmission.delivery.rules.agenda import CourseFacts
from openmission.delivery.rules.trend import Trend, trend_of
from openmission.delivery.selectors.history import delivered_in, latest_exams
from openmission.delivery.words import session_name
from openmission.desk.pages.lines import PageLine, page_line, place_of
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.programs.rules import day_count, localized


@dataclass(frozen=True, slots=True)
class Course:
    """One enrollment as the header shows it, with what of its opening is done: (done, of) each; `ways`: how far the
    client is in each curriculum.
    """

    enrollment: Enrollment
    program: str
    place: str
    phases: tuple[tuple[str, int], ...]
    day: int
    pair: tuple[Member, ...]
    orientation: tuple[int, int]
    documents: tuple[int, int]
    assessments: tuple[int, int]
    components: tuple[str, ...]
    planned: tuple[Appointment, ...]
    ways: tuple[CourseFacts, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    client: Client
    age: int | None
    courses: tuple[Course, ...]
    lines: tuple[PageLine, ...]
    timeline: Timeline
    named: dict[UUID, str]
    trend: Trend


def chart(
    viewer: Actor, client_id: UUID, *, at: datetime, component: str = "", before: datetime | None = None
) -> Chart:
    """Everything the client page shows. Raises `NotFound` out of reach. The same number of queries for any history."""
    client = get_client(viewer, client_id, at=at)
    on = timezone.localdate(at)
    own, others = own_and_others(viewer, client_id, at=at)
    found = standings(viewer, own, on=on)
    line = timeline(viewer, client_id, others=others, component=component, before=before)
    return Chart(
        client=client,
        age=client.age_on(on),
        courses=tuple(_course(standing, at) for standing in found),
        lines=tuple(page_line(line, on) for line in lines_of(viewer, found, on=on)),
        timeline=line,
        named=_named(viewer, line),
        trend=trend_of(latest_exams(viewer, [row.id for row in own])),
    )


def _named(viewer: Actor, line: Timeline) -> dict[UUID, str]:
    """{contact: its session} of those on the timeline that gave one."""
    contacts = [entry.contact.id for entry in line.entries if entry.contact]
    named = {}
    for row in delivered_in(viewer, contacts) if contacts else ():
        curriculum = shipped_curriculum(viewer, row.curriculum, row.version)
        named[row.contact_id] = session_name(curriculum, curriculum.session(row.session))
    return named


def _course(standing: Standing, at: datetime) -> Course:
    on, facts, program = timezone.localdate(at), standing.facts, standing.program
    language = get_language() or "en"
    required = {document.slug for document in program.required_documents}
    return Course(
        enrollment=standing.enrollment,
        program=localized(program.title, language),
        place=place_of(standing, on),
        phases=tuple(
            (localized(program.phase(span.phase).title, language), (span.ends_on - span.starts_on).days)
            for span in facts.spans
        ),
        day=day_count(on, facts.spans).day,
        pair=standing.members,
        orientation=(len(facts.topics_covered), len(program.orientation.topics)),
        documents=(len(required & facts.documents_signed), len(required)),
        assessments=(len(facts.assessments_done), len(program.assessments)),
        components=tuple(sorted(program.components)),
        planned=facts.appointments,
        ways=standing.known.get("delivery", ()),
    )
