"""The form for the agency's own title of a session."""

from django import forms
from django.utils.translation import gettext_lazy as _

from openmission.kernel.forms import NameField


class TitleForm(forms.Form):
    en = NameField(label=_("In English"), max_length=120)
    es = NameField(label=_("In Spanish"), max_length=120)
