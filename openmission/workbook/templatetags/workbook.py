"""Words of the workbook in the reader's language: `{% load workbook %}{{ event.sheet|sheet_title }}`."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language

from openmission.curricula.selectors import worksheet
from openmission.kernel.actors import SYSTEM
from openmission.kernel.errors import NotFound
from openmission.programs.rules import localized
from openmission.workbook.models import Entry

register = template.Library()


@register.filter
def sheet_title(slug: str) -> str:
    """The title of a sheet; its slug where it is not published any more."""
    try:
        return localized(worksheet(SYSTEM, slug).title, get_language() or "en")
    except NotFound:
        return slug


@register.filter
def state_words(state: str) -> str | Promise:
    """How far a sheet is, in words."""
    return dict(Entry.State.choices).get(state, state)
