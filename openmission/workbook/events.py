"""What the workbook room says. No event holds an answer."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from openmission.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class WorksheetSaved(Event):
    """Something was written on a sheet; with revision 1 it was begun."""

    enrollment_id: UUID
    entry_id: UUID
    sheet: str
    taking: int
    revision: int


@dataclass(frozen=True, kw_only=True)
class WorksheetBegunAgain(Event):
    """A repeatable sheet lies there empty once more; what it said before stays."""

    enrollment_id: UUID
    entry_id: UUID
    sheet: str
    taking: int


@dataclass(frozen=True, kw_only=True)
class WorksheetMarked(Event):
    """A sheet is in preparation again, ready, brought to the session, or reviewed."""

    on_timeline: ClassVar[bool] = True
    enrollment_id: UUID
    entry_id: UUID
    sheet: str
    taking: int
    state: str
