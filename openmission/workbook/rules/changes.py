"""What moved between two fillings of a sheet, and what one save changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openmission.curricula.rules import Worksheet
from openmission.kernel.merging import is_empty
from openmission.workbook.rules.layout import Answers, columns, has_own_rows, is_single, own_rows


@dataclass(frozen=True, slots=True)
class Change:
    """One number, then and now; None: it was not marked. `row` and `column` are empty for a single scale."""

    field: str
    row: str
    column: str
    then: int | None
    now: int | None

    @property
    def difference(self) -> int | None:
        return None if self.then is None or self.now is None else self.now - self.then


@dataclass(frozen=True, slots=True)
class Difference:
    """The smallest part that two versions say differently. `place` leads to it; a row stands there by its id."""

    place: tuple[str, ...]
    before: Any
    after: Any


def scale_changes(sheet: Worksheet, then: Answers, now: Answers) -> tuple[Change, ...]:
    """Every number that either filling has, in the order of the sheet; rows in that of the later one."""
    before, after = _numbers(sheet, then), _numbers(sheet, now)
    return tuple(Change(*place, before.get(place), after.get(place)) for place in dict.fromkeys([*after, *before]))


def _numbers(sheet: Worksheet, answers: Answers) -> dict[tuple[str, str, str], int]:
    found: dict[tuple[str, str, str], int] = {}
    for field in sheet.fields:
        answer = answers.get(field.slug)
        if is_single(field):
            if field.kind == "scale" and answer is not None:
                found[field.slug, "", ""] = answer
            continue
        if field.kind == "checklist" or not answer:
            continue
        rows = {row["id"]: row for row in own_rows(field, answer)} if has_own_rows(field) else answer
        for row, cells in rows.items():
            for column in columns(field):
                if column.kind == "scale" and cells.get(column.slug) is not None:
                    found[field.slug, row, column.slug] = cells[column.slug]
    return found


def differences(before: Answers, after: Answers) -> tuple[Difference, ...]:
    """Every smallest part that differs, new and changed ones in the order of `after`, removed ones behind them."""
    was, now = dict(_parts(before, ())), dict(_parts(after, ()))
    places = dict.fromkeys([*now, *was])
    return tuple(
        Difference(place, was.get(place), now.get(place)) for place in places if was.get(place) != now.get(place)
    )


def _parts(value: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, list):
        value = (
            {part["id"]: part for part in value} if value and isinstance(value[0], dict) else dict.fromkeys(value, 1)
        )
    if isinstance(value, dict):
        for name, part in value.items():
            if name != "id":
                yield from _parts(part, (*place, name))
    elif not is_empty(value):
        yield place, value
