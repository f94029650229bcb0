"""Where enrollments stand in the curricula of their programs: derived from deliveries and worksheets, in one query."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
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

_GIVEN = """\
SELECT s.enrollment_id, 'given', s.curriculum, min(s.version), {given}
    FROM (SELECT d.enrollment_id, d.curriculum, d.session, min(d.version) AS version,
        min(CASE WHEN c.outcome = 'met' THEN c.{on} END) AS first_on,
        max(CASE WHEN c.outcome = 'met' THEN c.{on} END) AS last_on,
        max(CASE WHEN c.outcome <> 'met' AND d.meeting_id IS NOT NULL THEN c.{on} END) AS missed_on
        FROM delivery_delivery d JOIN care_contact c ON c.id = d.contact_id
        WHERE d.enrollment_id {ids} AND c.outcome <> 'withdrawn' AND c.with_whom = 'client'
        GROUP BY d.enrollment_id, d.curriculum, d.session) s
    GROUP BY s.enrollment_id, s.curriculum
UNION ALL SELECT m.enrollment_id, 'coming', g.curriculum, 0, {coming}
    FROM delivery_groupmember m JOIN delivery_group g ON g.id = m.group_id
    JOIN delivery_groupmeeting t ON t.group_id = g.id AND t.state = 'planned'
    WHERE m.enrollment_id {ids} AND m.left_on IS NULL GROUP BY m.enrollment_id, g.curriculum
UNION ALL SELECT w.enrollment_id, 'sheet', '', 0, {sheets}
    FROM workbook_entry w WHERE w.enrollment_id {ids} GROUP BY w.enrollment_id"""
_PARTS = {  # one text for each row: its parts are slugs, codes and days, none of which holds a slash or a comma
    "given": "s.session || '/' || coalesce(cast(s.first_on AS text), '') || '/' || "
    "coalesce(cast(s.last_on AS text), '') || '/' || coalesce(cast(s.missed_on AS text), '')",
    "coming": "t.{on} || '/' || t.session || '/' || t.sheet",
    "sheets": "w.sheet || '/' || w.taking || '/' || w.state",
}


@dataclass(slots=True)
class Known:
    """What is known of one enrollment, by curriculum: what was given (of each session the first and the last time, and
    when it was last missed), the version it goes through, meetings to come; and the states of its worksheets.
    """

    given: dict[str, list[Given]] = field(default_factory=lambda: defaultdict(list))
    version: dict[str, int] = field(default_factory=dict)
    coming: dict[str, list[Coming]] = field(default_factory=lambda: defaultdict(list))
    sheets: dict[str, str] = field(default_factory=dict)

    def course(self, curriculum: str) -> Course:
        return course_of(self.given.get(curriculum, ()))


def known_of(viewer: Actor, ids: list[UUID]) -> dict[UUID, Known]:
    """What is known of these enrollments, which the caller has narrowed. One query, whatever their history."""
    found = {id: Known() for id in ids}
    if not ids:
        return found
    keys = dict(zip(sql.written(*ids), ids, strict=True))
    condition, values = sql.among(ids)
    parts = {name: sql.gathered(part.format(on='"on"')) for name, part in _PARTS.items()}
    asked = _GIVEN.format(ids=condition, on='"on"', **parts)
    for id, kind, curriculum, version, texts in sql.fetch(asked, values * _GIVEN.count("{ids}")):
        _tell(found[keys[id]], kind, curriculum, version, texts)
    return found


def _tell(known: Known, kind: str, curriculum: str, version: int, texts: str) -> None:
    rows = [text.split("/") for text in texts.split(",")]
    if kind == "given":
        known.version[curriculum] = min(version, known.version.get(curriculum, version))
        known.given[curriculum] += [each for row in rows for each in _given(*row)]
    elif kind == "coming":
        known.coming[curriculum] += [Coming(date.fromisoformat(on), session, sheet) for on, session, sheet in rows]
    else:  # of a sheet that was filled in again, the latest filling counts
        latest = sorted(rows, key=lambda row: int(row[1]))
        known.sheets |= {sheet: state for sheet, _taking, state in latest}


def _given(session: str, first: str, last: str, missed: str) -> Iterator[Given]:
    """One session's times; empty: never."""
    for on in {first, last} - {""}:
        yield Given(session, date.fromisoformat(on), met=True, in_group=False)
    if missed:
        yield Given(session, date.fromisoformat(missed), met=False, in_group=True)


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
        course, slugs = known.course(curriculum.slug), {session.slug for session in curriculum.sessions}
        coming = [each for each in known.coming.get(curriculum.slug, ()) if each.on >= on and each.session in slugs]
        found.append(
            CourseFacts(
                curriculum=curriculum,
                done={slug: days for slug, days in course.done.items() if slug in slugs},
                missed={slug: day for slug, day in course.missed.items() if slug in slugs},
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
