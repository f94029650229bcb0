"""Sheets as `paper/book.typ` wants them: texts in one language, with the client's answers or blank."""

from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from openmission.curricula.rules import Worksheet
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.days import plain_day
from openmission.workbook.models import Entry
from openmission.workbook.pages.parts import Cell, Given, Part, cell, own_label, parts, say
from openmission.workbook.rules import columns
from openmission.workbook.selectors.entries import OpenSheet, asked_versions, opened


def filled_paper(sheets: Sequence[OpenSheet], *, agency: str, language: str) -> dict[str, Any]:
    """These sheets of one client with what is written on them. Nothing in the title says whose they are."""
    with translation.override(language):
        made = [
            _sheet(each.sheet, Given(each.answers, each.items, each.once), _about(each.enrollment, each.entry))
            for each in sheets
        ]
        whose = sheets[0].enrollment.client.short_name if sheets else ""
        return _paper(made, agency, language, whose=whose)


def blank_paper(sheet: Worksheet, *, agency: str, language: str) -> dict[str, Any]:
    """A sheet to write on by hand."""
    with translation.override(language):
        return _paper([_sheet(sheet, Given({}, {}, {}), _("Name and date:"))], agency, language, blank=True)


def _paper(
    sheets: list[dict[str, Any]], agency: str, language: str, *, blank: bool = False, whose: str = ""
) -> dict[str, Any]:
    title = sheets[0]["title"] if len(sheets) == 1 else _("My workbook")
    return {
        "title": title,
        "agency": agency,
        "language": language,
        "blank": blank,
        "whose": whose,
        "sheets": sheets,
        "none": _("Nothing is written yet."),
        "gone": _("No longer on the list"),
    }


def _about(enrollment: Enrollment, entry: Entry | None) -> str:
    """ "Dana R. · 23 Nov 2026": the day of the last change."""
    return " · ".join([enrollment.client.short_name, *([plain_day(entry.changed_at)] if entry else [])])


def _sheet(sheet: Worksheet, given: Given, about: str) -> dict[str, Any]:
    made = [_part(part) for part in parts(sheet, given)]
    return {"title": say(sheet.title), "intro": say(sheet.intro), "about": about, "parts": made}


def _part(part: Part) -> dict[str, Any]:
    field = part.field
    has_rows = part.own or bool(part.rows) or (bool(field.over) and not field.pick)
    cells = [cell("", column, None, {}, label=own_label(field, column)) for column in columns(field)]
    return {
        "heading": part.heading,
        "label": part.label,
        "help": part.help,
        "example": f"{_('For example:')} {part.example}" if part.example else "",
        "cell": _cell(part.cell) if part.cell else None,
        "has_rows": has_rows,
        "plain": field.kind in ("list", "checklist"),
        "first": "" if part.own else part.label,
        "columns": [_headed(each) for each in cells],
        "choices": [_offered(each) for each in cells if each.kind == "choice"],
        "rows": [{"words": row.words, "cells": [each.words for each in row.cells]} for row in part.rows],
        "gone": [{"words": row.words, "cells": [each.words for each in row.cells]} for row in part.gone],
        "space": 2 if field.kind == "checklist" else field.most or 5,
    }


def _offered(cell: Cell) -> str:
    """ "Part of life: a place to live · money": what may be written in a column."""
    return f"{cell.label}: {' · '.join(choice.label for choice in cell.choices)}"


def _headed(cell: Cell) -> str:
    ends = _ends(cell)
    return f"{cell.label} ({ends})" if ends else cell.label


def _ends(cell: Cell) -> str:
    if cell.kind != "scale":
        return ""
    return f"{cell.choices[0].value} = {cell.low}, {cell.choices[-1].value} = {cell.high}"


def _cell(cell: Cell) -> dict[str, Any]:
    options = [choice.label for choice in cell.choices] if cell.kind in ("choice", "ticks") else []
    return {
        "kind": cell.kind,
        "words": cell.words if cell.kind != "ticks" else "",
        "ends": _ends(cell),
        "numbers": [choice.value for choice in cell.choices] if cell.kind == "scale" else [],
        "options": options,
        "chosen": [choice.label for choice in cell.choices if choice.chosen] if cell.kind == "ticks" else [],
    }


def whole_book(viewer: Actor, enrollment: Enrollment, entries: dict[str, list[Entry]]) -> list[OpenSheet]:
    """Every sheet that was begun, in the order of the book, each by its latest filling."""
    versions = asked_versions(viewer, entries)
    found = [opened(viewer, enrollment, sheet, rows[-1], entries, versions) for sheet, rows in entries.items() if rows]
    return sorted(found, key=lambda each: each.sheet.position)
