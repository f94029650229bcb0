"""Looking back on a phase, and the end of the program."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openmission.care.models import PhaseReview
from openmission.intake.models import Enrollment
from openmission.kernel.fields import CHOOSE, ChipField, WordsField
from openmission.kernel.forms import DayField

PLANNED, OTHER_DAY, STAY = "planned", "other_day", "stay"
Decision = PhaseReview.Decision


class ReviewForm(forms.Form):
    """The look back. `choices` say what may follow; `last`: the last phase ends with a plan. `phase` is the
    one that the page showed: a colleague may have been quicker.
    """

    phase = forms.SlugField(widget=forms.HiddenInput)
    choice = forms.ChoiceField(label=_("What comes next"), widget=forms.RadioSelect, error_messages=CHOOSE)
    ends_on = DayField(label=_("Day"), required=False)
    note = WordsField(
        label=_("What you and the client saw"),
        help_text=_("What went well, in the client's words where you can. What is still hard. What you try next."),
        rows=5,
        error_messages={"required": _("Write down what you and the client saw in this phase.")},
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], last: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.last = last
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("choice") in (OTHER_DAY, STAY) and not data.get("ends_on") and "ends_on" not in self.errors:
            self.add_error("ends_on", str(_("Choose the day.")))
        return data

    def review(self) -> dict[str, Any]:
        """Of a valid form: phase, decision, ends_on and note, as the service takes them."""
        data = self.cleaned_data
        decision = Decision.STAY if data["choice"] == STAY else Decision.PLAN if self.last else Decision.MOVE_ON
        ends_on: date | None = None if data["choice"] == PLANNED else data["ends_on"]
        return {"phase": data["phase"], "decision": decision, "ends_on": ends_on, "note": data["note"]}


class DischargeForm(forms.Form):
    """The end of the program. `open_appointments`: some of the past wait for a record."""

    discharge = ChipField(label=_("How it ends"), choices=Enrollment.Discharge.choices)
    discharged_on = DayField(label=_("Last day"))
    note = WordsField(
        label=_("What was achieved, and who the client can turn to now"),
        help_text=_(
            "Names and numbers of the people and places that carry on. Whoever meets the client next will be glad."
        ),
        rows=5,
        error_messages={"required": _("Write what was achieved and who the client can turn to now.")},
    )
    leave_open = forms.BooleanField(
        label=_("Leave these appointments as not recorded"),
        error_messages={"required": _("Record what became of the appointments first, or leave them.")},
    )

    def __init__(self, *args: Any, open_appointments: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not open_appointments:
            del self.fields["leave_open"]
