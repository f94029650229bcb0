"""Fields that several forms of the care room share."""

import re
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openmission.care.models import Appointment, Contact
from openmission.care.models.contact import Component, Mode, Place
from openmission.care.services.appointments import AskedFirst, PlannedOtherwise
from openmission.care.services.contacts import AlreadyRecorded
from openmission.kernel.errors import DomainError
from openmission.kernel.forms import ChipRadio, TimeInput

LENGTHS = (15, 30, 45, 60, 90)
LONGEST_NOTE = 20_000
_IDS = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
Words = dict[str, Any]
CHOOSE: Words = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}


def moment(day: date, at: time) -> datetime:
    """A day and a time on the agency's clock."""
    return timezone.make_aware(datetime.combine(day, at))


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
        try:
            UUID(value)
        except ValueError:
            return False
        return True

    def clean(self, value: Any) -> Any:
        return tuple(UUID(each) for each in super().clean(value))


class WordsField(forms.CharField):
    """Free words, several lines."""

    def __init__(self, *, rows: int = 3, **kwargs: Any):
        super().__init__(max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class ReasonField(WordsField):
    """A few words of why."""

    def __init__(self, **kwargs: Any):
        super().__init__(rows=2, error_messages={"required": _("Say in a few words why.")}, **kwargs)


class HowFields(forms.Form):
    """How, where, how long, about what: the same for what is planned and for what took place."""

    mode = ChipField(label=_("How"), choices=Mode.choices, initial=Mode.IN_PERSON)
    place = ChipField(label=_("Where"), choices=Place.choices, required=False)
    minutes = forms.TypedChoiceField(
        label=_("How long"),
        choices=[(length, str(length)) for length in LENGTHS],
        coerce=int,
        empty_value=None,
        required=False,
        widget=ChipRadio,
        error_messages=CHOOSE,
    )
    own_minutes = forms.IntegerField(
        label=_("or minutes"),
        required=False,
        error_messages={"invalid": _("Write the minutes as a whole number, for example 50.")},
    )
    component = ChipField(label=_("About"), choices=Component.choices, required=False)

    def __init__(self, *args: Any, at: datetime, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.now = at

    def offer(self, components: Set[str]) -> None:
        """Show only these parts of the program; a script shows others when somebody else is chosen."""
        self.fields["component"].widget.offered = components

    @property
    def length(self) -> int | None:
        """Minutes: one's own number before a chip."""
        own = self.cleaned_data.get("own_minutes")
        return self.cleaned_data.get("minutes") if own is None else own


class KnowingFields(forms.Form):
    """`knowing`: the appointments and contacts at the same time that the sender was told of; saving again goes on. No
    draft keeps it: who comes back is told again. `recorded`, `planned`: the contacts, the appointment, of which this
    answer tells.
    """

    recorded: Sequence[Contact] = ()
    planned: Appointment | None = None

    knowing = forms.CharField(required=False, widget=forms.HiddenInput({"data-undrafted": True}))

    def clean_knowing(self) -> frozenset[UUID]:
        """What is no id names nothing."""
        return frozenset(map(UUID, _IDS.findall(self.cleaned_data["knowing"])))

    @property
    def when_field(self) -> str:
        """Where the moment was chosen."""
        return "next_day"

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Let what is objected to the moment stand where it was chosen, and remember what the sender is told of."""
        try:
            yield
        except DomainError as fault:
            if fault.field == "next_day":
                fault.field = self.when_field
            if isinstance(fault, AskedFirst):
                data, known = QueryDict(mutable=True), self.cleaned_data["knowing"]
                data.update(self.data)
                told = [row.id for row in fault.found]
                data["knowing"] = " ".join(map(str, dict.fromkeys([*told, *sorted(known)])))
                self.data = data
            if isinstance(fault, AlreadyRecorded):
                self.recorded = fault.found
            if isinstance(fault, PlannedOtherwise):
                self.planned = fault.appointment
            raise


def length_as_chosen(minutes: int | None) -> dict[str, Any]:
    """Initial values of `minutes` and `own_minutes`."""
    return {"minutes": minutes} if minutes in LENGTHS else {"own_minutes": minutes or None}
