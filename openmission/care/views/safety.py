"""A worry about somebody's safety: saying it, and going through the steps."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from openmission.care.forms.safety import SafetyForm
from openmission.care.models import SafetyConcern
from openmission.care.models.safety import Because
from openmission.care.pages.safety import safety_page, steps_to_read
from openmission.care.selectors.contacts import get_contact, get_served
from openmission.care.selectors.safety import get_concern
from openmission.care.services.safety import raise_concern, take_safety_steps
from openmission.kernel.faults import faults_on
from openmission.staff.doors import door
from openmission.staff.roles import CARE


@door(*CARE)
def steps(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """The steps of one concern: tick what is done, write what was agreed, close it. Half of it may be saved."""
    viewer, at = request.viewer, timezone.now()
    concern = get_concern(viewer, concern_id, at=at)
    page, draft = safety_page(viewer, concern, at=at), f"safety:{concern.id}"
    form = SafetyForm(request.POST or None, steps=[(step.slug, step.title) for step in page.steps])
    if form.is_valid():
        said = {**form.cleaned_data, "steps": tuple(form.cleaned_data["steps"])}
        with faults_on(form), form.asking():
            saved = take_safety_steps(concern, **said, close="close" in request.POST, by=viewer, at=at)
            messages.success(request, _told(concern, saved), extra_tags=draft)
            return redirect("care:safety", concern.id)
    context = {"page": page, "form": form, "draft": draft, "writing": not concern.closed_at or form.asked}
    return render(request, "care/safety.html", context, status=422 if form.errors else 200)


@door(*CARE)
def read(request: HttpRequest) -> HttpResponse:
    """The steps to read, about nobody: for who sits with somebody and may not open their record."""
    return render(request, "care/safety_read.html", {"page": steps_to_read(request.viewer)})


def _told(before: SafetyConcern, saved: SafetyConcern) -> str:
    if before.closed_at:
        return _("%(name)s had closed the steps already. What you added is kept.") % {"name": saved.closed_by_name}
    return _("Closed. Thank you for being there.") if saved.closed_at else _("Saved. The steps stay open.")


@door(*CARE)
@require_POST
def worried_in_contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Somebody is worried after a contact: the steps open at once."""
    at = timezone.now()
    contact = get_contact(request.viewer, contact_id, at=at)
    because = (Because.WORRIED.value,)
    concern = raise_concern(contact.enrollment, because=because, contact=contact, by=request.viewer, at=at)
    return redirect("care:safety", concern.id)


@door(*CARE)
@require_POST
def worried(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    """Somebody is worried about a client, whatever was recorded."""
    at = timezone.now()
    enrollment = get_served(request.viewer, enrollment_id, at=at)
    because = (Because.WORRIED.value,)
    concern = raise_concern(enrollment, because=because, contact=None, by=request.viewer, at=at)
    return redirect("care:safety", concern.id)
