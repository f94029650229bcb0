"""Forms of the clients room."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from openmission.audit.selectors import LogFilter
from openmission.audit.templatetags.audit import kind_words
from openmission.clients.models import Alias, Client
from openmission.clients.services.clients import ClientDetails
from openmission.kernel.events import event_classes
from openmission.kernel.forms import DayField, NameField
from openmission.kernel.names import HIDDEN, has_hidden, one_line
from openmission.staff.selectors import Colleague

LONGEST_ALIAS = Alias._meta.get_field("name").max_length or 120


class DetailsForm(forms.Form):
    """A client's names and how to reach them; phones are a formset beside it."""

    first_name = NameField(label=_("First name"), max_length=80, help_text=_("A name of one word goes here."))
    middle_name = NameField(label=_("Middle name"), max_length=80, required=False)
    last_name = NameField(label=_("Last name"), max_length=80, required=False)
    suffix = NameField(label=_("Suffix"), max_length=20, required=False)
    chosen_name = NameField(
        label=_("Chosen name"), max_length=80, required=False, help_text=_("What they like to be called.")
    )
    pronouns = NameField(label=_("Pronouns"), max_length=40, required=False)
    birth_date = DayField(label=_("Birth date"), required=False)
    language = forms.ChoiceField(label=_("Language they prefer"), choices=settings.LANGUAGES)
    aliases = forms.CharField(
        label=_("Other names"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Street names, former names: one a line. They are found by each."),
    )
    reach_note = forms.CharField(
        label=_("How to reach them safely"),
        max_length=300,
        required=False,
        help_text=_("For example: ask for Dee; never mention the program; best after 4."),
    )
    may_leave_message = forms.BooleanField(label=_("Leaving a voice message is safe"), required=False)
    may_text = forms.BooleanField(label=_("Texting is safe"), required=False)

    @classmethod
    def of(cls, client: Client, data: Any = None) -> "DetailsForm":
        """The form filled with what is known of the client."""
        known = {name: getattr(client, name) for name in cls.base_fields if name != "aliases"}
        return cls(data, initial=known | {"aliases": "\n".join(alias.name for alias in client.aliases.all())})

    def clean_aliases(self) -> tuple[str, ...]:
        lines = tuple(one_line(line) for line in self.cleaned_data["aliases"].splitlines() if line.strip())
        if any(map(has_hidden, lines)):
            raise forms.ValidationError(HIDDEN)
        if too_long := next((line for line in lines if len(line) > LONGEST_ALIAS), None):
            text = _("A name has at most %(most)s characters; “%(start)s…” has %(length)s.")
            length = number_format(len(too_long), force_grouping=True)
            known = {"most": LONGEST_ALIAS, "start": too_long[:20], "length": length}
            raise forms.ValidationError(text, params=known)
        return lines

    def details(self, phones: tuple[tuple[str, str], ...]) -> ClientDetails:
        return ClientDetails(**self.cleaned_data, phones=phones)


class PhoneForm(forms.Form):
    number = forms.CharField(label=_("Phone"), max_length=40, required=False, widget=forms.TextInput({"type": "tel"}))
    label = forms.CharField(label=_("Whose or where"), max_length=40, required=False)


class Phones(forms.formset_factory(PhoneForm, extra=1, min_num=1, max_num=8)):  # type: ignore[misc]
    """A client's numbers, with one empty line more; a number that is emptied goes."""

    @classmethod
    def of(cls, client: Client, data: Any = None) -> "Phones":
        known = sorted(client.phones.all(), key=lambda phone: phone.id)
        return cls(data, prefix="phone", initial=[{"number": one.number, "label": one.label} for one in known])

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """(number, label) of each line with a number."""
        given = [form.cleaned_data for form in self.forms]
        return tuple((one["number"], one["label"]) for one in given if one.get("number"))


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why you need to open it now"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class FindingForm(forms.Form):
    finding = forms.CharField(
        label=_("What you found"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Was there an emergency? Was only what was needed opened? What follows?"),
    )


NO_SUCH = _("The address names nobody. Type a name, a birth date or a phone number.")


class LogForm(forms.Form):
    """What the privacy officer asks of the log. Read from the address, so that a question can be kept as a link."""

    q = forms.CharField(
        label=_("Client"),
        required=False,
        max_length=100,
        help_text=_("Name, birth date or phone. The look-up is kept in the log too."),
    )
    client = forms.UUIDField(
        label=_("Client"), required=False, widget=forms.HiddenInput, error_messages={"invalid": NO_SUCH}
    )
    person = forms.ChoiceField(label=_("Person"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    first = DayField(label=_("From"), required=False)
    last = DayField(label=_("To"), required=False)
    emergency = forms.BooleanField(label=_("Emergency access only"), required=False)
    after = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, people: list[Colleague]):
        super().__init__(data)
        self.fields["person"].choices = [("", _("Everybody")), *((str(one.id), one.name) for one in people)]
        kinds = sorted((kind_words(kind), kind) for kind in event_classes())
        self.fields["kind"].choices = [("", _("Every kind")), *((kind, words) for words, kind in kinds)]

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day is before the first. Choose the first day or a later one."))
        return self.cleaned_data

    def asked(self) -> LogFilter:
        """What could be read of the question; what could not is shown as a fault, and then nothing is listed."""
        self.is_valid()
        given = self.cleaned_data
        return LogFilter(
            client_id=given.get("client"),
            by_id=UUID(given["person"]) if given.get("person") else None,
            kind=given.get("kind", ""),
            first_on=given.get("first"),
            last_on=given.get("last"),
            break_glass=given.get("emergency", False),
        )
