"""Curricula, worksheets and checklists as plain data (`content`), how files become them (`parsing`), and the wording
that an agency lays over ours (`overlays`)."""

from openmission.curricula.rules.content import (
    CheckIn,
    Checklist,
    ChecklistStep,
    Column,
    Curriculum,
    Field,
    GroupSize,
    Option,
    Over,
    Prompt,
    Scale,
    Session,
    Step,
    Worksheet,
    timetable,
)
from openmission.curricula.rules.overlays import InvalidOverlay, overlaid
from openmission.curricula.rules.parsing import (
    IncoherentCurriculum,
    parse_checklist,
    parse_curriculum,
    parse_worksheet,
)

__all__ = [
    "CheckIn",
    "Checklist",
    "ChecklistStep",
    "Column",
    "Curriculum",
    "Field",
    "GroupSize",
    "IncoherentCurriculum",
    "InvalidOverlay",
    "Option",
    "Over",
    "Prompt",
    "Scale",
    "Session",
    "Step",
    "Worksheet",
    "overlaid",
    "parse_checklist",
    "parse_curriculum",
    "parse_worksheet",
    "timetable",
]
