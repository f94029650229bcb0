"""Template tags of the ui components; each is shown in the gallery and named in docs/style.md."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import count
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField, FileInput, PasswordInput
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from openmission.kernel.addresses import address
from openmission.kernel.days import long_time, short_day
from openmission.kernel.decisions import Decision
from openmission.kernel.languages import in_each_language
from openmission.kernel.markup import attributes, fill, joined

register = template.Library()
_serial = count(1)

SEVERITIES = {
    "now": gettext_lazy("Now"),
    "today": gettext_lazy("Today"),
    "week": gettext_lazy("This week"),
    "waiting": gettext_lazy("Waiting"),
    "done": gettext_lazy("Done"),
}


def _new_id(prefix: str) -> str:
    return f"{prefix}-{next(_serial)}"


@register.simple_tag
@lru_cache(maxsize=1000, typed=True)
def icon(name: str, label: str = "", big: bool = False) -> SafeString:
    """An icon of the sprite. Beside a word it is silent; alone it needs a `label`."""
    href = f"{static('icons.svg')}#{name}"
    look = "icon big" if big else "icon"
    if label:
        return fill('<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>', look, label, href)
    return fill('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', look, href)


@register.simple_tag
def still(template_name: str) -> SafeString:
    """A part of the page's frame that is the same for everybody: rendered once for each language."""
    return _still(template_name)


@in_each_language
def _still(template_name: str) -> SafeString:
    return render_to_string(template_name)


@register.simple_tag
def other_languages() -> list[tuple[str, str]]:
    """(code, its own name) of the languages that one may change to."""
    return [language for language in settings.LANGUAGES if language[0] != get_language()]


register.filter(short_day)
register.simple_tag(address)


@register.filter
def moment(at: datetime) -> SafeString:
    """A moment for people and for machines: `Mon 23 Nov 2026, 14:30` on the agency's clock."""
    iso = timezone.localtime(at).isoformat(timespec="seconds")
    return fill('<time datetime="{}">{}</time>', iso, long_time(at))


@register.filter
def days_ago(day: date) -> str:
    """A day or moment in words, by the calendar where the reader is: today, yesterday, 16 days ago, in 3 days."""
    on = timezone.localdate(day) if isinstance(day, datetime) else day
    days = (timezone.localdate() - on).days
    if days in (0, 1, -1):
        return {0: _("today"), 1: _("yesterday"), -1: _("tomorrow")}[days]
    if days < 0:
        return ngettext("in %(days)d day", "in %(days)d days", -days) % {"days": -days}
    return ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days}


@register.simple_tag
def severity(level: str, word: str = "") -> SafeString:
    """Status by shape, word and colour: now, today, week, waiting or done. `word` replaces the usual word."""
    return _severity(level, str(word or SEVERITIES[level]))


@lru_cache(maxsize=200, typed=True)
def _severity(level: str, word: str) -> SafeString:
    return fill('<span class="badge tone-{}">{}{}</span>', level, icon(level), word)


@register.simple_tag
def phase_rail(phases: Sequence[tuple[str | Promise, int]], day: int, compact: bool = False) -> SafeString:
    """Phases as (name, length in days) in order, and the day of the enrollment counted from 1; day 0 is before it.

    The mark stays on the rail when the day is past the end; the words then say by how many days.
    """
    return _rail(tuple((str(name), days) for name, days in phases), day, compact)


@in_each_language
def _rail(phases: tuple[tuple[str, int], ...], day: int, compact: bool) -> SafeString:
    """Drawn once for each day of a program: the clients of a list share most of them."""
    total = sum(days for _name, days in phases)
    spot = min(max(day, 0), total)
    drawn, start, text, done = "", 0, "", ""
    for name, days in phases:
        state = "past" if spot > start + days else "ahead" if max(spot, 1) <= start else "here"
        x = _percent(start, total)
        drawn += _rail_part(state, x, _percent(days, total, gap=0.6))
        if not compact:
            drawn += fill(_RAIL_NAME, x, "here-name" if state == "here" else "", name)
        if state == "here":
            text, done = _rail_text(name, day, total), _rail_part("past", x, _percent(spot - start, total))
        start += days
    outline = ", ".join(_rail_phase(name, days) for name, days in phases)
    mark = f'<circle class="mark{" over" if day > total else ""}" cx="{_percent(spot, total)}%" cy="10" r="6"/>'
    inside = mark_safe(f"{drawn}{done}{mark}")  # numbers and words of ours; names were escaped
    return fill(_RAIL, "" if compact else " full", text, outline, inside)


_RAIL = '<svg class="rail{}" role="img"><title>{}</title><desc>{}</desc>\n{}</svg>'
_RAIL_NAME = '<text x="{}%" y="36" class="{}">{}</text>'


def _rail_part(state: str, x: str, width: str) -> str:
    return f'<rect class="{state}" x="{x}%" y="7" width="{width}%" height="6" rx="3"/>'


def _rail_phase(name: str, days: int) -> str:
    return ngettext("%(phase)s %(days)d day", "%(phase)s %(days)d days", days) % {"phase": name, "days": days}


def _rail_text(phase: str | Promise, day: int, total: int) -> str:
    words = {"phase": phase, "day": day, "total": total, "over": day - total}
    if day <= total:
        return _("%(phase)s, day %(day)d of %(total)d") % words
    text = ngettext(
        "%(phase)s, %(over)d day past the planned %(total)d",
        "%(phase)s, %(over)d days past the planned %(total)d",
        day - total,
    )
    return text % words


def _percent(days: int, total: int, gap: float = 0) -> str:
    """Percent of the rail as SVG reads it (a point whatever the language)."""
    return f"{max(days / total * 100 - gap, 0):.2f}"


@register.inclusion_tag("ui/progress.html")
def progress(label: str, value: int, total: int, text: str = "") -> dict[str, Any]:
    """A bar with its label and its words ("3 of 13" unless `text` says it better)."""
    words = text or _("%(value)d of %(total)d") % {"value": value, "total": total}
    return {"label": label, "value": value, "total": total, "text": words, "id": _new_id("progress")}


@register.inclusion_tag("ui/action.html")
def action(url: str, label: str, decision: Decision | None = None, look: str = "", icon: str = "") -> dict[str, Any]:
    """A link that looks like a button; refused by `decision`, a disabled button with the reason beside it."""
    return {"url": url, "label": label, "decision": decision, "look": look, "icon": icon, "id": _new_id("reason")}


@register.simple_tag
def field_notes(field: BoundField) -> SafeString:
    """Help and errors of a field, under the ids by which its control is described."""
    notes = fill('<p class="hint" id="{}_helptext">{}</p>', field.auto_id, field.help_text) if field.help_text else ""
    if field.errors:
        told = _("Error:")
        errors = joined(fill(_ERROR, icon("exclamation-triangle"), told, error) for error in field.errors)
        notes += fill('<div id="{}_error">{}</div>', field.auto_id, errors)
    return mark_safe(notes)


_ERROR = '<p class="error">{}<span><span class="visually-hidden">{}</span> {}</span></p>'
_GROUPS = {
    "checkbox": '<div class="field{} check">\n<label for="{}">{}<span>{}</span></label>\n{}</div>\n',
    "several": '<div class="field{}">\n<fieldset{}>\n<legend>{}</legend>\n{}{}</fieldset>\n</div>\n',
    "one": '<div class="field{}">\n<label for="{}">{}</label>\n{}{}\n</div>\n',
}


def field_group(field: BoundField) -> SafeString:
    """A field of a form: label, help, errors, control. `{{ form.name.as_field_group }}` gives it."""
    state, label, notes = " has-error" if field.errors else "", field.label, field_notes(field)
    if field.widget_type == "checkbox":
        return fill(_GROUPS["checkbox"], state, field.id_for_label, field, label, notes)
    if not field.field.required:
        label = fill('{} <span class="optional">{}</span>', label, _("(optional)"))
    if field.use_fieldset:
        described = attributes({"aria-describedby": field.aria_describedby or None})
        return fill(_GROUPS["several"], state, described, label, notes, field)
    return fill(_GROUPS["one"], state, field.id_for_label, label, notes, field)


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*forms: BaseForm) -> dict[str, Any]:
    """Every error of the forms, each linked to its field. Nothing when there is none.

    `kept`: what was typed stands there again; passwords and files do not come back.
    """
    widgets = [field.widget for form in forms for field in form.fields.values()]
    kept = not any(isinstance(widget, PasswordInput | FileInput) for widget in widgets)
    return {"faults": [fault for form in forms for fault in _faults(form)], "kept": kept}


def _faults(form: BaseForm) -> Iterable[dict[str, str]]:
    if not form.is_bound:
        return
    for text in form.non_field_errors():
        yield {"text": str(text), "anchor": ""}
    for field in form:
        anchor = "" if field.is_hidden else field.id_for_label or f"{field.auto_id}_0"
        for text in field.errors:
            yield {"text": f"{field.label}: {text}", "anchor": anchor}


@register.simple_block_tag
def page_head(content: str, title: str, lead: str = "", eyebrow: str = "") -> SafeString:
    """The page's only h1, with its actions as content."""
    return render_to_string("ui/page_head.html", {"content": content, "title": title, "lead": lead, "eyebrow": eyebrow})


@register.simple_block_tag
def why(content: str, label: str = "") -> SafeString:
    """What unfolds under "Why?": the rule and the facts."""
    html = '<details class="why"><summary>{}{}</summary><div>{}</div></details>'
    return fill(html, icon("chevron-right"), label or _("Why?"), content)


@register.simple_block_tag
def empty(content: str, title: str, icon: str = "done") -> SafeString:
    """A kind empty state: what it means, and what one may do."""
    return render_to_string("ui/empty.html", {"content": content, "title": title, "icon": icon})
