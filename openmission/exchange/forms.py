"""Forms of the exchange room."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from openmission.exchange.hmis_fy2026.housing import STATUSES
from openmission.exchange.selectors.people import NEW
from openmission.staff.models import Team


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("HMIS CSV export, FY2026"),
        help_text=_("One zip file with the 24 CSV files, as your HMIS makes it."),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        error_messages={"empty": _("The file is empty. Download the export again.")},
    )


class PeopleFilter(forms.Form):
    """What of the list is shown; anything odd in the address counts as not asked."""

    housing = forms.ChoiceField(choices=[(word, word) for word in STATUSES], required=False)
    q = forms.CharField(required=False)
    page = forms.IntegerField(min_value=1, max_value=10000, required=False)

    def asked(self) -> dict[str, Any]:
        """Arguments of `selectors.people.people_page`."""
        self.is_valid()
        given = self.cleaned_data
        return {"housing": given.get("housing", ""), "text": given.get("q", "")[:80], "page": given.get("page") or 1}

    @staticmethod
    def again(query: str) -> str:
        """The filter of a query string, safe to lead back to."""
        asked = PeopleFilter(QueryDict(query)).asked()
        return urlencode({"housing": asked["housing"], "q": asked["text"], "page": asked["page"]})


class ReferForm(forms.Form):
    """The ticked people, the team, and who of them is somebody on record (`who-<id>`: a client's id or "new")."""

    team = forms.ModelChoiceField(label=_("Team that takes them in"), queryset=Team.objects.none(), empty_label=None)
    person = forms.TypedMultipleChoiceField(coerce=UUID)

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any):
        super().__init__(*args, **kwargs)
        team = self.fields["team"]
        assert isinstance(team, forms.ModelChoiceField)
        team.queryset = Team.objects.filter(id__in=[one.id for one in teams]).order_by("name")
        if len(teams) == 1:
            team.widget = forms.HiddenInput()
            team.initial = teams[0].id
        ticked = self.fields["person"]
        assert isinstance(ticked, forms.TypedMultipleChoiceField)
        ticked.choices = [(value, value) for value in self._ticked() if _is_uuid(value)]

    def _ticked(self) -> list[str]:
        return self.data.getlist("person") if self.is_bound else []  # type: ignore[attr-defined]

    def who(self) -> dict[UUID, str]:
        """{person: a client's id or "new"} of those about whom somebody has decided."""
        return {person: self.data[f"who-{person}"] for person in self.cleaned_data["person"] if self._said(person)}

    def _said(self, person: UUID) -> bool:
        said = self.data.get(f"who-{person}", "")
        return said == NEW or _is_uuid(said)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
