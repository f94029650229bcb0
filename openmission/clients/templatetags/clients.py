"""Words for the pages of clients."""

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext as _

from openmission.clients.forms import DetailsForm
from openmission.kernel.forms import label_of

register = template.Library()


@register.filter
def detail_labels(names: Iterable[str]) -> str:
    """Names of a client's details as their form calls them: ["first_name", "phones"] as "First name, Phones"."""
    lists = {"phones": _("Phones"), "identifiers": _("Numbers in other systems")}
    return ", ".join(lists.get(name) or label_of(DetailsForm, name) for name in names)
