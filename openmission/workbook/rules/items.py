"""Items: what one sheet named and another asks about."""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from typing import Any

from openmission.curricula.rules import Column, Field, Option, Over, Worksheet
from openmission.programs.rules import Text
from openmission.workbook.rules.layout import Answers, columns, has_own_rows, own_rows

Filled = Mapping[str, tuple[Worksheet, Answers]]
"""{sheet: (as it was filled in, what it says)}; a sheet that was not begun is not there."""
Past = Mapping[str, Sequence[tuple[Worksheet, Answers]]]
"""{sheet: what each save of it left, newest first}, of the sheets that others ask about (`sources`)."""


def items(over: Over, filled: Filled) -> tuple[Option, ...]:
    """The items that `over` names, as they are now: id and words. A row without words is none."""
    sheet, answers = filled.get(over.sheet, (None, {}))
    field = next((field for field in sheet.fields if field.slug == over.field), None) if sheet else None
    if field is None:
        return ()
    answer = answers.get(field.slug)
    if field.pick and field.over and field.over != over:
        return tuple(item for item in items(field.over, filled) if item.slug == answer)
    ticked = (answer or {}).get("ticked", ()) if field.kind == "checklist" else ()
    lines = tuple(option for option in field.options if option.slug in ticked)
    rows = own_rows(field, answer) if has_own_rows(field) else []
    named = [(row["id"], _words(_naming(field, over), row)) for row in rows]
    return lines + tuple(Option(id, words) for id, words in named if words)


def origin(over: Over, filled: Filled) -> Over:
    """Where the items stand that `over` names: those of a choice of items stand on the list it chooses from."""
    sheet = filled[over.sheet][0] if over.sheet in filled else None
    field = next((field for field in sheet.fields if field.slug == over.field), None) if sheet else None
    return origin(field.over, filled) if field and field.pick and field.over and field.over != over else over


def sources(sheet: Worksheet, filled: Filled) -> set[str]:
    """The sheets whose items this one asks about."""
    return {origin(field.over, filled).sheet for field in sheet.fields if field.over}


def once_named(sheet: Worksheet, filled: Filled, past: Past) -> dict[str, tuple[Option, ...]]:
    """{field: every item that was ever on the list it asks about, in its last words}."""
    found: dict[str, tuple[Option, ...]] = {}
    for field in sheet.fields:
        if field.over:
            over = origin(field.over, filled)
            named: dict[str, Option] = {}
            for version in past.get(over.sheet, ()):
                named = {item.slug: item for item in items(over, {over.sheet: version})} | named
            found[field.slug] = tuple(named.values())
    return found


def added_since(
    sheet: Worksheet, answers: Answers, then: Filled, now: Filled, added: Collection[str]
) -> tuple[str, ...]:
    """What came onto the lists that the sheet asks about, on top of what had been `added` before; not what was taken
    off again, nor what the sheet speaks of by now.
    """
    found: dict[str, None] = {}
    for field in sheet.fields:
        if field.over:
            was = {item.slug for item in items(field.over, then)}
            said = gone(field, answers.get(field.slug), ())
            here = [item.slug for item in items(field.over, now) if item.slug not in said]
            found |= dict.fromkeys(id for id in here if id in added or id not in was)
    return tuple(found)


def linked_items(sheet: Worksheet, filled: Filled) -> dict[str, tuple[Option, ...]]:
    """{field: its items} of the fields that ask about another sheet's."""
    return {field.slug: items(field.over, filled) for field in sheet.fields if field.over}


def gone(field: Field, answer: Any, there: tuple[Option, ...]) -> tuple[str, ...]:
    """Ids of items that are no longer on the list and about which something was said."""
    if not field.over:
        return ()
    said = [answer] if field.pick and answer else list(answer or ())
    known = {item.slug for item in there}
    return tuple(id for id in said if id not in known)


def taken_off(field: Field, answer: Any, versions: Sequence[Answers], asked: Set[str]) -> tuple[dict[str, Any], ...]:
    """Rows of one's own that are no longer there and about which another sheet says something (`asked`: their ids), as
    they were in the last of `versions` (newest first) that has them.
    """
    there = {row["id"] for row in own_rows(field, answer)} if has_own_rows(field) else asked
    found: dict[str, dict[str, Any]] = {}
    for version in versions:
        for row in own_rows(field, version.get(field.slug)) if has_own_rows(field) else ():
            if row["id"] in asked and row["id"] not in there:
                found.setdefault(row["id"], row)
    return tuple(found.values())


def asked_about(place: tuple[str, str], sheets: Iterable[tuple[Worksheet, Answers]], filled: Filled) -> set[str]:
    """Ids of the items of a field (`place`: sheet and field) about which these sheets say something."""
    found: set[str] = set()
    for sheet, answers in sheets:
        for field in sheet.fields:
            over = origin(field.over, filled) if field.over else None
            if over and (over.sheet, over.field) == place:
                found |= {*gone(field, answers.get(field.slug), ())}
    return found


def _naming(field: Field, over: Over) -> Column | None:
    found = columns(field)
    return next((column for column in found if column.slug == over.column), found[0] if found else None)


def _words(column: Column | None, row: dict[str, Any]) -> Text | None:
    value = row.get(column.slug) if column else None
    if column is None or value is None or value == "":
        return None
    if column.kind == "choice":
        return next((option.label for option in column.options if option.slug == value), None)
    return Text(str(value), str(value))
