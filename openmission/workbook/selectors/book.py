"""The book: every sheet of a client with its state."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from openmission.care.selectors.contacts import get_served
from openmission.curricula.rules import Session, Worksheet
from openmission.curricula.selectors import all_curricula, all_worksheets
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.programs.selectors import program
from openmission.workbook.models import Entry
from openmission.workbook.selectors.entries import entries_of


@dataclass(frozen=True, slots=True)
class Card:
    """One sheet of the book; `entry` is its latest filling, None when it is not started. `sessions` use it."""

    sheet: Worksheet
    entry: Entry | None
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class Book:
    enrollment: Enrollment
    cards: tuple[Card, ...]
    entries: dict[str, list[Entry]]


def book(viewer: Actor, enrollment_id: UUID, *, at: datetime) -> Book:
    """The book of an enrollment in whose record the viewer may write, in the order of the sheets. Notes the look. As
    many queries for one sheet as for all. Raises `NotFound`.
    """
    enrollment = get_served(viewer, enrollment_id, at=at)
    entries = entries_of(viewer, enrollment_id)
    used = _sessions(viewer, enrollment)
    cards = (
        Card(sheet, next(reversed(entries.get(sheet.slug, [])), None), tuple(used.get(sheet.slug, ())))
        for sheet in all_worksheets(viewer)
    )
    return Book(enrollment, tuple(cards), entries)


def _sessions(viewer: Actor, enrollment: Enrollment) -> dict[str, list[Session]]:
    """{sheet: the sessions that use it}, of the curricula of the client's program."""
    components = program(viewer, enrollment.program_version_id).components
    used: dict[str, list[Session]] = {}
    for curriculum in all_curricula(viewer):
        for session in curriculum.sessions if curriculum.component in components else ():
            for sheet in session.worksheets:
                used.setdefault(sheet, []).append(session)
    return used
