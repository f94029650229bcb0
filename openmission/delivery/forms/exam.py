"""What is asked about one client at one session: the seven questions, a note, whether somebody is worried."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openmission.delivery.rules.exam import ITEMS, LISTS, PASS, SCALES
from openmission.kernel.fields import ChipField, WordsField
from openmission.kernel.forms import ChipCheckboxes, ChipRadio

PASSED = (PASS, _("Pass"))
USE = [("none", _("No use")), ("used", _("Used")), PASSED]
SUBSTANCES = [
    ("alcohol", _("Alcohol")),
    ("cannabis", _("Cannabis")),
    ("opioids", _("Opioids")),
    ("stimulants", _("Stimulants")),
    ("sedatives", _("Sedatives")),
    ("other", _("Something else")),
]
MEDICATION = [
    ("as_prescribed", _("As prescribed")),
    ("some", _("Some of it")),
    ("not_taken", _("Not taken")),
    ("more", _("More than prescribed")),
    ("changed", _("Changed by the prescriber")),
    ("none", _("None prescribed")),
    PASSED,
]
TOPIC = [("took_part", _("Took part")), ("listened", _("Listened")), ("left_early", _("Left early")), PASSED]
SUPPORTS = [
    ("twelve_step", _("12-step or other mutual help")),
    ("treatment", _("Other treatment")),
    ("people", _("People who support them")),
    ("none", _("None this time")),
    PASSED,
]
AGENDA = [("together", _("Agreed together")), ("not_yet", _("Not this time")), PASSED]
LABELS = {
    "agenda": _("What to talk about"),
    "use": _("Use since last time"),
    "substances": _("What was used"),
    "motivation": _("Wants to change their use, 0 not at all to 10 very much"),
    "mood": _("Mood, 1 low to 10 good"),
    "anxiety": _("Anxiety, 1 calm to 10 high"),
    "medication": _("Medication"),
    "topic": _("The topic"),
    "supports": _("12-step and other treatment"),
}


class ScaleField(forms.ChoiceField):
    """A whole number of a scale, or a pass, as chips of one width. Gives an int, "pass" or ""."""

    def __init__(self, low: int, high: int, **kwargs: Any):
        numbers = [(str(number), str(number)) for number in range(low, high + 1)]
        super().__init__(choices=[*numbers, PASSED], widget=ChipRadio, **kwargs)

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        return int(chosen) if chosen.isdecimal() else chosen


def _several(item: str, choices: list[Any]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=LABELS[item], choices=choices, required=False, widget=ChipCheckboxes)


class ExamFields(forms.Form):
    """The seven questions (`rules.exam`), each with "Pass"; `agenda` is asked where it is not asked for the group."""

    use = ChipField(label=LABELS["use"], choices=USE, required=False)
    substances = _several("substances", SUBSTANCES)
    motivation = ScaleField(*SCALES["motivation"], label=LABELS["motivation"], required=False)
    mood = ScaleField(*SCALES["mood"], label=LABELS["mood"], required=False)
    anxiety = ScaleField(*SCALES["anxiety"], label=LABELS["anxiety"], required=False)
    medication = ChipField(label=LABELS["medication"], choices=MEDICATION, required=False)
    topic = ChipField(label=LABELS["topic"], choices=TOPIC, required=False)
    supports = _several("supports", SUPPORTS)
    passes = forms.BooleanField(label=_("Passes on what is not answered"), required=False)
    note = WordsField(label=_("Note about this person"), required=False, rows=2)
    worried = forms.BooleanField(
        label=_("I am worried about their safety, or they spoke of dying or suicide"),
        required=False,
    )

    def exam(self, agenda: str) -> dict[str, Any]:
        """Of a valid form: the answers item by item. `passes` turns what is open into passes."""
        data = {**self.cleaned_data, "agenda": agenda}
        items = (*ITEMS, "substances")
        said: dict[str, Any] = {item: data[item] for item in items if data.get(item) not in ("", [], None)}
        supports = said.get("supports", [])
        if PASS in supports:
            said["supports"] = PASS
        elif len(supports) > 1:
            said["supports"] = [each for each in supports if each != "none"]
        if "substances" in said and said.setdefault("use", "used") != "used":
            del said["substances"]
        return dict.fromkeys(ITEMS, PASS) | said if data["passes"] else said


def exam_initial(exam: Mapping[str, Any]) -> dict[str, Any]:
    """The form's values for stored answers."""
    values = {name: value for name, value in exam.items() if name in ExamFields.base_fields}
    for name in SCALES:
        if name in values:
            values[name] = str(values[name])
    for name in LISTS:
        if values.get(name) == PASS:
            values[name] = [PASS]
    return values
