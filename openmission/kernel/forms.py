"""How forms look: the renderer that settings name, and widgets for a thumb."""

from django import forms
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """`{{ form }}` and `{{ form.name.as_field_group }}` give our markup."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


def label_of(form: type[forms.BaseForm], name: str) -> str:
    """What the form calls a field; a name that it does not know is its own label."""
    field = form.base_fields.get(name)  # type: ignore[attr-defined]
    return str(field.label) if field else name


class ChipRadio(forms.RadioSelect):
    """One choice of a few, each a touch target."""

    template_name = "ui/widgets/chips.html"


class ChipCheckboxes(forms.CheckboxSelectMultiple):
    """Several choices of a few, each a touch target."""

    template_name = "ui/widgets/chips.html"


class DateInput(forms.DateInput):
    """The device's own date picker; the value goes both ways as YYYY-MM-DD."""

    input_type = "date"

    def __init__(self, attrs: dict[str, str] | None = None):
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The device's own time picker; the value goes both ways as HH:MM."""

    input_type = "time"

    def __init__(self, attrs: dict[str, str] | None = None):
        super().__init__(attrs, format="%H:%M")
