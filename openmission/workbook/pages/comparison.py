"""Two fillings of a repeatable sheet side by side: what moved."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from openmission.curricula.rules import Column, Field
from openmission.kernel.actors import Actor
from openmission.workbook.pages.parts import given_words, say
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
    rows: dict[str, list[Moved]] = {}
    for change in scale_changes(opened.sheet, before, opened.answers):
        field = opened.sheet.field(change.field)
        rows.setdefault(_about(opened, field, change), []).append(_moved(field, change))
    grouped = tuple((about, tuple(moved)) for about, moved in rows.items())
    return Comparison(earlier[-1].begun_at, opened.entry.begun_at, grouped) if grouped else None


def _about(opened: OpenSheet, field: Field, change: Change) -> str:
    if not change.row:
        return say(field.label)
    words = given_words(field, opened.items.get(field.slug, ())).get(change.row)
    return words or (_("No longer on the list") if field.over else say(field.label))


def _moved(field: Field, change: Change) -> Moved:
    column: Column = single(field) if is_single(field) else _column(field, change.column)
    scale = column.scale
    low, high = (scale.low, scale.high) if scale else (0, 10)
    return Moved(say(column.label), change.then, change.now, low, high)


def _column(field: Field, slug: str) -> Column:
    return next(column for column in columns(field) if column.slug == slug)
