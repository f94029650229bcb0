"""The shipped curricula as rules know them, and hypothesis' clients anywhere in DRT."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import strategies as st

from openmission.care.rules.agenda import EnrollmentFacts
from openmission.curricula.rules import parse_curriculum
from openmission.delivery.rules.agenda import Coming, CourseFacts
from openmission.delivery.rules.course import per_week
from openmission.programs.rules import Program
from tests.care.agenda_facts import appointment, enrollments
from tests.curricula.shipped import content_of
from tests.workbook.sheets import sheet

DRT, PEER = (parse_curriculum(content_of("curriculum", slug)) for slug in ("drt", "peer"))
SLUGS = [session.slug for session in DRT.sessions]
SHEETS = {session.slug: session.worksheets[0] for session in DRT.sessions}
ALL_SHEETS = sorted({sheet for session in DRT.sessions for sheet in session.worksheets})
STATES = ["", "preparing", "ready", "overtaken", "brought", "reviewed"]


@pytest.fixture(scope="module")
def titles() -> Iterator[None]:
    """The titles of worksheets from their files, for tests without a database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("openmission.delivery.words.worksheet", lambda _viewer, slug: sheet(slug))
        yield


def coming(on: date, session: str) -> Coming:
    return Coming(on, session, SHEETS.get(session, ""))


class Where(NamedTuple):
    """One client in one curriculum on a day; told without what the curriculum and the program hold."""

    course: CourseFacts
    facts: EnrollmentFacts
    program: Program
    on: date

    def __repr__(self) -> str:
        names = ("done", "missed", "sheets", "coming", "per_week")
        return f"{self.course.curriculum.slug} {[getattr(self.course, name) for name in names]} {self.facts} {self.on}"


@st.composite
def courses(draw: st.DrawFn) -> Where:
    """Any enrollment with any progress in one of the two curricula, on a day on which that is known."""
    facts, program, on = draw(enrollments("mission"))
    if draw(st.booleans()):  # half of them are in their first weeks, where the next session is not late yet
        on = facts.starts_on + (on - facts.starts_on) / 6
        facts = replace(facts, use_reported_on=min(facts.use_reported_on or on, on))
    curriculum = draw(st.sampled_from([DRT, PEER]))
    slugs = [session.slug for session in curriculum.sessions]
    past = st.integers(0, (on - facts.starts_on).days).map(lambda n: facts.starts_on + timedelta(days=n))
    some, in_order = st.sets(st.sampled_from(slugs)), st.integers(0, len(slugs)).map(lambda n: set(slugs[:n]))
    done = {slug: draw(past) for slug in sorted(draw(in_order | some))}
    missed = {slug: draw(past) for slug in sorted(draw(st.just(set()) | some)) if slug not in done}
    ahead = draw(st.none() | st.integers(0, 20))
    visits: tuple[Any, ...] = facts.appointments
    if draw(st.booleans()):
        visit = appointment((on - facts.starts_on).days + draw(st.integers(-5, 20)), number=900)
        visits += (replace(visit, component=curriculum.component),)
    course = CourseFacts(
        curriculum=curriculum,
        done={slug: (day, max(day, draw(past))) for slug, day in done.items()},
        missed=missed,
        sheets={sheet: draw(st.sampled_from(STATES)) for sheet in ALL_SHEETS},
        coming=None if ahead is None else coming(on + timedelta(days=ahead), draw(st.sampled_from(slugs))),
        per_week=per_week(program, draw(st.sampled_from([2, 6, 12]))),
    )
    return Where(course, replace(facts, appointments=visits), program, on)
