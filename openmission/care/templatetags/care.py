"""Words and choices for the pages of care."""

from collections.abc import Iterable
from uuid import UUID

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from openmission.care.details import became
from openmission.care.forms.contacts import ContactForm
from openmission.care.pages.took_part import Participant
from openmission.care.pages.who import Option, WhoChoices
from openmission.kernel.forms import chip, label_of
from openmission.kernel.markup import fill, joined

register = template.Library()


@register.filter
def contact_labels(names: Iterable[str]) -> str:
    """Parts of a contact as its form calls them: ["at", "note"] as "When, Note"."""
    return ", ".join(_("When") if name == "at" else label_of(ContactForm, name) for name in names)


register.filter("became", became)


@register.simple_tag
def who_chips(page: WhoChoices, options: list[Option]) -> SafeString:
    """The people as choices of Who; written here, because a page shows thirty."""
    several = options == page.in_hand and len(options) > 1
    unplanned = _("not planned") if several else ""  # beside the appointments of the same person
    chips = [_who_chip(option, option == page.chosen, option.hint or unplanned) for option in options]
    return fill('<div class="chips">{}</div>', joined(chips))


def _who_chip(option: Option, chosen: bool, hint: str) -> SafeString:
    name = fill("{} <small>{}</small>", option.name, hint) if hint else option.name
    fixed = {"type": "radio", "name": "who", "value": option.value, "checked": chosen}
    return chip(fixed | {f"data-{name}": value for name, value in option.marks.items()}, name)


@register.simple_tag(takes_context=True)
def staff_chips(context: Context, people: list[Participant], near: bool) -> SafeString:
    """Who may have taken part, as choices: those `near` and the chosen, or all others."""
    me = context["viewer"].id
    return joined(_staff_chip(person, me) for person in people if (person.near or person.chosen) is near)


def _staff_chip(person: Participant, me: UUID) -> SafeString:
    control = {"type": "checkbox", "name": "staff", "value": str(person.id), "checked": person.chosen}
    return chip(control, pgettext("person", "Me") if person.id == me else person.name)
