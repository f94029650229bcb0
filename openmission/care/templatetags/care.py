"""Words for the pages of care."""

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext as _

from openmission.care.forms.contacts import ContactForm
from openmission.kernel.forms import label_of

register = template.Library()


@register.filter
def contact_labels(names: Iterable[str]) -> str:
    """Parts of a contact as its form calls them: ["at", "note"] as "When, Note"."""
    return ", ".join(_("When") if name == "at" else label_of(ContactForm, name) for name in names)
