"""From the names and values of a form to answers. Names are `field`, or `field.row.column`."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from openmission.curricula.rules import Column, Field, Worksheet
from openmission.kernel.merging import is_empty, tidied
from openmission.workbook.rules.items import gone
from openmission.workbook.rules.layout import (
    Answers,
    columns,
    given_rows,
    has_own_rows,
    is_single,
    most_rows,
    own_rows,
    single,
)

LONGEST = 2000
_ROW = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
Posted = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be right: `kind` is too_long, off_scale, unknown, unlisted or too_many. `name` is the form's."""

    name: str
    kind: str
    field: str


def read_answers(sheet: Worksheet, posted: Posted, *, base: Answers) -> Answers:
    """What the form says, as typed, right or not (`faults` says which). `base` is what the form was made from: a field,
    or an item of another sheet, of which the form says nothing stays as it was there.
    """
    found = dict(base)
    for field in sheet.fields:
        names = [name for name in posted if name == field.slug or name.startswith(f"{field.slug}.")]
        if names:
            found[field.slug] = _read(field, posted, names, base.get(field.slug))
    answers: Answers = tidied(found)
    return answers


def _read(field: Field, posted: Posted, names: list[str], before: Any) -> Any:
    if is_single(field):
        return _value(single(field), _last(posted, field.slug))
    if field.kind == "checklist":
        ticked = [value for value in dict.fromkeys(posted.get(field.slug, ())) if value]
        return {"ticked": ticked, "own": _rows(field, posted, names) if field.own else []}
    if has_own_rows(field):
        return _rows(field, posted, names)
    rows = {
        row["id"]: {name: part for name, part in row.items() if name != "id"} for row in _rows(field, posted, names)
    }
    if not field.over:
        known = {option.slug for option in given_rows(field)}
        rows = {id: row for id, row in rows.items() if id in known}
    return {**(before or {}), **rows}


def _rows(field: Field, posted: Posted, names: list[str]) -> list[dict[str, Any]]:
    """Every row of the form in its order, each with its id."""
    known = {column.slug: column for column in columns(field)}
    rows: dict[str, dict[str, Any]] = {}
    for name in names:
        _field, row, column = [*name.split("."), "", ""][:3]
        if column in known and _ROW.fullmatch(row):
            rows.setdefault(row, {"id": row})[column] = _value(known[column], _last(posted, name))
    return list(rows.values())


def _last(posted: Posted, name: str) -> str:
    values = posted.get(name) or [""]
    return values[-1].replace("\r\n", "\n").strip()


def _value(column: Column, typed: str) -> Any:
    if column.kind == "scale" and re.fullmatch(r"[0-9]{1,3}", typed):
        return int(typed)
    return typed or None


def faults(sheet: Worksheet, answers: Answers) -> tuple[Fault, ...]:
    """Everything in the answers that cannot be right, in the order of the sheet."""
    return tuple(fault for field in sheet.fields for fault in _faults(field, answers.get(field.slug)))


def strangers(sheet: Worksheet, answers: Answers, known: Mapping[str, Set[str]]) -> tuple[Fault, ...]:
    """The fields that say something of an item that was never on the list they ask about; `known` ids by field."""
    said = {field.slug: gone(field, answers.get(field.slug), ()) for field in sheet.fields}
    return tuple(Fault(slug, "unlisted", slug) for slug, ids in said.items() if not set(ids) <= known.get(slug, set()))


def _faults(field: Field, answer: Any) -> Iterator[Fault]:
    if is_empty(answer):
        return
    own = own_rows(field, answer) if has_own_rows(field) else []
    if len(own) > most_rows(field):
        yield Fault(field.slug, "too_many", field.slug)
    if field.kind == "checklist" and not set(answer.get("ticked", ())) <= {option.slug for option in field.options}:
        yield Fault(field.slug, "unknown", field.slug)
    for name, column, value in _cells(field, answer, own):
        if kind := _wrong(column, value, any_item=field.pick):
            yield Fault(name, kind, field.slug)


def _cells(field: Field, answer: Any, own: list[dict[str, Any]]) -> Iterator[tuple[str, Column, Any]]:
    if is_single(field):
        yield field.slug, single(field), answer
        return
    given = answer if not has_own_rows(field) and field.kind != "checklist" else {}
    for row, cells in [*((each["id"], each) for each in own), *given.items()]:
        for column in columns(field):
            yield f"{field.slug}.{row}.{column.slug}", column, cells.get(column.slug)


def _wrong(column: Column, value: Any, *, any_item: bool) -> str:
    """Why a value cannot stand in that cell. Of an item `strangers` knows more."""
    if is_empty(value):
        return ""
    if column.kind == "scale":
        scale = column.scale
        fits = isinstance(value, int) and scale is not None and scale.low <= value <= scale.high
        return "" if fits else "off_scale"
    if column.kind == "choice":
        fits = bool(_ROW.fullmatch(value)) if any_item else value in {option.slug for option in column.options}
        return "" if fits else "unknown"
    return "too_long" if len(value) > LONGEST else ""
