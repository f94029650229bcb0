"""How forms look and speak: the renderer that settings name, widgets for a thumb, plain words for what is missing."""

from collections.abc import Container
from functools import lru_cache
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from openmission.kernel.days import imaginable
from openmission.kernel.markup import attributes, fill, joined
from openmission.kernel.names import HIDDEN, has_hidden, one_line
from openmission.kernel.templatetags.ui import field_group

_INPUTS = {
    f"django/forms/widgets/{kind}.html"
    for kind in ("checkbox", "date", "email", "hidden", "input", "number", "password", "text", "time")
}


class Renderer(TemplatesSetting):
    """`{{ form }}` and `{{ form.name.as_field_group }}` give our markup."""

    form_template_name = "ui/form.html"
    field_template_name = "field_group"  # no template: `ui.field_group`

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """An input is one tag and needs no template. None of ours has `maxlength`: a browser cuts a paste silently; the
        server keeps all and says what is too long.
        """
        if template_name == self.field_template_name:
            return field_group(context["field"])
        if widget := context.get("widget"):
            widget["attrs"].pop("maxlength", None)
            if template_name in _INPUTS:
                named = {"type": widget["type"], "name": widget["name"], "value": widget["value"]}
                return fill("<input{}>", attributes(named | widget["attrs"]))
        return super().render(template_name, context, request)


class TooLong:
    """What Django puts its numbers into by `%`: how long the text is and how long it may be, as the language groups
    figures.
    """

    def __mod__(self, found: dict[str, Any]) -> str:
        length, most = (number_format(found[name], force_grouping=True) for name in ("show_value", "limit_value"))
        text = _("This has %(length)s characters, and at most %(most)s fit. Shorten it, or keep what matters most.")
        return str(text % {"length": length, "most": most})


def speak_plainly() -> None:
    """In every form, those of the libraries too, say what is missing, too long or offered no more in our words, not in
    Django's. A field may have words of its own.
    """
    gone = _("One of these is no longer offered. Choose again.")
    words: dict[type[forms.Field], dict[str, Any]] = {
        forms.Field: {"required": _("This is empty. Write it here.")},
        forms.CharField: {"max_length": TooLong()},
        forms.ChoiceField: {
            "required": _("Nothing is chosen yet. Choose one."),
            "invalid_choice": _("This is no longer offered. Choose another one."),
        },
        forms.MultipleChoiceField: {
            "required": _("Nothing is chosen yet. Choose at least one."),
            "invalid_choice": gone,
            "invalid_list": gone,
        },
        forms.FileField: {"required": _("No file is chosen yet. Choose one.")},
    }
    for field, own in words.items():
        field.default_error_messages = {**vars(field).get("default_error_messages", {}), **own}


def label_of(form: type[forms.BaseForm], name: str) -> str:
    """What the form calls a field; a name that it does not know is its own label."""
    field = form.base_fields.get(name)  # type: ignore[attr-defined]
    return str(field.label) if field else name


class NameField(forms.CharField):
    """A name in one line; a hidden character in it is told."""

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if has_hidden(value):
            raise forms.ValidationError(HIDDEN, code="hidden")


class Chips:
    """Choices as touch targets. `offered`: the values that are shown at first (None: all); a script may show others."""

    offered: Container[str] | None = None

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Written here, not in a template: a form shows fifty of them."""
        widget = self.get_context(name, value, attrs)["widget"]  # type: ignore[attr-defined]
        options = [option for _name, group, _index in widget["optgroups"] for option in group]
        outer = attributes({"class": "chips", "id": widget["attrs"].get("id", "")})
        return fill("<div{}>{}</div>", outer, joined(map(self._chip, options)))

    def _chip(self, option: dict[str, Any]) -> SafeString:
        label = {"for": option["attrs"].get("id", "")}
        label["hidden"] = self.offered is not None and option["value"] not in self.offered
        fixed = {"type": option["type"], "name": option["name"], "value": str(option["value"])}
        return chip(fixed | option["attrs"], option["label"], label)


def chip(control: dict[str, Any], words: Any, label: dict[str, Any] | None = None) -> SafeString:
    """A choice as a touch target: attributes of the control and of its label, the words beside it."""
    said = words if isinstance(words, SafeString) else str(words)
    return _drawn(tuple(control.items()), said, tuple((label or {}).items()))


@lru_cache(maxsize=4000, typed=True)  # typed: safe markup is not the text that reads like it
def _drawn(control: tuple[tuple[str, Any], ...], words: str, label: tuple[tuple[str, Any], ...]) -> SafeString:
    around = attributes({"class": "chip", **dict(label)})
    return fill("<label{}><input{}><span>{}</span></label>", around, attributes(dict(control)), words)


class ChipRadio(Chips, forms.RadioSelect):
    """One choice of a few."""


class ChipCheckboxes(Chips, forms.CheckboxSelectMultiple):
    """Several choices of a few."""


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


class DayField(forms.DateField):
    """A day, chosen with the device's own picker; not one that no calendar of ours can count with."""

    widget = DateInput
    default_error_messages = {
        "required": _("Choose the day."),
        "invalid": _("This is no day. Choose one, or write it like 2026-11-23."),
    }

    def to_python(self, value: Any) -> Any:
        day = super().to_python(value)
        if day and not imaginable(day):
            raise forms.ValidationError(self.error_messages["invalid"])
        return day
