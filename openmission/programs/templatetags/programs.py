"""Words of a program in the reader's language: `{% load programs %}{{ phase.title|localized }}`."""

from datetime import date

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language

from openmission.kernel.actors import SYSTEM
from openmission.kernel.errors import NotFound
from openmission.programs import rules
from openmission.programs.selectors import titled
from openmission.staff.roles import ROLES

register = template.Library()


@register.filter
def localized(text: rules.Text) -> str:
    return rules.localized(text, get_language() or "en")


@register.filter
def last_day(ends_on: date) -> date:
    """The last day of a phase or program, of the day after it: {{ enrollment.ends_on|last_day|date:"j M Y" }}."""
    return rules.last_day(ends_on)


@register.filter
def cited(source: rules.Source, program: rules.Program) -> str:
    """The place in a source, with the number that the program's page gives the document: "[1] Table 3"."""
    return f"[{program.sources.index(source.document) + 1}] {localized(source.place)}"


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
