"""The gallery: every ui component with sample data, to look at and to test."""

from datetime import UTC, datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openmission.kernel.decisions import denied
from openmission.kernel.forms import ChipCheckboxes, ChipRadio, DayField, TimeInput

MODES = [("person", gettext_lazy("In person")), ("phone", gettext_lazy("Phone")), ("video", gettext_lazy("Video"))]
ABOUT = [
    ("housing", gettext_lazy("Housing")),
    ("work", gettext_lazy("Work and school")),
    ("peer", gettext_lazy("Peer")),
]


class SampleForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Chosen name"), help_text=gettext_lazy("What they like to be called."))
    on = DayField(label=gettext_lazy("Day"))
    time = forms.TimeField(label=gettext_lazy("Time"), widget=TimeInput, required=False)
    mode = forms.ChoiceField(label=gettext_lazy("How"), choices=MODES, widget=ChipRadio)
    about = forms.MultipleChoiceField(label=gettext_lazy("About"), choices=ABOUT, widget=ChipCheckboxes, required=False)
    place = forms.ChoiceField(label=gettext_lazy("Where"), choices=MODES)
    note = forms.CharField(label=gettext_lazy("Note"), widget=forms.Textarea, required=False)
    joint = forms.BooleanField(label=gettext_lazy("My partner was there too"), required=False)


def gallery(request: HttpRequest) -> HttpResponse:
    """All components on one page. A bound form shows its errors; nothing is stored."""
    return render(request, "kernel/gallery.html", gallery_context())


def gallery_context() -> dict[str, object]:
    phases = [(_("Transition"), 61), (_("Try-out"), 61), (_("Transfer"), 60)]
    return {
        "phases": phases,
        "form": SampleForm(initial={"mode": "person", "about": ["housing"]}, prefix="sample"),
        "faulty": SampleForm({"faulty-name": "", "faulty-on": "yesterday"}, prefix="faulty"),
        "refused": denied(_("Only the care team of this client may do this.")),
        "tabs": [("#", _("Mine"), True), ("#", _("Our pair"), False)],
        "steps": [
            {"label": _("Treatment contract"), "url": "#", "done": True},
            {"label": _("Release of information"), "url": "#", "hint": _("Needs the client's signature.")},
            {"label": _("Psychosocial assessment"), "waiting": True, "hint": _("With the clinic since 3 days.")},
        ],
        "at": datetime(2026, 11, 20, 14, 30, tzinfo=UTC),
        "rows": [(_("Example %(n)d") % {"n": n}, n * 6 - 4) for n in range(1, 31)],
    }
