"""Enrollment: format and first day, a signature, a checklist, the pair."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from openmission.intake.rules import FULL_LOAD, is_full
from openmission.intake.selectors.enrollments import Load
from openmission.intake.services.documents import Signature
from openmission.kernel.forms import ChipRadio, DateInput, DayField, NameField
from openmission.kernel.ids import new_id
from openmission.programs.rules import DocumentSpec, Program, localized
from openmission.staff.roles import ROLES


class EnrollForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput)
    months = forms.TypedChoiceField(
        label=_("How long"), coerce=int, widget=ChipRadio, error_messages={"required": _("Choose how long.")}
    )
    starts_on = DayField(label=_("First day"))

    def __init__(self, data: Any = None, *, program: Program, today: date):
        super().__init__(data, initial={"id": new_id(), "starts_on": today})
        lengths = [form.months for form in program.formats]
        self.fields["months"].choices = [(n, ngettext("%(n)d month", "%(n)d months", n) % {"n": n}) for n in lengths]


class SignatureForm(forms.Form):
    """Who signs, drawn or typed, and the blanks of the document (each a field of its own name)."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    name = NameField(
        label=_("Name of the person who signs"),
        max_length=160,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Write the name of the person who signs.")},
    )
    strokes = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, spec: DocumentSpec, language: str):
        super().__init__(data, initial={"id": new_id()})
        self.blanks = [blank.slug for blank in spec.fields]
        for blank in spec.fields:
            widget = DateInput() if blank.kind == "date" else forms.TextInput()
            label = localized(blank.label, language)
            told = {"required": _("Fill in every blank before signing.")}
            self.fields[blank.slug] = NameField(label=label, max_length=300, widget=widget, error_messages=told)
        self.order_fields([*self.blanks, "name"])

    def clean_strokes(self) -> list[list[list[float]]]:
        """Lists of [x, y] points; what is none is an error of the page, told as one."""
        try:
            drawn = json.loads(self.cleaned_data["strokes"] or "[]")
            return [[[float(x), float(y)] for x, y in stroke] for stroke in drawn]
        except (TypeError, ValueError, OverflowError, RecursionError) as fault:
            raise forms.ValidationError(_("The drawing did not arrive whole. Please sign again.")) from fault

    def signed(self) -> dict[str, Any]:
        """`id`, `fields` and `signature`, as the service takes them."""
        given = self.cleaned_data
        fields = {slug: given[slug] for slug in self.blanks}
        return {"id": given["id"], "fields": fields, "signature": Signature(given["name"], given["strokes"])}


class ChecklistForm(forms.Form):
    """What of a list is done, and the day on which it was."""

    done = forms.MultipleChoiceField(label=_("Done"), required=False, widget=forms.CheckboxSelectMultiple)
    done_on = DayField(label=_("Done on"))

    def __init__(self, data: Any = None, *, items: Sequence[Any], done: Mapping[str, date], today: date):
        super().__init__(data, initial={"done": list(done), "done_on": today})
        language = get_language() or "en"
        self.fields["done"].choices = [(item.slug, localized(item.title, language)) for item in items]


class PairForm(forms.Form):
    """One colleague for each role of the program's pair."""

    def __init__(self, data: Any = None, *, loads: Mapping[str, list[Load]], serving: Mapping[str, str]):
        super().__init__(data)
        self.loads = {role: people for role, people in loads.items() if people}
        self.empty = [role for role, people in loads.items() if not people]
        for role, people in self.loads.items():
            choices = [(str(load.user_id), load.name) for load in people]
            self.fields[role] = forms.ChoiceField(
                label=str(ROLES[role].title), choices=choices, initial=serving.get(role), widget=forms.RadioSelect
            )

    def lines(self) -> list[dict[str, Any]]:
        """For each role: its field, and the colleagues with their load in words."""
        return [
            {"code": role, "field": self[role], "people": [self._line(self[role], load) for load in people]}
            for role, people in self.loads.items()
        ]

    def _line(self, field: forms.BoundField, load: Load) -> dict[str, Any]:
        served = ngettext("%(n)d client", "%(n)d clients", load.clients) % {"n": load.clients}
        return {
            "load": load,
            "chosen": str(load.user_id) == field.value(),
            "full": is_full(load.clients),
            "shown": min(load.clients, FULL_LOAD),
            "text": served,
        }
