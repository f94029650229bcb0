"""Facts for the agenda tests: one settled enrollment that needs nothing, and hypothesis' enrollments of every kind."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from openmission.care.rules.agenda import Appointment, Concern, Deferral, EnrollmentFacts, Miss, RoleFacts, Seen
from openmission.programs.rules import Program, phase_boundaries
from tests.programs.shipped import program_of

START = date(2026, 6, 1)
CASE_MANAGER, PEER, COLLEAGUE = UUID(int=1), UUID(int=2), UUID(int=3)
PEOPLE = {"case_manager": CASE_MANAGER, "peer_specialist": PEER}


def day(number: int) -> date:
    """Day 0 is the first day of the enrollment."""
    return START + timedelta(days=number)


def settled(met: int | None = 0, program: Program | None = None, **changes: Any) -> EnrollmentFacts:
    """Six months of the program from `START`, all papers done, both of the pair met the client on day `met`.

    With `met` day 0 the last days of MISSION's phases are day 60, 121 and 182. `changes` replace facts.
    """
    program = program or program_of("mission")
    seen = None if met is None else Seen(day(met), UUID(int=100))
    facts = EnrollmentFacts(
        enrollment_id=UUID(int=9),
        spans=phase_boundaries(START, 6, program),
        roles=tuple(
            RoleFacts(role=row.role, holders=frozenset({PEOPLE[row.role]}), last_met=seen) for row in program.pair
        ),
        last_met=seen,
        topics_covered=frozenset(topic.slug for topic in program.orientation.topics),
        documents_signed=frozenset(document.slug for document in program.documents),
        assessments_done=frozenset(assessment.slug for assessment in program.assessments),
    )
    return replace(facts, **changes)


def appointment(on: int, *staff: UUID, number: int = 50) -> Appointment:
    return Appointment(
        id=UUID(int=number),
        on=day(on),
        starts_at=time(9, 30),
        staff=frozenset(staff or {CASE_MANAGER}),
        mode="in_person",
    )


def no_show(on: int) -> Miss:
    return Miss(day(on), tried=False, contact_id=UUID(int=101))


def tried(on: int) -> Miss:
    return Miss(day(on), tried=True, contact_id=UUID(int=102))


CODES = st.sampled_from(["low_mood", "high_anxiety", "worried"])


def concern(on: int, *because: str, number: int = 60, contact_id: UUID | None = None) -> Concern:
    return Concern(UUID(int=number), day(on), because or ("low_mood",), contact_id)


def subsets(names: list[str]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(names)) if names else st.just(frozenset())


@st.composite
def enrollments(draw: st.DrawFn, slug: str = "mission") -> tuple[EnrollmentFacts, Program, date]:
    """Any enrollment of the program and a day on which its facts are known."""
    program = program_of(slug)
    months = draw(st.sampled_from([row.months for row in program.formats]))
    spans = phase_boundaries(START, months, program)
    today = draw(st.integers(0, 420))
    past = st.integers(0, today)
    seen = st.none() | st.builds(lambda n: Seen(day(n), UUID(int=200 + n)), past)
    roles = []
    for row in program.pair:
        holders = draw(st.sampled_from([frozenset(), frozenset({PEOPLE[row.role]})]))
        roles.append(RoleFacts(role=row.role, holders=holders, last_met=draw(seen)))
    last_met = draw(seen)
    latest = max((s.on for s in (last_met, *(r.last_met for r in roles)) if s), default=START)
    misses = draw(st.integers(0, 6))
    missed_on = latest + timedelta(days=draw(st.integers(0, (day(today) - latest).days)))
    facts = EnrollmentFacts(
        enrollment_id=UUID(int=9),
        spans=spans,
        roles=tuple(roles),
        last_met=last_met,
        misses=misses,
        last_miss=Miss(missed_on, tried=draw(st.booleans())) if misses else None,
        use_reported_on=draw(st.none() | st.builds(day, past)),
        topics_covered=draw(subsets([topic.slug for topic in program.orientation.topics])),
        documents_signed=draw(subsets([document.slug for document in program.documents])),
        assessments_done=draw(subsets([assessment.slug for assessment in program.assessments])),
        appointments=tuple(
            replace(
                appointment(
                    today + offset, *draw(st.sets(st.sampled_from([CASE_MANAGER, PEER, COLLEAGUE]), min_size=1))
                ),
                id=UUID(int=300 + n),
            )
            for n, offset in enumerate(draw(st.lists(st.integers(-10, 20), max_size=4)))
        ),
        phases_reviewed=draw(subsets([span.phase for span in spans])),
        concerns=tuple(
            concern(today - back, *because, number=400 + n)
            for n, (back, because) in enumerate(
                draw(st.lists(st.tuples(st.integers(0, today), st.sets(CODES, min_size=1)), max_size=2))
            )
        ),
    )
    return facts, program, day(today)


def deferral(
    key: str,
    *,
    weight: int,
    until: int,
    need: int = 900,
    to: UUID | None = None,
    to_serves: bool = True,
    to_met: bool = False,
    hour: int = 9,
) -> Deferral:
    at = datetime.combine(START, time(hour))
    return Deferral(
        item_key=key,
        until_on=day(until),
        weight=weight,
        need_on=day(need),
        at=at,
        by=CASE_MANAGER,
        to=to,
        to_serves=to_serves,
        to_met=to_met,
    )
