"""What a field consists of: one answer, rows that are given, or rows of one's own."""

from typing import Any

from openmission.curricula.rules import Column, Field, Option
from openmission.programs.rules import Text

Answers = dict[str, Any]
_NUMBERS = tuple(Text(str(day), str(day)) for day in range(1, 8))


def is_single(field: Field) -> bool:
    return field.kind in ("text", "scale", "choice") or field.pick


def most_rows(field: Field) -> int:
    """How many rows of one's own fit: what the content says, else sixty, so that a form can always be saved."""
    return field.most or 60


def has_own_rows(field: Field) -> bool:
    """The participant adds the rows. A checklist has them below its lines, if it may have any."""
    return field.kind in ("list", "timeline") or (field.kind == "table" and not field.rows) or field.own


def single(field: Field, items: tuple[Option, ...] = ()) -> Column:
    """The one answer of a field that has one; `items` to pick from."""
    if field.pick:
        return Column(field.slug, "choice", field.label, options=items)
    return Column(field.slug, field.kind, field.label, field.scale, field.options)


def columns(field: Field) -> tuple[Column, ...]:
    """The cells of each row. The cells of a timeline and the line of a list have no words of their own in content."""
    if field.kind == "timeline":
        lane = Column("lane", "choice", field.label, options=field.lanes)
        return lane, Column("when", "text", field.label), Column("what", "text", field.label)
    if field.kind == "schedule":
        return tuple(Column(part.slug, "text", part.label) for part in field.parts)
    if field.kind in ("list", "checklist"):
        return (Column("text", "text", field.label),)
    return field.columns


def given_rows(field: Field, items: tuple[Option, ...] = ()) -> tuple[Option, ...]:
    """The rows that are there for everybody: those of the sheet, the days of a week (1 is the first), or the items."""
    if field.kind == "schedule":
        return tuple(Option(words.en, words) for words in _NUMBERS)
    return items if field.over else field.rows


def own_rows(field: Field, answer: Any) -> list[dict[str, Any]]:
    """The rows that the participant added."""
    rows: list[dict[str, Any]] = (answer or {}).get("own", []) if field.kind == "checklist" else answer or []
    return rows
