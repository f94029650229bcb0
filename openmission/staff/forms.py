"""Forms of the staff room. What can be wrong beyond a field's own shape is the services' to say."""

from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from openmission.kernel.actors import Actor
from openmission.kernel.forms import DayField, NameField
from openmission.staff import selectors
from openmission.staff.models import Team
from openmission.staff.passwords import readable_password
from openmission.staff.roles import CARE, ROLES, SUPERVISOR

US_ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
)


class RoleForm(forms.Form):
    """A role, with the team it is held in."""

    role = forms.ChoiceField(label=_("Role"))
    team = forms.ChoiceField(
        label=_("Team (for those who give care)"),
        help_text=_("Roles in care and intake are held in a team, the others in the whole agency."),
    )

    def __init__(self, *args: Any, viewer: Actor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.teams = {str(team.id): team for team in selectors.teams(viewer)}
        self.fields["role"].choices = [("", _("Choose…")), *((role.code, role.title) for role in ROLES.values())]
        names = [(key, team.name) for key, team in self.teams.items()]
        self.fields["team"].choices = [("agency", _("The whole agency")), *names]

    def seat(self) -> dict[str, Any]:
        """`role` and `team`, as the services take them."""
        return {"role": self.cleaned_data["role"], "team": self.teams.get(self.cleaned_data["team"])}


class AccountForm(forms.Form):
    name = NameField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"), help_text=_("They sign in with it."))


class PasswordForm(forms.Form):
    """In clear, so that the administrator sees what they hand over."""

    password = forms.CharField(
        label=_("Password"),
        required=False,
        help_text=_("At least 12 characters. Leave it empty and we make one."),
        strip=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def chosen(self) -> str:
        return self.cleaned_data["password"] or readable_password()


class NewAccountForm(AccountForm, RoleForm, PasswordForm):
    field_order = ("name", "email", "role", "team", "password")


class TeamForm(forms.ModelForm):
    name = NameField(label=_("Name"), max_length=80)

    class Meta:
        model = Team
        fields = ("name", "site", "phone")
        labels = {"site": _("Site"), "phone": _("Phone")}
        help_texts = {"site": _("Where the team works from.")}


class SettingsForm(forms.Form):
    name = NameField(label=_("Name of the agency"), max_length=120)
    time_zone = forms.ChoiceField(label=_("Time zone"))
    session_minutes = forms.IntegerField(
        label=_("Minutes without work until somebody is signed out"),
        help_text=_("Between 5 and 240. Two minutes before, a warning asks; what is being typed is kept."),
    )
    second_factor_required = forms.BooleanField(
        label=_("Everybody needs a second factor to sign in"),
        required=False,
        help_text=_("An authenticator app or a passkey. Who has none is led to set one up."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
        rest = [zone for zone in zones if zone not in US_ZONES]
        self.fields["time_zone"].choices = [
            (title, [(zone, zone.replace("_", " ")) for zone in group])
            for title, group in ((_("United States"), US_ZONES), (_("Elsewhere"), rest))
        ]


class CoverForm(forms.Form):
    """Who is away, who covers. A supervisor chooses among the team; everybody else is away themselves."""

    absent = forms.ChoiceField(label=_("Who is away"))
    covering = forms.ChoiceField(
        label=_("Who covers"), help_text=_("They see the clients whom the colleague who is away serves in your team.")
    )
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=200, help_text=_("In a word or two: leave, training.")
    )

    def __init__(self, *args: Any, viewer: Actor, on: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        led = selectors.colleagues(viewer, team_ids=viewer.teams(SUPERVISOR), on=on, roles=CARE)
        near = selectors.colleagues(viewer, team_ids=viewer.teams(*CARE), on=on, roles=CARE)
        away = {str(viewer.id): _("Myself"), **{str(one.id): one.name for one in led if one.id != viewer.id}}
        self.fields["absent"].choices = list(away.items())
        self.fields["covering"].choices = [("", _("Choose…")), *((str(one.id), one.name) for one in near)]
        self.fields["starts_on"].initial = on

    def chosen(self) -> dict[str, Any]:
        """What `cover.arrange_cover` takes."""
        given = self.cleaned_data
        people = selectors.users(self.viewer, {UUID(given["absent"]), UUID(given["covering"])})
        return given | {name: people[UUID(given[name])] for name in ("absent", "covering")}


class AddPasskeyForm(AddWebAuthnForm):
    """The library gives the name no label that could be translated."""

    name = NameField(label=_("Name"), required=False)


class RenamePasskeyForm(EditWebAuthnForm):
    name = NameField(label=_("Name"))
