"""Logs in words."""

import re
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from openmission.kernel.events import event_classes, read_back

register = template.Library()


@register.simple_tag
def told(recorded: Any) -> str | SafeString:
    """A recorded event in a sentence, by the presenter of its room (`<room>/events/<EventName>.html`)."""
    if recorded.kind not in event_classes():
        return kind_words(recorded.kind)
    room, name = recorded.kind.split(".")
    text = get_template(f"{room}/events/{name}.html").render({"event": read_back(recorded.kind, recorded.data)})
    return mark_safe(text.strip())  # a template's output: escaped already


def kind_name(kind: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", " ", kind.split(".")[-1]).capitalize()


@register.filter
def kind_words(kind: str) -> str:
    """`clients.CareTeamJoined` as `Care team joined`, in the reader's language."""
    return _(kind_name(kind))


def page_name(page: str) -> str:
    return page.replace(":", ", ").replace("_", " ")


@register.filter
def page_words(page: str) -> str:
    """`clients:break_glass` as `clients, break glass`, in the reader's language."""
    return _(page_name(page))
