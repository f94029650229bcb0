"""Recording a contact, and correcting one."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from openmission.care.asked import KnowingForm
from openmission.care.details import ContactDetails, contact_faults
from openmission.care.forms.fields import HowFields, KnowingFields
from openmission.care.models import Appointment
from openmission.care.models.contact import Mode, Outcome, Place, WithWhom
from openmission.care.rules.next_time import proposed_time
from openmission.care.selectors.appointments import get_appointment
from openmission.care.selectors.contacts import get_served
from openmission.care.services.appointments import NewAppointment
from openmission.intake.models import Enrollment
from openmission.kernel.actors import Actor
from openmission.kernel.days import short_time
from openmission.kernel.errors import NotFound
from openmission.kernel.faults import renew_ids
from openmission.kernel.fields import ChipField, ClockField, PeopleField, ReasonField, WordsField, moment
from openmission.kernel.forms import DayField
from openmission.programs.selectors import program

OTHER = "other"
USUAL_MINUTES = 45
LOST = lazy("It lost its number and has a new one now. Save again.")


class ContactForm(HowFields):
    """What took place. `components`: the parts of the client's program, once it is known."""

    field_order = ("outcome", *HowFields.base_fields, "note", "slip", "staff", "day", "time", "with_whom")
    outcome = ChipField(label=lazy("What happened"), choices=Outcome.choices, initial=Outcome.MET)
    day = DayField(label=lazy("Day"))
    time = ClockField(label=lazy("Time"))
    with_whom = ChipField(label=lazy("With"), choices=WithWhom.choices, initial=WithWhom.CLIENT)
    note = WordsField(label=lazy("Note"), required=False, rows=6)
    slip = forms.BooleanField(label=lazy("Told us about a slip"), required=False)
    staff = PeopleField(label=lazy("Who took part"), required=False)

    def __init__(self, *args: Any, at: datetime, components: Set[str] | None = None, **kwargs: Any):
        super().__init__(*args, at=at, **kwargs)
        self.components = components
        if components is not None:
            self.offer(components)

    @property
    def when(self) -> str:
        """Day, time and with whom as the form has them, in words; empty when day or time cannot be read."""
        try:
            day, at = (self.fields[name].clean(self[name].value()) for name in ("day", "time"))
        except forms.ValidationError:
            return ""
        whom = dict(WithWhom.choices).get(self["with_whom"].value(), WithWhom.CLIENT.label)
        return f"{short_time(moment(day, at))} · {whom}"

    def clean(self) -> dict[str, Any]:
        """Add what cannot be right about the whole, so that everything is said at once."""
        data = super().clean() or self.cleaned_data
        if not self.errors.keys() & {"day", "time", "outcome", "mode", "with_whom", "minutes", "own_minutes", "staff"}:
            details = self.details()
            known = {details.component} if self.components is None else self.components
            for fault in contact_faults(details, known, self.now):
                if fault.field not in self.errors:
                    self.add_error(fault.field, str(fault.message))
        return data

    def details(self, *, unless_moved: datetime | None = None) -> ContactDetails:
        """Of a valid form. Only a meeting has a length. `unless_moved`: the moment that stays, to the second, when day
        and time are as they were.
        """
        data = self.cleaned_data
        met = data["outcome"] == Outcome.MET
        stays = unless_moved if {"day", "time"}.isdisjoint(self.changed_data) else None
        return ContactDetails(
            at=stays or moment(data["day"], data["time"]),
            outcome=data["outcome"],
            mode=data["mode"],
            component=data.get("component", ""),
            minutes=(self.length or 0) if met else 0,
            place=data.get("place", "") if data["mode"] == Mode.IN_PERSON else "",
            with_whom=data["with_whom"],
            note=data.get("note", ""),
            slip=data["slip"],
            staff_ids=data["staff"],
        )


class WithdrawForm(KnowingForm):
    reason = ReasonField(label=lazy("What was wrong"))


@dataclass(frozen=True, slots=True)
class Target:
    """With whom: an enrollment and, when the contact answers one, its appointment."""

    enrollment: Enrollment
    appointment: Appointment | None = None


class WhoForm(HowFields):
    """Something new with somebody: `who` is "e:" + an enrollment's id, or "a:" + an appointment's. `id` is the record's
    own, made with the page, so that saving twice is saving once.
    """

    id = forms.UUIDField(
        label=lazy("Form"), widget=forms.HiddenInput, error_messages={"invalid": LOST, "required": LOST}
    )
    components: Set[str] | None = None
    who = forms.CharField(label=lazy("Who"), error_messages={"required": lazy("Choose who it is with.")})
    staff = PeopleField(label=lazy("Who took part"), required=False)

    def __init__(self, *args: Any, viewer: Actor, at: datetime, **kwargs: Any):
        super().__init__(*args, at=at, **kwargs)
        self.viewer = viewer

    def renew_id(self) -> None:
        """Where the id was the trouble, the form goes back with a new one: saving again makes a new record."""
        if "id" in self.errors:
            renew_ids(self)

    def clean(self) -> dict[str, Any]:
        """In a program without any part nothing is asked about it; without a script the usual one is ticked all the
        same.
        """
        if who := self.cleaned_data.get("who"):
            self.components = program(self.viewer, who.enrollment.program_version_id).components
            if not self.components:
                self.cleaned_data["component"] = ""
        return super().clean() or self.cleaned_data

    def clean_who(self) -> Target:
        try:
            return read_target(self.viewer, self.cleaned_data["who"], at=self.now)
        except NotFound as fault:
            raise forms.ValidationError(str(fault.message)) from fault


class RecordForm(WhoForm, ContactForm, KnowingFields):
    """A new contact and the next appointment."""

    field_order = ("who", "outcome", "day", "time", "with_whom", *HowFields.base_fields, "note", "slip", "staff")
    next = forms.ChoiceField(
        label=lazy("Next time"),
        required=False,
        choices=[
            ("", lazy("Not now")),
            ("7", lazy("In a week")),
            ("14", lazy("In 2 weeks")),
            ("28", lazy("In 4 weeks")),
            (OTHER, lazy("Another day")),
        ],
        widget=ChipField.widget,
        initial="",
    )
    next_day = DayField(label=lazy("Day"), required=False)
    next_time = ClockField(label=lazy("Time"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("next") == OTHER and not data.get("next_day") and "next_day" not in self.errors:
            self.add_error("next_day", _("Choose the day."))
        return data

    def next_appointment(self) -> NewAppointment | None:
        """Of a valid form: the next time, in the same way as this one. A day written down goes before a quick pick."""
        data, this = self.cleaned_data, self.details()
        if not data["next_day"] and not data["next"]:
            return None
        day = data["next_day"] or data["day"] + timedelta(days=int(data["next"]))
        at = moment(day, data["next_time"] or proposed_time(data["time"]))
        place = (this.place or Place.OFFICE) if this.mode == Mode.IN_PERSON else ""
        minutes = self.length or USUAL_MINUTES
        return NewAppointment(at, this.mode, place, this.component, minutes, this.staff_ids, data["knowing"])

    @property
    def when_field(self) -> str:
        return "next_day" if self.cleaned_data["next_day"] else "next"


def read_target(viewer: Actor, who: str, *, at: datetime) -> Target:
    """Whom "e:…" or "a:…" names, in the viewer's reach. Raises `NotFound`."""
    kind, _colon, text = who.partition(":")
    try:
        id = UUID(text)
    except ValueError:
        raise NotFound(_("Choose whom you met or tried.")) from None
    if kind == "a":
        appointment = get_appointment(viewer, id, at=at)
        return Target(appointment.enrollment, appointment)
    return Target(get_served(viewer, id, at=at))
