"""The rows of the desk's lists, written here, not in templates: a page shows thirty of them (docs/performance.md)."""

from collections.abc import Iterator
from uuid import UUID

from django import template
from django.template import Context
from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openmission.audit.templatetags.audit import told
from openmission.care.models import Contact
from openmission.care.models.contact import Component, Outcome, WithWhom
from openmission.care.selectors.timeline import Entry
from openmission.care.take_back import take_back
from openmission.desk.pages.caseload import Row
from openmission.desk.pages.groups import GroupLine
from openmission.desk.pages.lines import Because, PageLine
from openmission.kernel.addresses import address
from openmission.kernel.days import short_day
from openmission.kernel.languages import in_each_language
from openmission.kernel.markup import fill, joined
from openmission.kernel.templatetags.ui import icon, moment, phase_rail, severity, why

register = template.Library()
NOTHING = SafeString()

_LINE = """<li class="line due tone-{}">{}
  <div class="what"><p>{}</p>{}{}</div>
  <div class="actions">
    <a class="btn{}" href="{}">{}<span class="visually-hidden">: {}</span></a>
    {}
    """
_LATER = '<a class="btn btn-quiet" href="{}">{}<span class="visually-hidden"> {}</span></a>'
_WHO = '<p class="who">{}<a href="{}">{}</a><br><small>{}</small></p>'
_WHY = '<p>{} <span class="muted">({})</span></p><ul>{}</ul>'


@register.simple_tag(takes_context=True)
def due_line(context: Context, line: PageLine, solo: bool = False) -> SafeString:
    """A due item: who, what, why, the one action; what was put off or handed on can be taken back. `solo` leaves out
    who: the page is the client's own.
    """
    undo = NOTHING
    if line.held:
        request = context["request"]
        back, key = request.get_full_path(), (line.enrollment_id, line.key)
        undo = take_back(request, *key, said=line.held_at, name=line.name, back=back, look=" btn-quiet")
    drawn = _put(line, solo) if line.held else _drawn(line, solo)
    return mark_safe(f"{drawn}{undo}\n  </div>\n</li>\n")


def _put(line: PageLine, solo: bool) -> SafeString:
    """The line up to what takes it back, which is each page's own."""
    who = NOTHING
    if not solo:
        time = fill('<span class="number">{}</span> ', line.time) if line.time else ""
        who = fill(_WHO, time, line.client_url, line.name, line.place)
    because = joined(map(_because, line.because))
    return fill(
        _LINE,
        f"{line.tone} solo" if solo else line.tone,
        who,
        line.what,
        fill('<p class="small muted">{}</p>', line.held) if line.held else "",
        why(fill(_WHY, line.rule, line.source, because)),
        " btn-primary" if line.main else "",
        line.action_url,
        line.action_label,
        line.name,
        fill(_LATER, line.later_url, line.later_label, line.name) if line.later_url else "",
    )


_drawn = in_each_language(_put)


def _because(fact: Because) -> SafeString:
    if fact.url:
        return fill('<li><a href="{}">{}</a></li>', fact.url, fact.text)
    return fill("<li>{}</li>", fact.text)


_GROUP = """<li class="line due tone-{}"><p class="who">{}<a href="{}">{}</a></p>
  <div class="what"><p>{}</p></div>
  <div class="actions"><a class="btn{}" href="{}">{}<span class="visually-hidden">: {}</span></a></div>
</li>
"""


@register.simple_tag
def group_line(line: GroupLine) -> SafeString:
    """A group that the viewer leads: when, what, the one action."""
    time = fill('<span class="number">{}</span> ', line.time) if line.time else ""
    look = " btn-primary" if line.main else ""
    action = (look, line.action_url, line.action_label, line.name)
    return fill(_GROUP, line.tone, time, line.url, line.name, line.what, *action)


_ROW = """<tr>
  <th scope="row"><a href="{}">{}</a>{}</th>
  <td data-label="{}"><div>{}</div></td>
  <td data-label="{}"><div>{}</div></td>
  <td data-label="{}"><div>{}</div></td>
  <td data-label="{}"><div>{}</div></td>
  <td data-label="{}" class="nowrap"><div>{}</div></td>
  {}</tr>
"""


@register.simple_tag
@in_each_language
def caseload_row(row: Row, team: bool) -> SafeString:
    """One client in the table; `team` adds the pair. The labels stand in the cells on a narrow screen."""
    pair = fill('<td data-label="{}"><div>{}</div></td>', _("Pair"), row.pair) if team else NOTHING
    return fill(
        _ROW,
        *(row.url, row.name, flags(row)),
        *(_("Phase"), phase_rail(row.phases, row.day, compact=True)),
        *(_("Needs"), fill("{} {} {}", need(row), row.reason, others(row))),
        *(_("Sessions"), sessions(row)),
        *(_("Last seen"), last_seen(row)),
        *(_("Next"), short_day(row.next_on) if row.next_on else "–"),
        pair,
    )


@register.simple_tag
def need(row: Row) -> SafeString:
    """How much the most pressing line presses."""
    return severity(row.tone) if row.reason else severity("done", _("Nothing due"))


@register.simple_tag
def others(row: Row) -> SafeString:
    """How many lines there are besides."""
    if not row.others:
        return NOTHING
    words = ngettext("and %(n)s more", "and %(n)s more", row.others) % {"n": row.others}
    return fill('<span class="muted">{}</span>', words)


@register.simple_tag
def flags(row: Row) -> SafeString:
    """What deserves a mark beside the name."""
    if not row.flags:
        return NOTHING
    marks = {"slip": ("week", icon("people"), _("support closer")), "new": ("done", "", _("new"))}
    return joined(fill(' <span class="badge tone-{}">{}{}</span>', *marks[flag]) for flag in row.flags)


_DOTS = """<span class="nowrap"><span class="tiny-dots" aria-hidden="true">{}</span>\
<span class="visually-hidden">{}</span></span>"""
_SHAPES = {"d": "●", "m": "◌", "n": "◎", "o": "○"}


@register.simple_tag
def sessions(row: Row) -> SafeString:
    """The sessions of each curriculum as dots: given, missed, next, to come; in words how many of how many."""
    ways = []
    for component, states in row.ways:
        words = {"label": Component(component).label, "given": states.count("d"), "total": len(states)}
        told = _("%(label)s: %(given)s of %(total)s") % words
        ways.append(fill(_DOTS, "".join(_SHAPES[state] for state in states), told))
    return joined(ways, "<br>") if ways else NOTHING


@register.simple_tag
def last_seen(row: Row) -> SafeString | str:
    """The day of the last meeting, how and with whom."""
    if row.last_on is None:
        return _("not yet")
    if not row.last_how:
        return short_day(row.last_on)
    return fill('<span class="nowrap">{}</span> <span class="muted">{}</span>', short_day(row.last_on), row.last_how)


_EVENT = """<li>{}
  <p class="what">{}</p>
  <p class="when">{} · {}</p>
</li>
"""
_CONTACT = """<li>{}
  <p class="what"><a href="{}">{} · {}</a>{}</p>
  <p class="when">{}</p>
  {}{}{}</li>
"""


@register.simple_tag
def timeline_entry(entry: Entry, named: dict[UUID, str]) -> SafeString:
    """A contact with its note, or what else happened; `named`: the session that a contact gave."""
    if event := entry.event:
        concern_id = event.data.get("concern_id")
        told_of = (
            fill('<a href="{}">{}</a>', address("care:safety", concern_id), told(event)) if concern_id else told(event)
        )
        return fill(_EVENT, icon("signpost-split"), told_of, moment(entry.at), event.by_name)
    return _contact(entry, entry.contact, named.get(entry.contact.id, "")) if entry.contact else NOTHING


def _contact(entry: Entry, contact: Contact, session: str) -> SafeString:
    about, note, withdrawn = session or contact.get_component_display(), linebreaksbr(contact.note), NOTHING
    if contact.withdrawn_at:
        about, note = fill("<del>{}</del>", about), fill("<del>{}</del>", note)
        withdrawn = render_to_string("care/_contact_withdrawn.html", {"contact": contact})
    slip = _("Told us about a slip: support comes closer.") if contact.slip else ""
    return fill(
        _CONTACT,
        icon("chat-dots" if contact.outcome == Outcome.MET else "waiting"),
        *(address("care:contact", contact.id), contact.get_outcome_display(), about, _with_whom(contact)),
        joined(_how(entry, contact), " · "),
        fill("<p>{}</p>", withdrawn) if withdrawn else "",
        fill("<p>{}</p>", note) if contact.note else "",
        fill("<p>{} {}</p>", icon("people"), slip) if slip else "",
    )


def _with_whom(contact: Contact) -> SafeString:
    if contact.with_whom == WithWhom.CLIENT:
        return NOTHING
    return fill(' <span class="badge">{}</span>', contact.get_with_whom_display())


def _how(entry: Entry, contact: Contact) -> Iterator[str]:
    """When, how and where, how long, by whom."""
    yield moment(entry.at)
    place = f", {contact.get_place_display()}" if contact.place else ""
    yield f"{contact.get_mode_display()}{place}"
    if contact.minutes:
        yield _("%(n)s min") % {"n": contact.minutes}
    yield ", ".join(entry.staff)
