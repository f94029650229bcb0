"""Where enrollments stand in the curricula of their programs: derived from deliveries and worksheets, in one query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from uuid import UUID

from openmission.care.raised import Raised
from openmission.care.rules.agenda import EnrollmentFacts
from openmission.care.selectors.facts import Standing
from openmission.curricula.rules import Curriculum
from openmission.curricula.selectors import Kind, newest_versions, shipped_curriculum
from openmission.delivery.rules.agenda import Coming, CourseFacts, session_items
from openmission.delivery.rules.course import Course, Given, course_of, per_week
from openmission.kernel import sql
from openmission.kernel.actors import Actor
from openmission.programs.rules import Program
from openmission.workbook.models import OVERTAKEN

_ASKED = """\
SELECT d.enrollment_id, 'given', d.curriculum, min(c."on" || '/' || d.version), {given}
    FROM delivery_delivery d JOIN care_contact c ON c.id = d.contact_id
    WHERE d.enrollment_id {ids} AND c.outcome <> 'withdrawn' AND c.with_whom = 'client'
        AND c.component = d.component
    GROUP BY d.enrollment_id, d.curriculum
UNION ALL SELECT m.enrollment_id, 'coming', g.curriculum, '', {coming}
    FROM delivery_groupmember m JOIN delivery_group g ON g.id = m.group_id
    JOIN delivery_groupmeeting t ON t.group_id = g.id AND t.state = 'planned'
    WHERE m.enrollment_id {ids} AND m.left_on IS NULL GROUP BY m.enrollment_id, g.curriculum
UNION ALL SELECT w.enrollment_id, 'sheet', '', '', {sheets}
    FROM workbook_entry w WHERE w.enrollment_id {ids} GROUP BY w.enrollment_id
UNION ALL SELECT b.enrollment_id, 'declined', b.curriculum, '', {declined}
    FROM delivery_declinedbooster b WHERE b.enrollment_id {ids} AND b.taken_back_at IS NULL
    GROUP BY b.enrollment_id, b.curriculum"""
_PARTS = {  # one text for each row: its parts are slugs, codes and days, none of which holds a slash or a comma
    "given": "d.session || '/' || c.\"on\" || '/' || CASE WHEN c.outcome = 'met' THEN 'met' "
    "WHEN d.meeting_id IS NULL THEN '' ELSE 'missed' END",
    "coming": "t.\"on\" || '/' || t.session || '/' || t.sheet",
    "sheets": "w.sheet || '/' || w.taking || '/' || "
    f"CASE WHEN w.state = 'ready' AND length(w.added) > 0 THEN '{OVERTAKEN}' ELSE w.state END",
    "declined": "b.after_on || ''",
}
NOTHING = course_of(())
Row = tuple[str, str, str, str]  # given, coming, sheet or declined; curriculum; first day, version; its text


@dataclass(slots=True)
class Known:
    """What is known of one enrollment, by curriculum: what was given and missed, the version it goes through, meetings
    to come, and the slip after which a booster was not wanted; and the states of its worksheets.
    """

    courses: dict[str, Course] = field(default_factory=dict)
    version: dict[str, int] = field(default_factory=dict)
    coming: dict[str, list[Coming]] = field(default_factory=dict)
    declined_after: dict[str, date] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)

    def course(self, curriculum: str) -> Course:
        return self.courses.get(curriculum, NOTHING)


def known_of(viewer: Actor, ids: list[UUID]) -> dict[UUID, Known]:
    """What is known of these enrollments, which the caller has narrowed. One query, whatever their history."""
    return {id: _known(rows) for id, rows in _rows_of(ids).items()}


def _rows_of(ids: list[UUID]) -> dict[UUID, tuple[Row, ...]]:
    found: dict[UUID, list[Row]] = {id: [] for id in ids}
    if ids:
        keys = dict(zip(sql.written(*ids), found.values(), strict=True))
        condition, values = sql.among(ids)
        asked = _ASKED.format(ids=condition, **{name: sql.gathered(part) for name, part in _PARTS.items()})
        for id, *row in sql.fetch(asked, values * _ASKED.count("{ids}")):
            keys[id].append(tuple(row))
    return {id: tuple(sorted(rows)) for id, rows in found.items()}


def _known(rows: Iterable[Row]) -> Known:
    known = Known()
    for kind, curriculum, first, text in rows:
        parts = [part.split("/") for part in text.split(",")]
        if kind == "given":
            known.version[curriculum] = _version(first)
            given = (Given(slug, date.fromisoformat(on), how == "met", how == "missed") for slug, on, how in parts)
            known.courses[curriculum] = course_of(given)
        elif kind == "coming":
            known.coming[curriculum] = [Coming(date.fromisoformat(on), session, sheet) for on, session, sheet in parts]
        elif kind == "declined":
            known.declined_after[curriculum] = date.fromisoformat(max(parts)[0])
        else:  # of a sheet that was filled in again, the latest filling counts
            latest = sorted(parts, key=lambda part: int(part[1]))
            known.sheets = {sheet: state for sheet, _taking, state in latest}
    return known


def _version(first: str) -> int:
    return int(first.rpartition("/")[2])


def curricula_of(viewer: Actor, program: Program, known: Known | None = None) -> list[Curriculum]:
    """The curricula that the program's components switch on: the version begun with, else the newest. No query."""
    return _curricula(viewer, program, known.version if known else {})


def _curricula(viewer: Actor, program: Program, begun: Mapping[str, int]) -> list[Curriculum]:
    versions = newest_versions(viewer, Kind.CURRICULUM)
    found = [shipped_curriculum(viewer, slug, begun.get(slug, newest)) for slug, newest in sorted(versions.items())]
    return [curriculum for curriculum in found if curriculum.component in program.components]


def raised_of(viewer: Actor, found: list[Standing], on: date) -> dict[UUID, Raised]:
    """The lines of these standings by enrollment, with the courses behind them. One query."""
    rows = _rows_of([standing.enrollment.id for standing in found if not standing.facts.closed])
    raised = {}
    for standing in found:
        enrollment, program = standing.enrollment, standing.program
        if enrollment.id in rows:
            own = rows[enrollment.id]
            begun = {curriculum: _version(first) for kind, curriculum, first, _text in own if kind == "given"}
            curricula = tuple(_curricula(viewer, program, begun))
            facts = replace(standing.facts, deferrals=())  # why something waits is not kept in memory
            raised[enrollment.id] = _weighed(own, curricula, facts, program, enrollment.months, on)
    return raised


@lru_cache(maxsize=4000)
def _weighed(
    rows: tuple[Row, ...],
    curricula: tuple[Curriculum, ...],
    facts: EnrollmentFacts,
    program: Program,
    months: int,
    on: date,
) -> Raised:
    """Of the same facts on the same day, once."""
    courses = _courses(_known(rows), curricula, per_week=per_week(program, months), on=on)
    items = [item for course in courses for item in session_items(course, facts, program, on)]
    return Raised(tuple(items), tuple(courses))


def _courses(known: Known, curricula: Iterable[Curriculum], *, per_week: int, on: date) -> list[CourseFacts]:
    """Where an enrollment stands in these curricula. The meeting that counts is the next one to come; a session that
    the version of the enrollment does not have counts for nothing.
    """
    found = []
    for curriculum in curricula:
        course, slugs = known.course(curriculum.slug).within(curriculum.slugs), curriculum.slugs
        coming = [each for each in known.coming.get(curriculum.slug, ()) if each.on >= on and each.session in slugs]
        found.append(
            CourseFacts(
                curriculum=curriculum,
                done=course.done,
                missed=course.missed,
                sheets=known.sheets,
                coming=min(coming, key=lambda each: each.on, default=None),
                per_week=per_week,
                declined_after=known.declined_after.get(curriculum.slug),
            )
        )
    return found


def known_one(viewer: Actor, enrollment_id: UUID) -> Known:
    """What is known of one enrollment that the caller has in reach. One query."""
    return known_of(viewer, [enrollment_id])[enrollment_id]
