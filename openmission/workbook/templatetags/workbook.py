"""Words and controls of the workbook: `{% load workbook %}{{ event.sheet|sheet_title }}`."""

from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from openmission.curricula.selectors import worksheet
from openmission.kernel.actors import SYSTEM
from openmission.kernel.errors import NotFound
from openmission.kernel.forms import chip
from openmission.kernel.markup import attributes, fill, joined
from openmission.kernel.templatetags.ui import icon
from openmission.programs.rules import Text, localized
from openmission.workbook.models import OVERTAKEN, Entry
from openmission.workbook.pages.comparison import Moved
from openmission.workbook.pages.parts import Cell, Choice, Part

register = template.Library()
LOOKS = {
    "": ("waiting", "waiting"),
    "preparing": ("today", "pencil"),
    "ready": ("week", "check-lg"),
    OVERTAKEN: ("today", "pencil"),
    "brought": ("week", "people"),
    "reviewed": ("done", "done"),
}
"""{state of a sheet: (tone, shape)}"""


@register.filter
def sheet_title(slug: str) -> str:
    """The title of a sheet; its slug where it is not published any more."""
    try:
        return localized(worksheet(SYSTEM, slug).title, get_language() or "en")
    except NotFound:
        return slug


@register.filter
def said(text: Text) -> str:
    return localized(text, get_language() or "en")


@register.filter
def state_words(state: str) -> str | Promise:
    """How far a sheet is, in words."""
    return dict(Entry.State.choices).get(state, state)


@register.simple_tag
def state_badge(entry: Entry | None) -> SafeString:
    """How far a sheet is: shape, word and colour."""
    state = entry.standing if entry else ""
    tone, shape = LOOKS[state]
    words = state_words(state) if state else _("Not started")
    if entry and state == OVERTAKEN:
        number = len(entry.added_ids)
        words = ngettext("Ready, but %(n)s line was added since", "Ready, but %(n)s lines were added since", number)
        words = words % {"n": number}
    return fill('<span class="badge tone-{}">{}{}</span>', tone, icon(shape), words)


_FIELD = '<div class="field{}">{}{}{}</div>'
_ERROR = '<p class="error" id="{}"><span><span class="visually-hidden">{}</span> {}</span></p>'
_GROUP = '<div class="field{}"><fieldset{}><legend>{}</legend>{}{}</fieldset></div>'


@register.simple_tag
def part_notes(part: Part) -> SafeString:
    """What helps to answer, an example, what is wrong with the whole."""
    help = fill('<p class="hint">{}</p>', part.help) if part.help else ""
    shown = fill('<p class="hint example">{} {}</p>', _("For example:"), part.example) if part.example else ""
    wrong = fill(_ERROR, f"part-{part.field.slug}_error", _("Error:"), part.fault) if part.fault else ""
    return fill("{}{}{}", help, shown, wrong)


@register.simple_tag
def part_control(part: Part) -> SafeString:
    """The one answer of a field, or the lines of a checklist."""
    assert part.cell
    return _control(part.cell, part_notes(part), quiet=False, tall=True)


@register.simple_tag
def control(cell: Cell, part: Part) -> SafeString:
    """One cell of a row; the label of a list's only cell is that of the list, so it is not shown again."""
    return _control(cell, "", quiet=part.field.kind in ("list", "checklist"), tall=False)


def _control(cell: Cell, notes: SafeString | str, *, quiet: bool, tall: bool) -> SafeString:
    state, fault = (" has-error", _fault(cell)) if cell.fault else ("", "")
    label = fill('<span class="visually-hidden">{}</span>', cell.label) if quiet else cell.label
    described = {"aria-describedby": f"{cell.id}_error" if fault else None, "aria-invalid": "true" if fault else None}
    if cell.kind == "text":
        named = {
            "id": cell.id,
            "name": cell.name,
            "rows": 3 if tall else 1,
            "class": None if tall else "one-line",
            **described,
        }
        area = fill("<textarea{}>\n{}</textarea>", attributes(named), cell.value)
        return fill(_FIELD, state, fill('<label for="{}">{}</label>', cell.id, label), notes, fill("{}{}", fault, area))
    if cell.kind == "choice" and not tall:
        named = {"id": cell.id, "name": cell.name, **described}
        picked = fill("<select{}>{}</select>", attributes(named), _options(cell))
        return fill(
            _FIELD, state, fill('<label for="{}">{}</label>', cell.id, label), notes, fill("{}{}", fault, picked)
        )
    inside = {"scale": _ruler, "ticks": _ticks, "choice": _chips}[cell.kind](cell)
    del described["aria-invalid"]
    return fill(_GROUP, state, attributes({"id": cell.id, **described}), label, fill("{}{}", notes, fault), inside)


def _options(cell: Cell) -> SafeString:
    none = Choice("", "–", not any(choice.chosen for choice in cell.choices))
    option = "<option{}>{}</option>"
    return joined(
        fill(option, attributes({"value": each.value, "selected": each.chosen}), each.label)
        for each in (none, *cell.choices)
    )


def _fault(cell: Cell) -> SafeString:
    return fill(_ERROR, f"{cell.id}_error", _("Error:"), cell.fault)


def _ruler(cell: Cell) -> SafeString:
    """Numbers side by side above the words for their ends; the last choice takes the number back."""
    none = not any(choice.chosen for choice in cell.choices)
    clear = Choice("", _("no number"), none)
    numbers = joined(_radio(cell, choice, _spoken(cell, choice)) for choice in cell.choices)
    back, long = fill('<span class="unmark">{}</span>', _radio(cell, clear)), len(cell.choices) > 6
    inside = ("long", fill("{}{}", numbers, back), "") if long else ("short", numbers, back)
    return fill(_RULER, *inside[:2], _end(cell, 0), inside[2], _end(cell, -1))


_RULER = """<div class="ruler {}">{}</div>
<div class="ends"><span aria-hidden="true">{}</span>{}<span aria-hidden="true">{}</span></div>"""


def _end(cell: Cell, which: int) -> str:
    return f"{cell.choices[which].value} = {cell.low if which == 0 else cell.high}"


def _spoken(cell: Cell, choice: Choice) -> str:
    """What an end of the scale means, for who does not see the words beside it."""
    ends = {cell.choices[0].value: cell.low, cell.choices[-1].value: cell.high}
    return ends.get(choice.value, "")


def _radio(cell: Cell, choice: Choice, spoken: str = "") -> SafeString:
    words = fill('{}<span class="visually-hidden"> {}</span>', choice.label, spoken) if spoken else choice.label
    if choice.help:
        words = fill("<span>{} <small>{}</small></span>", choice.label, choice.help)
    control = {"type": "radio", "name": cell.name, "value": choice.value, "checked": choice.chosen}
    return chip(control, words)


def _chips(cell: Cell) -> SafeString:
    clear = Choice("", _("none chosen"), not any(choice.chosen for choice in cell.choices))
    chips = joined(_radio(cell, choice) for choice in cell.choices)
    return fill('<div class="chips">{}<span class="unmark">{}</span></div>', chips, _radio(cell, clear))


def _ticks(cell: Cell) -> SafeString:
    return joined(_tick(cell, choice) for choice in cell.choices)


def _tick(cell: Cell, choice: Choice) -> SafeString:
    box = {"type": "checkbox", "name": cell.name, "value": choice.value, "checked": choice.chosen}
    words = fill("{} <small>{}</small>", choice.label, choice.help) if choice.help else choice.label
    return fill("<label><input{}><span>{}</span></label>", attributes(box), words)


@register.simple_tag
def moved_ruler(moved: Moved) -> SafeString:
    """A ruler with where the number stood (ring) and stands (dot); the table beside it says the same in numbers."""
    span = moved.high - moved.low or 1
    spots = {name: f"{5 + (at - moved.low) / span * 90:.1f}%" for name, at in _known(moved).items()}
    way = fill('<line class="way" x1="{}" x2="{}" y1="10" y2="10"/>', *spots.values()) if len(spots) == 2 else ""
    marks = joined(fill('<circle class="{}" cx="{}" cy="10" r="6"/>', name, at) for name, at in spots.items())
    line = '<svg class="moved" aria-hidden="true"><line class="scale" x1="5%" x2="95%" y1="10" y2="10"/>{}{}</svg>'
    return fill(line, way, marks)


def _known(moved: Moved) -> dict[str, int]:
    return {name: at for name, at in (("then", moved.then), ("now", moved.now)) if at is not None}
