"""A sheet as it is shown: its fields as parts, rows and cells with their words in one language.

Call it with that language in use (`translation.override`); the page and the paper are made of the same parts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from openmission.curricula.rules import Column, Field, Option, Worksheet
from openmission.kernel.ids import new_id
from openmission.programs.rules import Text, localized
from openmission.workbook.rules import (
    LONGEST,
    Answers,
    Fault,
    columns,
    given_rows,
    gone,
    has_own_rows,
    is_single,
    single,
)
from openmission.workbook.rules.layout import most_rows, own_rows

NEW = "new-row"  # stands in the pattern of a row where a script puts the id


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    chosen: bool
    help: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One control. `kind` is text, scale, choice or ticks; `words` is the answer as people read it."""

    name: str
    kind: str
    label: str
    value: str = ""
    choices: tuple[Choice, ...] = ()
    low: str = ""
    high: str = ""
    fault: str = ""

    @property
    def id(self) -> str:
        return "id_" + self.name.replace(".", "-")

    @property
    def words(self) -> str:
        if self.kind == "text":
            return self.value
        return next((choice.label for choice in self.choices if choice.chosen and choice.value), "")


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    words: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One field. `cell` when it has one answer; `rows` else. `own`: the participant adds rows, `pattern` is an empty
    one, `full` when no more fit. `gone`: what was said about items that are no longer on the list; `taken_off`: (id,
    words) of rows that are gone from this one.
    """

    field: Field
    heading: str
    label: str
    help: str
    example: str
    cell: Cell | None = None
    rows: tuple[Row, ...] = ()
    own: bool = False
    pattern: Row | None = None
    full: bool = False
    gone: tuple[Row, ...] = ()
    taken_off: tuple[tuple[str, str], ...] = ()
    fault: str = ""

    @property
    def is_bare(self) -> bool:
        """It asks about items of another sheet, and there are none."""
        return bool(self.field.over) and not (self.cell.choices if self.cell else self.rows)


@dataclass(frozen=True, slots=True)
class Given:
    """What the parts are made of, as `OpenSheet` has it. `blanks`: how many empty rows are added below those that are
    filled, by field.
    """

    answers: Answers
    items: Mapping[str, tuple[Option, ...]]
    once: Mapping[str, tuple[Option, ...]]
    taken_off: Mapping[str, Sequence[Mapping[str, Any]]] | None = None
    faults: Sequence[Fault] = ()
    blanks: Mapping[str, int] | None = None


def say(text: Text | None) -> str:
    return localized(text, get_language() or "en") if text else ""


def parts(sheet: Worksheet, given: Given) -> tuple[Part, ...]:
    """Every field of the sheet in its order."""
    return tuple(_part(field, given) for field in sheet.fields)


def _part(field: Field, given: Given) -> Part:
    answer, items = given.answers.get(field.slug), given.items.get(field.slug, ())
    once = given.once.get(field.slug, ())
    own = has_own_rows(field)
    told = {fault.name: _fault_words(fault, field) for fault in given.faults if fault.field == field.slug}
    rows = _own_rows(field, answer, given, told) if own else _given_rows(field, answer, items, told)
    return Part(
        field=field,
        heading=say(field.heading),
        label=say(field.label),
        help=say(field.help),
        example=say(field.example),
        cell=_cell(field, answer, items + _still_chosen(field, answer, items, once), told),
        rows=rows,
        own=own,
        pattern=_row(field, NEW, {}, {}) if own else None,
        full=own and len(rows) >= most_rows(field),
        gone=_gone(field, answer, items, once),
        taken_off=_taken_off(field, answer, (given.taken_off or {}).get(field.slug, ())),
        fault=told.get(field.slug, "") if not is_single(field) else "",
    )


def _cell(field: Field, answer: Any, items: tuple[Option, ...], told: Mapping[str, str]) -> Cell | None:
    if field.kind == "checklist":
        ticked = (answer or {}).get("ticked", ())
        return Cell(field.slug, "ticks", say(field.label), choices=_choices(field.options, ticked))
    if not is_single(field):
        return None
    return cell(field.slug, single(field, items), answer, told, label=say(field.label))


def cell(name: str, column: Column, value: Any, told: Mapping[str, str], *, label: str = "") -> Cell:
    words, scale = label or say(column.label), column.scale
    fault = told.get(name, "")
    if column.kind == "text":
        return Cell(name, "text", words, value=str(value or ""), fault=fault)
    if scale:
        numbers = tuple(Choice(str(n), str(n), n == value) for n in range(scale.low, scale.high + 1))
        means = {"low": say(scale.low_means), "high": say(scale.high_means)}
        return Cell(name, "scale", words, choices=numbers, fault=fault, **means)
    return Cell(name, "choice", words, choices=_choices(column.options, (value,)), fault=fault)


def _choices(options: Sequence[Option], chosen: Sequence[Any]) -> tuple[Choice, ...]:
    return tuple(Choice(each.slug, say(each.label), each.slug in chosen, say(each.help)) for each in options)


def _row(field: Field, id: str, cells: Mapping[str, Any], told: Mapping[str, str], words: str = "") -> Row:
    made = (
        cell(f"{field.slug}.{id}.{column.slug}", column, cells.get(column.slug), told, label=own_label(field, column))
        for column in columns(field)
    )
    return Row(id, words, tuple(made))


def own_label(field: Field, column: Column) -> str:
    """The words of a cell that content does not name."""
    own = {
        ("timeline", "lane"): _("Which line"),
        ("timeline", "when"): _("When (age or year)"),
        ("timeline", "what"): _("What was going on"),
        ("checklist", "text"): _("My own line"),
    }
    return own.get((field.kind, column.slug), say(column.label))


def _own_rows(field: Field, answer: Any, given: Given, told: Mapping[str, str]) -> tuple[Row, ...]:
    rows = [_row(field, row["id"], row, told) for row in own_rows(field, answer)]
    wanted = (given.blanks or {}).get(field.slug, 0)
    room = (field.most - len(rows)) if field.most else wanted
    return tuple(rows) + tuple(_row(field, new_id().hex[-8:], {}, told) for _number in range(min(wanted, room)))


def _given_rows(field: Field, answer: Any, items: tuple[Option, ...], told: Mapping[str, str]) -> tuple[Row, ...]:
    if is_single(field) or field.kind == "checklist":
        return ()
    return tuple(
        _row(field, id, (answer or {}).get(id, {}), told, words) for id, words in given_words(field, items).items()
    )


def given_words(field: Field, items: tuple[Option, ...]) -> dict[str, str]:
    """{id: words} of the rows that are there for everybody."""
    if field.kind == "schedule":
        return _days()
    return _words_of(given_rows(field, items))


def _gone(field: Field, answer: Any, items: tuple[Option, ...], once: tuple[Option, ...]) -> tuple[Row, ...]:
    if field.pick:
        return ()
    words = _words_of(once)
    return tuple(_row(field, id, answer[id], {}, words.get(id) or _unknown()) for id in gone(field, answer, items))


def _still_chosen(field: Field, answer: Any, items: tuple[Option, ...], once: tuple[Option, ...]) -> tuple[Option, ...]:
    """What was chosen from a list and is no longer on it: it stays chosen until something else is."""
    words = _words_of(once)
    marked = (off_list(words.get(id) or _unknown()) for id in (gone(field, answer, items) if field.pick else ()))
    return tuple(Option(answer, Text(each, each)) for each in marked)


def off_list(words: str) -> str:
    return _("%(words)s (no longer on the list)") % {"words": words}


def _unknown() -> str:
    return _("A line without words")


def _words_of(options: Sequence[Option]) -> dict[str, str]:
    return {option.slug: say(option.label) for option in options}


def _taken_off(field: Field, answer: Any, rows: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, str], ...]:
    """Those that are not on the form, each with the words in its text cells."""
    there = {row["id"] for row in own_rows(field, answer)} if rows else set()
    texts = [column.slug for column in columns(field) if column.kind == "text"]
    words = ((row["id"], " · ".join(row[slug] for slug in texts if row.get(slug))) for row in rows)
    return tuple((id, said or _unknown()) for id, said in words if id not in there)


def _days() -> dict[str, str]:
    names = (
        pgettext("schedule", "Monday"),
        pgettext("schedule", "Tuesday"),
        pgettext("schedule", "Wednesday"),
        pgettext("schedule", "Thursday"),
        pgettext("schedule", "Friday"),
        pgettext("schedule", "Saturday"),
        pgettext("schedule", "Sunday"),
    )
    return {str(number): name for number, name in enumerate(names, 1)}


def _fault_words(fault: Fault, field: Field) -> str:
    words = {
        "too_long": _("This is too long: %(most)s letters fit. Shorten it, or write the rest in another place."),
        "off_scale": _("Choose one of the numbers."),
        "unknown": _("Choose one of these."),
        "unlisted": _("This speaks of a line that was never on the list. It is left out when you save again."),
    }
    if fault.kind == "too_many":
        most = most_rows(field)
        return ngettext("%(most)d line fits here.", "%(most)d lines fit here.", most) % {"most": most}
    return words[fault.kind] % {"most": LONGEST}
