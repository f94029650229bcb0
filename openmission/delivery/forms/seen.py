"""A form that says what it was made from: what somebody else changed meanwhile is neither lost nor undone."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _


class SeenForm(forms.Form):
    """Where only a colleague changed a field since, theirs stays; where both did, it is told at the field, and saving
    again puts one's own in its place. `initial` is what stands now.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, "seen": lambda: json.dumps(self._stored())}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        before, now, sent = self._before(), self._stored(), self.data.copy()  # type: ignore[attr-defined]
        for name, stored in now.items():
            mine = _plain(self.fields[name], self[name].data)
            if name in self.errors or before.get(name, stored) == stored or mine == stored:
                continue
            if mine == before[name]:
                data[name] = self.fields[name].clean(stored)
                sent.setlist(name, stored if isinstance(stored, list) else [stored])
            else:
                told = _("A colleague changed this meanwhile to “%(now)s”. Save again to put yours in its place.")
                self.add_error(name, told % {"now": self._words(name, stored)})
        if self.errors:
            sent["seen"] = json.dumps(now)
            self.data = sent
        return data

    def _before(self) -> dict[str, Any]:
        """What the form says that it was made from; nothing where it says what cannot be."""
        try:
            found = json.loads(self.data.get("seen") or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def _stored(self) -> dict[str, Any]:
        names = [name for name in self.fields if name not in ("seen", "id")]
        return {name: _plain(self.fields[name], self.get_initial_for_field(self.fields[name], name)) for name in names}

    def _words(self, name: str, value: Any) -> str:
        choices = {str(code): str(words) for code, words in getattr(self.fields[name], "choices", ())}
        values: list[str] = value if isinstance(value, list) else [value]
        return ", ".join(choices.get(each, each) for each in values)


def _plain(field: forms.Field, value: Any) -> Any:
    """A value as text, several as a sorted list, whether it was sent or stands there."""
    if isinstance(value, list | tuple):
        return sorted(map(str, value))
    try:
        known = field.to_python(value)
    except forms.ValidationError:
        known = value
    return "" if known is None else sorted(known) if isinstance(known, list) else str(known)
