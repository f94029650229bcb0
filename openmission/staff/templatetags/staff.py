"""Words for staff pages."""

from django import template
from django.utils.functional import Promise

from openmission.staff.roles import ROLES

register = template.Library()


@register.filter
def role_title(code: str) -> str | Promise:
    """`case_manager` in the reader's words; a role that is no longer known stays its code."""
    return ROLES[code].title if code in ROLES else code


@register.filter
def role_does(code: str) -> str | Promise:
    """What somebody in the role does, in a sentence."""
    return ROLES[code].does if code in ROLES else ""
