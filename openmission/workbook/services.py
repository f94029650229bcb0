"""Writing on a client's sheets: several may at once, and no answer is lost."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from openmission.audit.services import record
from openmission.curricula.rules import Worksheet
from openmission.curricula.selectors import worksheet
from openmission.intake.models import Enrollment
from openmission.intake.selectors.enrollments import lock_enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.decisions import require
from openmission.kernel.errors import DomainError
from openmission.kernel.merging import Conflict, merge
from openmission.workbook.events import WorksheetBegunAgain, WorksheetMarked, WorksheetSaved
from openmission.workbook.models import Entry, EntryVersion
from openmission.workbook.policies import can_fill_sheet
from openmission.workbook.rules import Answers, Fault, added_since, faults, gone, linked_items, once_named, strangers
from openmission.workbook.selectors.entries import (
    answers_of,
    asked_versions,
    entries_of,
    filled_sheets,
    lock_entry,
    past_of,
    seen_answers,
)


class InvalidAnswers(DomainError):
    """Something on the sheet cannot be right; `faults` say where."""

    def __init__(self, found: tuple[Fault, ...]):
        super().__init__(_("Something on this sheet needs another look."))
        self.faults = found


class InvalidMark(DomainError):
    """The sheet is not started, or has no such filling or state."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The entry as it stands now, and what somebody else changed differently at the same time: that stays. `proposed`
    is what would stand if the sender's words went before theirs.
    """

    entry: Entry
    conflicts: tuple[Conflict, ...]
    proposed: Answers


@transaction.atomic
def save_entry(
    enrollment: Enrollment,
    *,
    sheet: str,
    answers: Answers,
    seen: int,
    by: Actor,
    at: datetime,
    taking: int = 1,
    state: str = "",
    listed: Collection[str] | None = None,
) -> Saved:
    """Write on a sheet, which begins it. `seen`: the revision that the form was made from (0: an empty sheet); what was
    changed since is merged by the smallest part. Saying nothing new is no version, so that saving twice is saving once.
    `state`: mark it too, unless there is a conflict. `listed`: the items that the form showed, None for all that are
    there. Raises `InvalidAnswers`, `InvalidMark`, `NotFound`, `Refused`.
    """
    enrollment = lock_enrollment(by, enrollment.id)
    require(can_fill_sheet(by, enrollment, at))
    entry = lock_entry(by, enrollment, sheet, taking)
    form = worksheet(by, sheet, entry.version if entry else None)
    stored, base = answers_of(by, entry), seen_answers(by, entry, seen)
    if found := (*faults(form, answers), *_strangers(enrollment, form, answers, (stored, base), by=by)):
        raise InvalidAnswers(found)
    if entry is None and taking != 1:
        raise InvalidMark(_("This sheet was not filled in that often."))
    merged, conflicts = merge(base, stored, answers)
    proposed, _theirs = merge(base, answers, stored)
    if entry is None:
        entry = _begin(enrollment, sheet, form.version, taking, by=by, at=at)
    if merged != stored or entry.revision == 0:
        _write(entry, merged, by=by, at=at)
    marked = bool(state) and not conflicts
    if marked:
        entry = mark_entry(entry, state=state, by=by, at=at)
    elif not merged and entry.state == Entry.State.READY:  # whoever empties it has to prepare it again
        entry = mark_entry(entry, state=Entry.State.PREPARING, by=by, at=at)
    _tell_of_added(entry, stored, listed if marked else (), marked=marked, by=by)
    return Saved(entry, conflicts, proposed)


def _strangers(
    enrollment: Enrollment, form: Worksheet, answers: Answers, before: tuple[Answers, ...], *, by: Actor
) -> tuple[Fault, ...]:
    """The fields that speak of an item that was never on the list they ask about, and did not `before`."""
    if not any(field.over for field in form.fields):
        return ()
    entries = entries_of(by, enrollment.id)
    filled = filled_sheets(by, entries) | {form.slug: (form, answers)}
    there = linked_items(form, filled)
    once = once_named(form, filled, past_of(by, entries, asked_versions(by, entries, form)))
    known = {slug: {item.slug for item in (*items, *once[slug])} for slug, items in there.items()}
    for slug in known:
        known[slug] |= {id for said in before for id in gone(form.field(slug), said.get(slug), ())}
    return strangers(form, answers, known)


def _begin(enrollment: Enrollment, sheet: str, version: int, taking: int, *, by: Actor, at: datetime) -> Entry:
    return Entry.objects.create(
        enrollment=enrollment,
        client_id=enrollment.client_id,
        sheet=sheet,
        version=version,
        taking=taking,
        begun_at=at,
        changed_at=at,
        changed_by=by.id,
        changed_by_name=by.name,
        state_at=at,
        state_by=by.id,
        state_by_name=by.name,
    )


def _write(entry: Entry, answers: Answers, *, by: Actor, at: datetime) -> None:
    entry.answers = json.dumps(answers, ensure_ascii=False)
    entry.revision += 1
    entry.changed_at, entry.changed_by, entry.changed_by_name = at, by.id, by.name
    entry.save(update_fields=["answers", "revision", "changed_at", "changed_by", "changed_by_name"])
    EntryVersion.objects.create(
        entry=entry, revision=entry.revision, answers=entry.answers, at=at, by_id=by.id, by_name=by.name
    )
    event = WorksheetSaved(
        client_id=entry.client_id,
        enrollment_id=entry.enrollment_id,
        entry_id=entry.id,
        sheet=entry.sheet,
        taking=entry.taking,
        revision=entry.revision,
    )
    record(event, by=by, at=at)


def _tell_of_added(entry: Entry, before: Answers, listed: Collection[str] | None, *, marked: bool, by: Actor) -> None:
    """After a save that found `before`: the sheets that are ready know what came onto their lists since; this one, when
    it was marked with it, what its form had not `listed`.
    """
    entries = entries_of(by, entry.enrollment_id)
    if entries[entry.sheet][-1].id != entry.id:
        return
    filled = filled_sheets(by, entries)
    then = filled | {entry.sheet: (filled[entry.sheet][0], before)}
    for row in (rows[-1] for rows in entries.values()):
        form, answers = filled[row.sheet]
        since, known = then, row.added_ids
        if marked and row.id == entry.id:
            there = (item.slug for items in linked_items(form, filled).values() for item in items)
            since, known = filled, () if listed is None else tuple(id for id in there if id not in listed)
        added = " ".join(added_since(form, answers, since, filled, known)) if row.state == Entry.State.READY else ""
        if row.added != added:
            Entry.objects.filter(id=row.id).update(added=added)


@transaction.atomic
def mark_entry(entry: Entry, *, state: str, by: Actor, at: datetime) -> Entry:
    """Say how far a sheet is prepared, as everything stands that it asks about; what it is already is not said again.
    Raises `InvalidMark`, `Refused`.
    """
    enrollment = lock_enrollment(by, entry.enrollment_id)
    require(can_fill_sheet(by, enrollment, at))
    current = Entry.objects.get(id=entry.id)
    if state not in Entry.State.values:
        raise InvalidMark(_("Choose how far this sheet is."))
    if current.standing == state:
        return current
    if state == Entry.State.READY and current.answers in ("", "{}"):
        raise InvalidMark(_("Nothing is written on this sheet yet."))
    current.state, current.state_at, current.state_by, current.state_by_name = state, at, by.id, by.name
    current.added = ""
    current.save(update_fields=["state", "state_at", "state_by", "state_by_name", "added"])
    event = WorksheetMarked(
        client_id=current.client_id,
        enrollment_id=current.enrollment_id,
        entry_id=current.id,
        sheet=current.sheet,
        taking=current.taking,
        state=state,
    )
    record(event, by=by, at=at)
    return current


@transaction.atomic
def begin_again(enrollment: Enrollment, *, sheet: str, by: Actor, at: datetime) -> Entry:
    """Lay a repeatable sheet there empty once more, in its newest version. While the last filling is still empty, that
    is the one. Raises `InvalidMark`, `NotFound`, `Refused`.
    """
    enrollment = lock_enrollment(by, enrollment.id)
    require(can_fill_sheet(by, enrollment, at))
    form = worksheet(by, sheet)
    last = Entry.objects.filter(enrollment=enrollment, sheet=sheet).order_by("taking").last()
    if last is None or not form.repeatable:
        raise InvalidMark(_("Only a sheet that was filled in and is made for it can be filled in again."))
    if not answers_of(by, last):
        return last
    entry = _begin(enrollment, sheet, form.version, last.taking + 1, by=by, at=at)
    event = WorksheetBegunAgain(
        client_id=entry.client_id,
        enrollment_id=entry.enrollment_id,
        entry_id=entry.id,
        sheet=sheet,
        taking=entry.taking,
    )
    record(event, by=by, at=at)
    return entry
