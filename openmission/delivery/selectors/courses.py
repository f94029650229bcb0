"""Where enrollments stand in the curricula of their programs: derived from deliveries and worksheets, in one query."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from uuid import UUID

from openmission.care.raised import Raised
from openmission.care.selectors.facts import Standing
from openmission.curricula.rules import Curriculum
from openmission.curricula.selectors import Kind, newest_versions, shipped_curriculum
from openmission.delivery.rules.agenda import Coming, CourseFacts, session_items
from openmission.delivery.rules.course import Course, Given, course_of, per_week
from openmission.intake.models import Enrollment
from openmission.kernel import sql
from openmission.kernel.actors import Actor
from openmission.programs.rules import Program

_ASKED = """\
SELECT d.enrollment_id, 'given', d.curriculum, min(d.version), {given}
    FROM delivery_delivery d JOIN care_contact c ON c.id = d.contact_id
    WHERE d.enrollment_id {ids} AND c.outcome <> 'withdrawn' AND c.with_whom = 'client'
        AND c.component = d.component
    GROUP BY d.enrollment_id, d.curriculum
UNION ALL SELECT m.enrollment_id, 'coming', g.curriculum, 0, {coming}
    FROM delivery_groupmember m JOIN delivery_group g ON g.id = m.group_id
    JOIN delivery_groupmeeting t ON t.group_id = g.id AND t.state = 'planned'
    WHERE m.enrollment_id {ids} AND m.left_on IS NULL GROUP BY m.enrollment_id, g.curriculum
UNION ALL SELECT w.enrollment_id, 'sheet', '', 0, {sheets}
    FROM workbook_entry w WHERE w.enrollment_id {ids} GROUP BY w.enrollment_id"""
_PARTS = {  # one text for each row: its parts are slugs, codes and days, none of which holds a slash or a comma
    "given": "d.session || '/' || c.\"on\" || '/' || CASE WHEN c.outcome = 'met' THEN 'met' "
    "WHEN d.meeting_id IS NULL THEN '' ELSE 'missed' END",
    "coming": "t.\"on\" || '/' || t.session || '/' || t.sheet",
    "sheets": "w.sheet || '/' || w.taking || '/' || w.state",
}
NOTHING = course_of(())


@dataclass(slots=True)
class Known:
    """What is known of one enrollment, by curriculum: what was given and missed, the version it goes through, meetings
    to come; and the states of its worksheets.
    """

    courses: dict[str, Course] = field(default_factory=dict)
    version: dict[str, int] = field(default_factory=dict)
    coming: dict[str, tuple[Coming, ...]] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)

    def course(self, curriculum: str) -> Course:
        return self.courses.get(curriculum, NOTHING)


def known_of(viewer: Actor, ids: list[UUID]) -> dict[UUID, Known]:
    """What is known of these enrollments, which the caller has narrowed. One query, whatever their history."""
    found = {id: Known() for id in ids}
    if not ids:
        return found
    keys = dict(zip(sql.written(*ids), ids, strict=True))
    condition, values = sql.among(ids)
    asked = _ASKED.format(ids=condition, **{name: sql.gathered(part) for name, part in _PARTS.items()})
    for id, kind, curriculum, version, text in sql.fetch(asked, values * _ASKED.count("{ids}")):
        known = found[keys[id]]
        if kind == "given":
            known.version[curriculum], known.courses[curriculum] = version, _course(text)
        elif kind == "coming":
            known.coming[curriculum] = _coming(text)
        else:
            known.sheets = _sheets(text)
    return found


@lru_cache(maxsize=20_000)  # the same people again and again
def _course(text: str) -> Course:
    rows = (part.split("/") for part in text.split(","))
    return course_of(
        Given(session, date.fromisoformat(on), met=how == "met", in_group=how == "missed") for session, on, how in rows
    )


@lru_cache(maxsize=4000)
def _coming(text: str) -> tuple[Coming, ...]:
    rows = (part.split("/") for part in text.split(","))
    return tuple(Coming(date.fromisoformat(on), session, sheet) for on, session, sheet in rows)


@lru_cache(maxsize=20_000)
def _sheets(text: str) -> dict[str, str]:
    """Of a sheet that was filled in again, the latest filling counts."""
    rows = sorted((part.split("/") for part in text.split(",")), key=lambda row: int(row[1]))
    return {sheet: state for sheet, _taking, state in rows}


def curricula_of(viewer: Actor, program: Program, known: Known | None = None) -> list[Curriculum]:
    """The curricula that the program's components switch on: the version begun with, else the newest. No query."""
    versions = newest_versions(viewer, Kind.CURRICULUM)
    begun = known.version if known else {}
    found = [shipped_curriculum(viewer, slug, begun.get(slug, newest)) for slug, newest in sorted(versions.items())]
    return [curriculum for curriculum in found if curriculum.component in program.components]


def courses_of(viewer: Actor, enrollment: Enrollment, program: Program, known: Known, *, on: date) -> list[CourseFacts]:
    """Where an enrollment stands in each of its curricula. The meeting that counts is the next one to come; a session
    that the version of the enrollment does not have counts for nothing.
    """
    found = []
    for curriculum in curricula_of(viewer, program, known):
        course, slugs = known.course(curriculum.slug), curriculum.slugs
        coming = [each for each in known.coming.get(curriculum.slug, ()) if each.on >= on and each.session in slugs]
        if not slugs >= course.done.keys() | course.missed.keys():
            course = course.within(slugs)
        found.append(
            CourseFacts(
                curriculum=curriculum,
                done=course.done,
                missed=course.missed,
                sheets=known.sheets,
                coming=min(coming, key=lambda each: each.on, default=None),
                per_week=per_week(program, enrollment.months),
            )
        )
    return found


def raised_of(viewer: Actor, found: list[Standing], on: date) -> dict[UUID, Raised]:
    """The lines of these standings by enrollment, with the courses behind them. One query."""
    known = known_of(viewer, [standing.enrollment.id for standing in found if not standing.facts.closed])
    raised = {}
    for standing in found:
        enrollment, program = standing.enrollment, standing.program
        if enrollment.id in known:
            courses = courses_of(viewer, enrollment, program, known[enrollment.id], on=on)
            items = [item for course in courses for item in session_items(course, standing.facts, program, on)]
            raised[enrollment.id] = Raised(tuple(items), tuple(courses))
    return raised


def known_one(viewer: Actor, enrollment_id: UUID) -> Known:
    """What is known of one enrollment that the caller has in reach. One query."""
    return known_of(viewer, [enrollment_id])[enrollment_id]
