"""Saying that a booster was offered and not wanted."""

from django import forms
from django.utils.translation import gettext_lazy as _

from openmission.kernel.forms import DayField


class DeclinedForm(forms.Form):
    offered_on = DayField(label=_("Offered on"))
