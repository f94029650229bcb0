"""The page of one sheet: what the form shows, and what a posted form asked for besides saving."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils import translation

from openmission.curricula.rules import Worksheet
from openmission.kernel.merging import Conflict
from openmission.workbook.models import OVERTAKEN, Entry
from openmission.workbook.pages.parts import Given, Part, parts, say
from openmission.workbook.pages.places import Kept, Told, told_conflicts, told_kept
from openmission.workbook.rules import Answers, Fault, has_own_rows, linked_items, read_answers
from openmission.workbook.rules.layout import own_rows
from openmission.workbook.selectors.entries import OpenSheet

ASKED = ("add", "remove", "restore", "switch")


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands on the form: `answers` that are made from the revision `seen`. `bound`: they come from a form that
    was sent and are not saved (`asked`: the button it was sent with), or were saved but for the conflicts. `refused`:
    why nothing was saved, where it is no field's fault.
    """

    language: str
    answers: Answers
    seen: int
    bound: bool = False
    asked: str = ""
    added: str = ""
    faults: tuple[Fault, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    refused: str = ""

    @property
    def troubled(self) -> bool:
        return bool(self.faults or self.conflicts or self.refused)


def known_language(code: str | None, client: str) -> str:
    """The language that the reader chose, else the client's, else the first that we have."""
    known = [code for code, _name in settings.LANGUAGES]
    return next((each for each in (code, client) if each in known), known[0])


def taking_of(given: QueryDict) -> int | None:
    """Which filling an address or a form names; None for the latest."""
    return _number(given.get("taking", ""))


def seen_of(posted: QueryDict) -> int:
    found = _number(posted.get("seen", ""))
    return -1 if found is None else found


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None


def shown(opened: OpenSheet, query: QueryDict) -> Filling:
    """The sheet as it stands."""
    language = known_language(query.get("language"), opened.enrollment.client.language)
    return Filling(language, opened.answers, opened.revision)


def sent(opened: OpenSheet, posted: QueryDict, base: Answers) -> Filling:
    """What a form says that was made from `base`."""
    names: dict[str, Any] = dict(posted.lists())
    asked = next((name for name in ASKED if name in posted), "")
    if asked == "remove":
        names = _without(names, f"{posted['remove']}.")
    answers = read_answers(opened.sheet, names, base=base)
    if asked == "restore":
        answers = _with(opened, answers, str(posted["restore"]))
    wanted = posted.get("switch") if asked == "switch" else posted.get("language")
    language = known_language(wanted, opened.enrollment.client.language)
    return Filling(language, answers, seen_of(posted), True, asked, posted.get("add", ""))


def _without(names: Mapping[str, Any], row: str) -> dict[str, Any]:
    """The form without a row; its field still stands on it."""
    slug = row.split(".")[0]
    return {slug: [""], **{name: value for name, value in names.items() if not name.startswith(row)}}


def _with(opened: OpenSheet, answers: Answers, place: str) -> Answers:
    """The answers with a row that was taken off, as it was; `place` is `field.row`."""
    slug, _dot, id = place.partition(".")
    row = next((row for row in opened.taken_off.get(slug, ()) if row["id"] == id), None)
    rows = own_rows(opened.sheet.field(slug), answers.get(slug)) if row else []
    if row is None or id in {each["id"] for each in rows}:
        return answers
    own = [*rows, row]
    is_checklist = opened.sheet.field(slug).kind == "checklist"
    return {**answers, slug: {**(answers.get(slug) or {}), "own": own} if is_checklist else own}


@dataclass(frozen=True, slots=True)
class SheetPage:
    """Everything about the sheet that its page shows, in the language of the filling."""

    opened: OpenSheet
    filling: Filling
    title: str
    intro: str
    parts: tuple[Part, ...]
    conflicts: tuple[Told, ...]
    kept: tuple[Kept, ...]
    others: tuple[tuple[str, str], ...]
    draft: str
    later: tuple[str, ...]
    listed: tuple[str, ...]
    added: tuple[str, ...]


def sheet_page(opened: OpenSheet, filling: Filling) -> SheetPage:
    """What the page shows of a sheet as it is being filled in."""
    answers = filling.answers
    items = linked_items(opened.sheet, opened.filled | {opened.sheet.slug: (opened.sheet, answers)})
    with translation.override(filling.language):
        blanks = _blanks(opened.sheet, answers, filling.added)
        given = Given(answers, items, opened.once, opened.taken_off, filling.faults, blanks)
        return SheetPage(
            opened=opened,
            filling=filling,
            title=say(opened.sheet.title),
            intro=say(opened.sheet.intro),
            parts=parts(opened.sheet, given),
            conflicts=told_conflicts(opened, filling.conflicts),
            kept=told_kept(opened, filling.conflicts),
            others=tuple(each for each in settings.LANGUAGES if each[0] != filling.language),
            draft=draft_name(opened),
            later=_later(opened.entry),
            listed=tuple(item.slug for each in items.values() for item in each),
            added=_added(opened),
        )


def _blanks(sheet: Worksheet, answers: Answers, added: str) -> dict[str, int]:
    """Empty rows to write in: some on an empty field, one below what is there, one more where it was asked for."""
    found = {}
    for each in sheet.fields:
        if has_own_rows(each):
            filled = bool(own_rows(each, answers.get(each.slug)))
            found[each.slug] = (1 if filled or each.kind == "checklist" else 2) + (each.slug == added)
    return found


def draft_name(opened: OpenSheet) -> str:
    return f"sheet:{opened.enrollment.id}:{opened.sheet.slug}:{opened.taking}"


def _added(opened: OpenSheet) -> tuple[str, ...]:
    """The words of what came onto its lists since the sheet was marked ready."""
    ids = opened.entry.added_ids if opened.entry and opened.entry.standing == OVERTAKEN else ()
    there = {item.slug: say(item.label) for each in opened.items.values() for item in each}
    return tuple(there[id] for id in ids if id in there)


def _later(entry: Entry | None) -> tuple[str, ...]:
    """The states that come after the sheet's own; ready once more where its list grew since."""
    order = list(Entry.State.values)
    if entry is None:
        return tuple(order[1:2])
    return tuple(order[order.index(entry.state) + (entry.standing != OVERTAKEN) :])
