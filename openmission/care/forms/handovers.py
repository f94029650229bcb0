"""Hand-over notes: one field for each client."""

from typing import Any
from uuid import UUID

from django import forms

from openmission.care.selectors.handovers import HandoverLine
from openmission.kernel.fields import WordsField


class HandoverForm(forms.Form):
    """A note for each client whose note the viewer may write, under the enrollment's id."""

    def __init__(self, *args: Any, lines: list[HandoverLine], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for line in lines:
            note = line.note.note if line.note else ""
            name = line.enrollment.client.short_name
            self.fields[str(line.enrollment.id)] = WordsField(label=name, initial=note, required=False, rows=2)

    def notes(self) -> dict[UUID, str]:
        """Of a valid form."""
        return {UUID(name): note for name, note in self.cleaned_data.items()}
