"""Making, moving and cancelling an appointment."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from openmission.care.forms.contacts import USUAL_MINUTES, WhoForm
from openmission.care.forms.fields import KnowingFields
from openmission.care.models.contact import Mode, Place
from openmission.care.services.appointments import NewAppointment
from openmission.kernel.fields import ClockField, PeopleField, ReasonField, moment
from openmission.kernel.forms import DayField


class WhenFields(KnowingFields):
    """A day and a time to come."""

    next_day = DayField(label=_("Day"))
    next_time = ClockField(label=_("Time"))

    @property
    def moment(self) -> datetime:
        """Of a valid form."""
        return moment(self.cleaned_data["next_day"], self.cleaned_data["next_time"])


class AppointmentForm(WhoForm, WhenFields):
    """A new appointment."""

    field_order = ("who", "next_day", "next_time")
    staff = PeopleField(label=_("Who goes"), required=False)

    def appointment(self) -> NewAppointment:
        """Of a valid form."""
        data = self.cleaned_data
        return NewAppointment(
            at=self.moment,
            mode=data["mode"],
            place=(data["place"] or Place.OFFICE) if data["mode"] == Mode.IN_PERSON else "",
            component=data["component"],
            minutes=self.length or USUAL_MINUTES,
            staff_ids=data["staff"],
            knowing=data["knowing"],
        )


class MoveForm(WhenFields):
    reason = ReasonField(label=_("Why it moves"))


class CancelForm(forms.Form):
    reason = ReasonField(label=_("Why it is cancelled"))
