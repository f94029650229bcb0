"""Words for staff pages."""

from collections.abc import Iterable, Mapping

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from openmission.kernel.forms import label_of
from openmission.staff.forms import AccountForm, SettingsForm
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


@register.filter
def account_labels(names: Iterable[str]) -> str:
    """Fields of an account as their form calls them."""
    return ", ".join(label_of(AccountForm, name) for name in names)


@register.filter
def settings_in_words(changed: Mapping[str, str]) -> str:
    """What changed in the agency's settings, with the new values."""
    values = {"True": _("Yes"), "False": _("No")}
    return "; ".join(f"{label_of(SettingsForm, name)}: {values.get(new, new)}" for name, new in changed.items())
