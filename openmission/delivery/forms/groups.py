"""Making a group, planning its meetings, joining and leaving."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from openmission.care.asked import KnowingForm
from openmission.care.models.contact import Place
from openmission.delivery.forms.seen import SeenForm
from openmission.delivery.models import Group
from openmission.delivery.services.groups import GroupDetails
from openmission.delivery.services.meetings import MeetingDetails
from openmission.kernel.fields import ChipField, ClockField, PeopleField, ReasonField, moment
from openmission.kernel.forms import ChipCheckboxes, DayField, NameField

OPENNESS = [("open", _("Open: people may join at any time")), ("closed", _("Closed: the same people to the end"))]


def weekdays() -> list[tuple[str, str]]:
    """Monday first, in the reader's language."""
    monday = datetime(2026, 1, 5, tzinfo=timezone.get_current_timezone())
    return [(str(day), date_format(monday + timedelta(days=day), "l")) for day in range(7)]


class MinutesField(forms.IntegerField):
    """Minutes, written down."""

    default_error_messages = {"invalid": _("Write the minutes as a whole number, for example 50.")}


class GroupForm(forms.Form):
    """A standing group."""

    curriculum = ChipField(label=_("What the group goes through"))
    team = ChipField(label=_("Team"))
    name = NameField(label=_("Name of the group"), max_length=80, help_text=_("Not the name of a person."))
    kind = ChipField(label=_("Who may join"), choices=OPENNESS, initial="open")
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Usual day, or two"),
        coerce=int,
        widget=ChipCheckboxes,
        error_messages={"required": _("Choose one day of the week, or two.")},
        help_text=_("Two where sessions are given twice a week, as in the 2-month format."),
    )
    starts_at = ClockField(label=_("Usual time"))
    minutes = MinutesField(label=_("Minutes"), initial=60)
    place = ChipField(label=_("Where"), choices=Place.choices, initial=Place.OFFICE)
    room = NameField(label=_("Room or address"), max_length=120, required=False)
    leaders = PeopleField(label=_("Who leads it"), widget=ChipCheckboxes)
    id = forms.UUIDField(label=_("Form"), widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, offered: Mapping[str, Iterable[Any]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, choices in {**offered, "weekdays": weekdays()}.items():
            found = list(choices)
            self.fields[name].choices = found  # type: ignore[attr-defined]
            if len(found) == 1:
                self.fields[name].initial = found[0][0]

    def details(self) -> GroupDetails:
        """Of a valid form."""
        data = self.cleaned_data
        names = ("name", "starts_at", "minutes", "place", "room", "leaders")
        days = tuple(data["weekdays"])
        return GroupDetails(open=data["kind"] == "open", weekdays=days, **{name: data[name] for name in names})


def group_initial(group: Group) -> dict[str, Any]:
    names = ("name", "weekdays", "starts_at", "minutes", "place", "room")
    values = {name: getattr(group, name) for name in names}
    leaders = [str(leader.user_id) for leader in group.leaders.all()]
    return {**values, "kind": "open" if group.open else "closed", "leaders": leaders}


class MeetingForm(forms.Form):
    """A meeting to plan."""

    session = ChipField(label=_("Session"), widget=forms.Select)
    day = DayField(label=_("Day"))
    time = ClockField(label=_("Time"))
    minutes = MinutesField(label=_("Minutes"))
    place = ChipField(label=_("Where"), choices=Place.choices)
    room = NameField(label=_("Room or address"), max_length=120, required=False)
    id = forms.UUIDField(label=_("Form"), widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, sessions: Iterable[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["session"].choices = list(sessions)  # type: ignore[attr-defined]

    def details(self) -> MeetingDetails:
        """Of a valid form."""
        data = self.cleaned_data
        at = moment(data["day"], data["time"])
        return MeetingDetails(
            at=at, minutes=data["minutes"], place=data["place"], room=data["room"], session=data["session"]
        )


class ChangeGroupForm(SeenForm, GroupForm):
    """A group that is there."""


class ChangeMeetingForm(SeenForm, MeetingForm):
    """A meeting that is planned."""


class ReasonForm(KnowingForm):
    reason = ReasonField(label=_("Why"))


class CameForm(forms.Form):
    """Clients whom the viewer serves and who could join."""

    enrollment = PeopleField(label=_("Who joins"), widget=ChipCheckboxes)  # who is in already stays: sent twice is once

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["enrollment"].choices = list(people)  # type: ignore[attr-defined]


class JoinForm(CameForm):
    """`on`: since when; left empty it is today."""

    on = DayField(
        label=_("In the group since"),
        required=False,
        help_text=_("An earlier day for somebody who was there already and stood on paper only."),
    )


class LeaveForm(KnowingForm):
    reason = ReasonField(label=_("Why they leave"), required=False)
