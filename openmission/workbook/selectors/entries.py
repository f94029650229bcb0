"""One sheet of a client, with what the other sheets named."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from openmission.care.selectors.contacts import get_served
from openmission.curricula.rules import Option, Worksheet
from openmission.curricula.selectors import worksheet
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.errors import NotFound
from openmission.kernel.kept import kept
from openmission.workbook.models import Entry, EntryVersion
from openmission.workbook.rules import (
    Answers,
    Past,
    asked_about,
    linked_items,
    once_named,
    sources,
    taken_off,
)

PAGE = 20  # saves that the history shows at a time


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """A sheet as it stands: `entry` None is not started. `takings` are all fillings of it, oldest first; `filled` what
    every sheet of the client says, by the latest filling; `items` what other sheets name, by the field that asks,
    `once` what they ever named; `taken_off` rows of this sheet, by field, that are gone and that other sheets speak of.
    """

    enrollment: Enrollment
    sheet: Worksheet
    entry: Entry | None
    answers: Answers
    takings: tuple[Entry, ...]
    filled: dict[str, tuple[Worksheet, Answers]]
    items: dict[str, tuple[Option, ...]]
    once: dict[str, tuple[Option, ...]]
    taken_off: dict[str, tuple[dict[str, Any], ...]]

    def named(self, field: str) -> tuple[Option, ...]:
        """The items of a field in their order, behind them those that are no longer on the list."""
        there = self.items.get(field, ())
        ids = {item.slug for item in there}
        return there + tuple(item for item in self.once.get(field, ()) if item.slug not in ids)

    @property
    def taking(self) -> int:
        return self.entry.taking if self.entry else 1

    @property
    def revision(self) -> int:
        """What a form that is made from this has seen."""
        return self.entry.revision if self.entry else 0


def answers_of(viewer: Actor, kept_answers: Entry | EntryVersion | None) -> Answers:
    """What it says; nothing for a sheet that is not started, or lies there empty."""
    found: Answers = json.loads(kept_answers.answers) if kept_answers and kept_answers.answers else {}
    return found


def entries_of(viewer: Actor, enrollment_id: UUID) -> dict[str, list[Entry]]:
    """{sheet: its takings, oldest first} of an enrollment in reach. One query."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in _entries(enrollment_id):
        found[entry.sheet].append(entry)
    return found


@kept
def _entries(enrollment_id: UUID) -> QuerySet[Entry]:
    return Entry.objects.filter(enrollment_id=enrollment_id).order_by("sheet", "taking")


def filled_sheets(viewer: Actor, entries: dict[str, list[Entry]]) -> dict[str, tuple[Worksheet, Answers]]:
    """{sheet: (the version it was begun with, what its latest filling says)}."""
    latest = {sheet: rows[-1] for sheet, rows in entries.items() if rows}
    return {sheet: (worksheet(viewer, sheet, row.version), answers_of(viewer, row)) for sheet, row in latest.items()}


def open_sheet(viewer: Actor, enrollment_id: UUID, sheet: str, *, at: datetime, taking: int | None = None) -> OpenSheet:
    """One sheet of an enrollment in whose record the viewer may write; without `taking` the latest. Notes the look.
    Raises `NotFound`.
    """
    enrollment = get_served(viewer, enrollment_id, at=at)
    entries = entries_of(viewer, enrollment_id)
    takings = entries.get(sheet, [])
    entry = next((row for row in reversed(takings) if taking in (None, row.taking)), None)
    if taking not in (None, 1) and entry is None:
        raise NotFound(_("This sheet was not filled in that often."))
    versions = asked_versions(viewer, entries, worksheet(viewer, sheet, entry.version if entry else None))
    return opened(viewer, enrollment, sheet, entry, entries, versions)


def opened(
    viewer: Actor,
    enrollment: Enrollment,
    sheet: str,
    entry: Entry | None,
    entries: dict[str, list[Entry]],
    versions: dict[UUID, list[Answers]],
) -> OpenSheet:
    """The sheet with what hangs together with it, out of the entries of the enrollment and what `asked_versions` found.
    Raises `NotFound`. No query.
    """
    form = worksheet(viewer, sheet, entry.version if entry else None)
    answers, filled = answers_of(viewer, entry), filled_sheets(viewer, entries)
    filled |= {sheet: (form, answers)}
    items, once = linked_items(form, filled), once_named(form, filled, past_of(viewer, entries, versions))
    others = [
        (worksheet(viewer, row.sheet, row.version), answers_of(viewer, row))
        for rows in entries.values()
        for row in rows
    ]
    own = versions.get(entry.id, []) if entry else []
    taken = {
        field.slug: taken_off(field, answers.get(field.slug), own, asked_about((sheet, field.slug), others, filled))
        for field in form.fields
    }
    return OpenSheet(enrollment, form, entry, answers, tuple(entries.get(sheet, ())), filled, items, once, taken)


def asked_versions(viewer: Actor, entries: dict[str, list[Entry]], *sheets: Worksheet) -> dict[UUID, list[Answers]]:
    """{entry: what each save left, newest first} of the fillings that these sheets, or any that was begun, ask about.
    One query.
    """
    filled = filled_sheets(viewer, entries)
    asked = set().union(*(sources(form, filled) for form in [*sheets, *(form for form, _answers in filled.values())]))
    ids = [row.id for sheet in asked for row in entries.get(sheet, ())]
    found: dict[UUID, list[Answers]] = defaultdict(list)
    for version in EntryVersion.objects.filter(entry__in=ids).order_by("-revision") if ids else ():
        found[version.entry_id].append(answers_of(viewer, version))
    return found


def past_of(viewer: Actor, entries: dict[str, list[Entry]], versions: dict[UUID, list[Answers]]) -> Past:
    """{sheet: what each save of it left, newest first}, out of what `asked_versions` found. No query."""
    return {
        sheet: [
            (worksheet(viewer, sheet, row.version), said) for row in reversed(rows) for said in versions.get(row.id, ())
        ]
        for sheet, rows in entries.items()
    }


def versions_of(viewer: Actor, entry: Entry, start: int = 0) -> list[EntryVersion]:
    """What twenty saves left, newest first, of an entry in reach, without the `start` newest; and the one before them,
    if there is one. One query.
    """
    return list(entry.versions.order_by("-revision")[start : start + PAGE + 1])


def seen_answers(viewer: Actor, entry: Entry | None, revision: int) -> Answers:
    """What the entry said at that revision; nothing for one that never was, so that nothing counts as removed."""
    if entry is not None and entry.revision == revision:
        return answers_of(viewer, entry)
    return answers_of(viewer, entry.versions.filter(revision=revision).first() if entry else None)


def lock_entry(viewer: Actor, enrollment: Enrollment, sheet: str, taking: int) -> Entry | None:
    """The entry as it is now; the caller holds the enrollment's lock."""
    return Entry.objects.filter(enrollment_id=enrollment.id, sheet=sheet, taking=taking).first()
