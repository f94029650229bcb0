"""The safety steps: what is done, and what was agreed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openmission.care.asked import KnowingForm
from openmission.kernel.fields import WordsField


class SafetyForm(KnowingForm):
    """`steps` are drawn by the page; what a colleague ticked meanwhile may come as well."""

    steps = forms.MultipleChoiceField(required=False)
    note = WordsField(
        label=_("With whom, until when, who calls whom"),
        rows=4,
        required=False,
        help_text=_("What is saved stays; what you write is added below it."),
    )
    why = WordsField(
        label=_("Why a step was left out"),
        rows=2,
        required=False,
        help_text=_("Only to close it with steps that are not ticked."),
    )

    def __init__(self, *args: Any, steps: Iterable[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["steps"].choices = list(steps)  # type: ignore[attr-defined]

    @property
    def ticked(self) -> tuple[str, ...]:
        return tuple(self["steps"].value() or ())
