"""Fields that several forms of the care room share."""

from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from openmission.care.models import Appointment, Contact
from openmission.care.models.contact import Component, Mode, Place
from openmission.care.services.appointments import AskedFirst, PlannedOtherwise
from openmission.care.services.contacts import AlreadyRecorded
from openmission.kernel.errors import DomainError
from openmission.kernel.fields import CHOOSE, ChipField, IdsField
from openmission.kernel.forms import ChipRadio

LENGTHS = (15, 30, 45, 60, 90)


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

    knowing = IdsField(required=False)

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
