"""Words of a program in the reader's language: `{% load programs %}{{ phase.title|localized }}`."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from openmission.kernel.actors import SYSTEM
from openmission.kernel.errors import NotFound
from openmission.programs import rules
from openmission.programs.selectors import titled
from openmission.staff.roles import ROLES

register = template.Library()


class Citing(Protocol):
    """A page's subject with the documents that it cites, in the order in which the page numbers them."""

    @property
    def sources(self) -> Sequence[rules.Text]: ...


@register.filter
def localized(text: rules.Text) -> str:
    return rules.localized(text, get_language() or "en")


@register.filter
def last_day(ends_on: date) -> date:
    """The last day of a phase or program, of the day after it: {{ enrollment.ends_on|last_day|date:"j M Y" }}."""
    return rules.last_day(ends_on)


@register.filter
def cited(source: rules.Source, citing: Citing) -> str:
    """The place in a source, with the number that the page gives the document: "[1] Table 3"."""
    return f"[{list(citing.sources).index(source.document) + 1}] {localized(source.place)}"


@register.filter
def begins(rule: rules.DueRule, level: str) -> str:
    """From which day a rule's line stands under week, today or now, in words; empty: it is never there."""
    days = [day for day, severity in rule.steps if severity == rules.Severity[level.upper()]]
    if not days:
        return ""
    day = days[0]
    if day == 0:
        return _("the due day")
    if day < 0:
        return ngettext("%d day before", "%d days before", -day) % -day
    return ngettext("%d day after", "%d days after", day) % day


@register.filter
def retold(words: str) -> str:
    """A title as an event keeps it, in the reader's language; as it is kept where no program has it any more."""
    try:
        return localized(titled(SYSTEM, words))
    except NotFound:
        return words


@register.filter
def role_title(code: str) -> str | Promise:
    """A role's title: {{ "case_manager"|role_title }}."""
    return ROLES[code].title
