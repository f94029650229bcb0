"""A new referral, a try to reach somebody, a closing."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openmission.clients.rules import can_be_called
from openmission.clients.services.clients import NO_PHONE, ClientDetails
from openmission.intake.models import Referral, ReferralAttempt
from openmission.intake.services.referrals import ReferralDetails
from openmission.kernel.forms import ChipRadio, DayField, NameField, TimeInput
from openmission.kernel.ids import new_id
from openmission.staff.models import Team

WHO = ("first_name", "last_name", "birth_date", "phone")


class WhoForm(forms.Form):
    """Who is referred: what people are searched by before somebody new is added."""

    first_name = NameField(
        label=_("First name"), max_length=80, error_messages={"required": _("Give a name. One word is enough.")}
    )
    last_name = NameField(label=_("Last name"), max_length=80, required=False)
    birth_date = DayField(
        label=_("Birth date"),
        required=False,
        error_messages={"invalid": _("We could not read that day. Write it as 1986-04-02, or leave it empty.")},
    )
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput({"type": "tel", "autocomplete": "off"})
    )

    def clean_phone(self) -> str:
        number: str = self.cleaned_data["phone"]
        if number and not can_be_called(number):
            raise forms.ValidationError(NO_PHONE, params={"number": number})
        return number

    def can_look(self) -> bool:
        """Whom the rest names can be looked for without the phone."""
        return set(self.errors) <= {"phone"}

    def known(self) -> dict[str, Any]:
        """`name`, `birth_date` and `phone`, as the search takes them, of a form that can look."""
        given = self.cleaned_data
        name = f"{given['first_name']} {given['last_name']}".strip()
        return {"name": name, "birth_date": given["birth_date"], "phone": given.get("phone", "")}


class ReferralForm(forms.Form):
    """Where somebody comes from and why; how to reach them counts for somebody new only.

    The ids are made with the page, so that sending it twice is saving once.
    """

    id = forms.UUIDField(widget=forms.HiddenInput)
    client_id = forms.UUIDField(widget=forms.HiddenInput)
    team = forms.ChoiceField(label=_("For which team"), widget=ChipRadio)
    source = forms.ChoiceField(
        label=_("Who brings them"), error_messages={"required": _("Choose who brings them, or “Other”.")}
    )
    source_name = NameField(
        label=_("Their name and place"), max_length=120, required=False, help_text=_("For example: Ruth, day shelter.")
    )
    source_phone = forms.CharField(
        label=_("Their phone"), max_length=40, required=False, widget=forms.TextInput({"type": "tel"})
    )
    reason = forms.CharField(
        label=_("What brings them"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("In their own words where you can."),
    )
    language = forms.ChoiceField(label=_("Language they prefer"), choices=settings.LANGUAGES, widget=ChipRadio)
    reach_note = forms.CharField(
        label=_("How to reach them safely"),
        max_length=300,
        required=False,
        help_text=_("For example: ask for Dee; never mention the program; best after 4."),
    )
    may_text = forms.BooleanField(label=_("Texting is safe"), required=False)
    may_leave_message = forms.BooleanField(label=_("Leaving a voice message is safe"), required=False)

    def __init__(self, data: Any = None, *, teams: list[Team], initial: dict[str, Any] | None = None):
        made = {"id": new_id(), "client_id": new_id(), "language": "en"}
        super().__init__(data, initial={**made, **(initial or {})})
        self.teams = {str(team.id): team for team in teams}
        self.fields["team"].choices = [(key, team.name) for key, team in self.teams.items()]
        sources = [choice for choice in Referral.Source.choices if choice[0] != Referral.Source.HMIS]
        self.fields["source"].choices = [("", _("Choose…")), *sources]
        if len(teams) == 1:
            self.fields["team"].widget = forms.HiddenInput()
            self.initial.setdefault("team", teams[0].id)

    def referral(self) -> dict[str, Any]:
        """`team`, `details`, `id` and `client_id`, as the service takes them."""
        given = self.cleaned_data
        details = ReferralDetails(given["source"], given["source_name"], given["source_phone"], given["reason"])
        ids = {name: given[name] for name in ("id", "client_id")}
        return {"team": self.teams[given["team"]], "details": details, **ids}

    def person(self, who: WhoForm) -> ClientDetails:
        """Somebody new."""
        known, given = who.cleaned_data, self.cleaned_data
        return ClientDetails(
            first_name=known["first_name"],
            last_name=known["last_name"],
            birth_date=known["birth_date"],
            phones=((known["phone"], ""),) if known["phone"] else (),
            **{name: given[name] for name in ("language", "reach_note", "may_text", "may_leave_message")},
        )


class AttemptForm(forms.Form):
    """One try to reach somebody, now unless another moment is written."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    how = forms.ChoiceField(
        label=_("How"),
        choices=ReferralAttempt.How.choices,
        widget=ChipRadio,
        error_messages={"required": _("Choose how you tried.")},
    )
    reached = forms.TypedChoiceField(
        label=_("Did you reach them?"),
        choices=[("yes", _("Reached")), ("no", _("Not reached"))],
        coerce=lambda value: value == "yes",
        widget=ChipRadio,
        error_messages={"required": _("Choose whether you reached them.")},
    )
    day = DayField(label=_("Day"), required=False)
    time = forms.TimeField(
        label=_("Time"),
        widget=TimeInput,
        required=False,
        error_messages={"invalid": _("This is no time. Choose one, or write it like 14:30.")},
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=4000, widget=forms.Textarea({"rows": 2}))

    def __init__(self, data: Any = None):
        now = timezone.localtime()
        super().__init__(data, initial={"id": new_id(), "day": now.date(), "time": now.time()})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("day") and not given.get("time") and "time" not in self.errors:
            self.add_error("time", str(_("Choose the time.")))
        return given

    def attempt(self) -> dict[str, Any]:
        """Of a valid form: what the service takes. A time without a day is today's; without both it was now."""
        given = dict(self.cleaned_data)
        day, time = given.pop("day") or timezone.localdate(), given.pop("time")
        return given | {"tried_at": timezone.make_aware(datetime.combine(day, time)) if time else None}


class CloseForm(forms.Form):
    """Why a referral ends; not eligible is decided by a screening."""

    outcome = forms.ChoiceField(
        label=_("What happened"), widget=ChipRadio, error_messages={"required": _("Choose what happened.")}
    )
    note = forms.CharField(
        label=_("In a few words"),
        max_length=4000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("For whoever meets this person next."),
        error_messages={"required": _("Write in a few words why, for whoever meets this person next.")},
    )
    ask_again_on = DayField(
        label=_("Ask again on"),
        required=False,
        help_text=_("Things change. On that day the board reminds your team."),
    )

    def __init__(self, data: Any = None):
        super().__init__(data, auto_id="close_%s")  # it stands on the page beside the form of an attempt
        self.fields["outcome"].choices = [c for c in Referral.Outcome.choices if c[0] != Referral.Outcome.NOT_ELIGIBLE]


def as_id(text: str) -> UUID | None:
    """A typed or linked id; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
