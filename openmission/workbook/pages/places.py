"""The smallest parts of a sheet in words: where they stand, and what they say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from openmission.curricula.rules import Column, Field
from openmission.kernel.merging import Conflict
from openmission.workbook.pages.parts import Cell, cell, given_words, own_label, say
from openmission.workbook.rules import Answers, Difference, columns, is_single, single
from openmission.workbook.rules.layout import own_rows
from openmission.workbook.selectors.entries import OpenSheet


@dataclass(frozen=True, slots=True)
class Told:
    """One part: where it stands on the sheet, what it says in one version and in the other."""

    where: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A row that one took off while the other wrote in it: `words` of it; `mine` when the reader took it off."""

    where: str
    words: str
    mine: bool


def told_kept(opened: OpenSheet, conflicts: Sequence[Conflict]) -> tuple[Kept, ...]:
    """The rows that stand although one of the two took them off."""
    return tuple(_kept(opened.sheet.field(each.place[0]), each) for each in conflicts if each.whole)


def _kept(field: Field, conflict: Conflict) -> Kept:
    row = conflict.stored or conflict.mine
    shown = (cell("", column, row.get(column.slug), {}).words for column in columns(field) if column.kind == "text")
    return Kept(say(field.label), " · ".join(words for words in shown if words), conflict.mine is None)


def told_conflicts(opened: OpenSheet, conflicts: Sequence[Conflict]) -> tuple[Told, ...]:
    """What stands (`before`), and what the sender wrote (`after`)."""
    return tuple(
        _told(opened, each.place, each.stored, each.mine, opened.answers) for each in conflicts if not each.whole
    )


def told_differences(opened: OpenSheet, found: Sequence[Difference], answers: Answers) -> tuple[Told, ...]:
    """What a save changed; `answers` are those after it, in which rows are looked up."""
    return tuple(_told(opened, each.place, each.before, each.after, answers) for each in found)


def _told(opened: OpenSheet, place: tuple[str, ...], before: Any, after: Any, answers: Answers) -> Told:
    field = next((field for field in opened.sheet.fields if field.slug == place[0]), None)
    if field is None:
        return Told(place[0], _plain(before), _plain(after))
    if place[1:2] == ("ticked",):
        return _tick(field, place[-1], before, after)
    row, column = _cell_of(field, place)
    names = [say(field.label), _row_words(opened, field, row, answers), own_label(field, column) if row else ""]
    where = " › ".join(dict.fromkeys(name for name in names if name))
    shown = single(field, opened.named(field.slug)) if is_single(field) else column
    return Told(where, _words(shown, before), _words(shown, after))


def _tick(field: Field, slug: str, before: Any, after: Any) -> Told:
    label = next((say(option.label) for option in field.options if option.slug == slug), slug)
    return Told(f"{say(field.label)} › {label}", *(_("ticked") if each else "" for each in (before, after)))


def _cell_of(field: Field, place: tuple[str, ...]) -> tuple[str, Column]:
    """The row's id (empty for a single answer) and the column."""
    if is_single(field):
        return "", single(field)
    row, column = place[-2], place[-1]
    known = columns(field)
    return row, next((each for each in known if each.slug == column), known[0])


def _row_words(opened: OpenSheet, field: Field, row: str, answers: Answers) -> str:
    """What a row is called: by the sheet, by the item, or by its number."""
    words = given_words(field, opened.named(field.slug)).get(row)
    if words is not None or not row:
        return words or ""
    ids = [each["id"] for each in own_rows(field, answers.get(field.slug))] if not field.over else []
    return _("line %(number)d") % {"number": ids.index(row) + 1} if row in ids else ""


def _words(column: Column, value: Any) -> str:
    made: Cell = cell("", column, value, {})
    return made.words or _plain(value)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
