"""Putting a due item off, handing it on."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from openmission.care.forms.appointments import ReasonField
from openmission.kernel.fields import ChipField
from openmission.kernel.forms import DayField
from openmission.staff.models import User

SOON = ((1, _("Tomorrow")), (3, _("In 3 days")), (7, _("In a week")))


class UntilForm(forms.Form):
    """Until a day, with a reason. A day written down goes before a quick pick."""

    until = ChipField(label=_("Until"), required=False)
    until_on = DayField(label=_("Another day"), required=False, help_text=_("At most 30 days from today."))
    reason = ReasonField(label=_("Why it can wait"))

    def __init__(self, *args: Any, today: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        days = [(today + timedelta(days=days), words) for days, words in SOON]
        self.fields["until"].choices = [  # type: ignore[attr-defined]
            (day.isoformat(), f"{words}, {date_format(day, 'D j M')}") for day, words in days
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("until_on") and not data.get("until") and not {"until", "until_on"} & set(self.errors):
            self.add_error("until", str(_("Choose until when.")))
        return data

    @property
    def day(self) -> date:
        """Of a valid form."""
        picked = self.cleaned_data["until_on"]
        return picked if picked else date.fromisoformat(self.cleaned_data["until"])


class HandForm(UntilForm):
    """To a colleague who has the client in reach."""

    field_order = ("to", "until", "until_on", "reason")
    to = ChipField(label=_("To whom"))
    reason = ReasonField(label=_("What they need to know"))

    def __init__(self, *args: Any, colleagues: Mapping[str, User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(id, user.name) for id, user in colleagues.items()]  # type: ignore[attr-defined]
