"""Form fields that every room shares: a moment, one of a few, people, words."""

import re
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openmission.kernel.forms import ChipRadio, TimeInput

LONGEST_NOTE = 20_000
Words = dict[str, Any]
_IDS = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
CHOOSE: Words = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}


def moment(day: date, at: time) -> datetime:
    """A day and a time on the agency's clock."""
    return timezone.make_aware(datetime.combine(day, at))


def is_id(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


class ClockField(forms.TimeField):
    """A time of day, chosen with the device's own picker."""

    widget = TimeInput
    default_error_messages = {
        "required": _("Choose the time."),
        "invalid": _("This is no time. Choose one, or write it like 14:30."),
    }


class ChipField(forms.ChoiceField):
    """One of a few, as chips."""

    widget = ChipRadio
    default_error_messages = CHOOSE


class PeopleField(forms.MultipleChoiceField):
    """Ids of colleagues; whether they belong there is the service's question."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"invalid_choice": _("Choose people of the client's team.")}

    def valid_value(self, value: Any) -> bool:
        return is_id(value)

    def clean(self, value: Any) -> Any:
        return tuple(UUID(each) for each in super().clean(value))


class IdsField(forms.CharField):
    """Ids of what the sender was told of, hidden. No draft keeps them: who comes back is told again. Gives a frozenset;
    what is no id names nothing.
    """

    def __init__(self, **kwargs: Any):
        super().__init__(widget=forms.HiddenInput({"data-undrafted": True}), **kwargs)

    def clean(self, value: Any) -> Any:
        return frozenset(map(UUID, _IDS.findall(super().clean(value))))


class WordsField(forms.CharField):
    """Free words, several lines."""

    def __init__(self, *, rows: int = 3, max_length: int = LONGEST_NOTE, **kwargs: Any):
        super().__init__(max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class ReasonField(WordsField):
    """A few words of why."""

    def __init__(self, **kwargs: Any):
        super().__init__(rows=2, error_messages={"required": _("Say in a few words why.")}, **kwargs)
