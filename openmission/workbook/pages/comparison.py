"""Two fillings of a repeatable sheet side by side: what moved."""

from dataclasses import dataclass
from datetime import datetime

from openmission.curricula.rules import Column, Field
from openmission.kernel.actors import Actor
from openmission.workbook.pages.parts import given_words, off_list, say
from openmission.workbook.rules import Change, columns, is_single, scale_changes, single
from openmission.workbook.selectors.entries import OpenSheet, answers_of


@dataclass(frozen=True, slots=True)
class Moved:
    """One number then and now, on its scale."""

    what: str
    then: int | None
    now: int | None
    low: int
    high: int

    @property
    def difference(self) -> str:
        """ "+3", "0", or with a real minus sign; empty where one of the two is missing."""
        if self.then is None or self.now is None:
            return ""
        moved = self.now - self.then
        return f"+{moved}" if moved > 0 else str(moved).replace("-", "−")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The filling shown beside the one before it; `rows` as (about what, what moved)."""

    then_at: datetime
    now_at: datetime
    rows: tuple[tuple[str, tuple[Moved, ...]], ...]


def comparison(viewer: Actor, opened: OpenSheet) -> Comparison | None:
    """What moved since the filling before the one that is open; None when there is none, or no number in either."""
    earlier = [row for row in opened.takings if row.taking < opened.taking]
    if not earlier or opened.entry is None:
        return None
    before = answers_of(viewer, earlier[-1])
    rows: dict[tuple[str, str], list[Change]] = {}
    for change in scale_changes(opened.sheet, before, opened.answers):
        rows.setdefault((change.field, change.row), []).append(change)
    grouped = tuple(_about(opened, *place, moved) for place, moved in rows.items())
    return Comparison(earlier[-1].begun_at, opened.entry.begun_at, grouped) if grouped else None


def _about(opened: OpenSheet, slug: str, row: str, changes: list[Change]) -> tuple[str, tuple[Moved, ...]]:
    field = opened.sheet.field(slug)
    words = given_words(field, opened.named(slug)).get(row) or say(field.label)
    if row and field.over and row not in {item.slug for item in opened.items[slug]}:
        words = off_list(words)
    return words, tuple(_moved(field, change) for change in changes)


def _moved(field: Field, change: Change) -> Moved:
    column: Column = single(field) if is_single(field) else _column(field, change.column)
    scale = column.scale
    low, high = (scale.low, scale.high) if scale else (0, 10)
    return Moved(say(column.label), change.then, change.now, low, high)


def _column(field: Field, slug: str) -> Column:
    return next(column for column in columns(field) if column.slug == slug)
