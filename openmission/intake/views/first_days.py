"""Orientation topics covered and assessments done."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from openmission.intake import services
from openmission.intake.forms import ChecklistForm
from openmission.intake.models import ChecklistMark
from openmission.intake.selectors.enrollments import first_days, get_enrollment
from openmission.kernel.faults import faults_on
from openmission.programs.rules import localized
from openmission.staff.doors import door
from openmission.staff.roles import CARE, INTAKE_WORKER

GROUPS = {
    "structure": gettext_lazy("How the program is built"),
    "goals": gettext_lazy("What it is for"),
    "requirements": gettext_lazy("What we both keep to"),
}


@door(*CARE, INTAKE_WORKER)
@require_http_methods(["GET", "POST"])
def orientation(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    """The introductory meeting, topic by topic (case manager's guide, table 2), in one sitting or several."""
    return _checklist(request, enrollment_id, ChecklistMark.List.ORIENTATION)


@door(*CARE, INTAKE_WORKER)
@require_http_methods(["GET", "POST"])
def assessments(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    """Which assessments are done, and when."""
    return _checklist(request, enrollment_id, ChecklistMark.List.ASSESSMENT)


def _checklist(request: HttpRequest, enrollment_id: UUID, which: ChecklistMark.List) -> HttpResponse:
    found = get_enrollment(request.viewer, enrollment_id)
    first = first_days(request.viewer, found)
    oriented = which == ChecklistMark.List.ORIENTATION
    items = first.program.orientation.topics if oriented else first.program.assessments
    marks = first.orientation if oriented else first.assessments
    form = ChecklistForm(request.POST or None, items=items, done=marks, today=timezone.localdate())
    draft = f"{which}:{enrollment_id}"
    if form.is_valid():
        with faults_on(form):
            services.checklists.mark_checklist(
                found, list=which, **form.cleaned_data, by=request.viewer, at=timezone.now()
            )
            messages.success(request, _("Saved."), extra_tags=draft)
            return redirect("intake:enrollment", enrollment_id)
    context = {"enrollment": found, "client": found.client, "program": first.program, "form": form, "draft": draft}
    context |= {"oriented": oriented, "groups": _groups(form, items, marks, found.client.language)}
    return render(request, "intake/enrollment_checklist.html", context, status=422 if form.is_bound else 200)


def _groups(form: ChecklistForm, items: Any, marks: Any, language: str) -> list[tuple[Any, list[dict[str, Any]]]]:
    """The checkboxes with what to say, as the client understands it, grouped as the guide groups the topics."""
    lines = [
        {
            "box": box,
            "group": getattr(item, "group", ""),
            "text": localized(item.text, language) if hasattr(item, "text") else "",
            "done_on": marks.get(item.slug),
        }
        for box, item in zip(form["done"], items, strict=True)
    ]
    return [(GROUPS.get(group, ""), list(some)) for group, some in groupby(lines, key=lambda line: line["group"])]
