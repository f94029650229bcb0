"""Looking back on a phase; the end of the program, which is an achievement."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.care.forms.phases import DischargeForm, ReviewForm
from openmission.care.pages.back import HOME, back_url
from openmission.care.pages.phases import choices, farewell, story
from openmission.care.policies import can_plan
from openmission.care.selectors.appointments import unrecorded
from openmission.care.selectors.contacts import get_served
from openmission.care.services.phases import discharge_client, review_phase
from openmission.kernel.decisions import require
from openmission.kernel.faults import faults_on
from openmission.staff.doors import door
from openmission.staff.roles import CARE


@door(*CARE)
def review(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    """Look back on the earliest phase that nobody has looked back on, and say what comes next."""
    viewer, at = request.viewer, timezone.now()
    enrollment = get_served(viewer, enrollment_id, at=at)
    require(can_plan(viewer, enrollment, at))
    page = story(viewer, enrollment, at=at)
    look = page.current[1] if page.current else page.phases[-1][1]
    initial = {"phase": look.slug, "ends_on": look.ends_on}
    form = ReviewForm(request.POST or None, initial=initial, choices=choices(page), last=look.last)
    draft = f"review:{enrollment.id}"
    if form.is_valid():
        with faults_on(form):
            review_phase(enrollment, **form.review(), by=viewer, at=at)
            messages.success(request, _("The look back is kept."), extra_tags=draft)
            return redirect(back_url(request))
    context = {"form": form, "page": page, "draft": draft, "back": back_url(request)}
    return render(request, "care/phase_review.html", context, status=422 if form.errors else 200)


@door(*CARE)
def discharge(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    """End the program for a client. The pair's reach ends with it, so the way leads home."""
    viewer, at = request.viewer, timezone.now()
    enrollment = get_served(viewer, enrollment_id, at=at)
    require(can_plan(viewer, enrollment, at))
    page = story(viewer, enrollment, at=at)
    initial = {"discharged_on": timezone.localdate(at), "discharge": "completed" if page.at_the_end else None}
    waiting = unrecorded(viewer, enrollment.id, at=at)
    form = DischargeForm(request.POST or None, initial=initial, open_appointments=bool(waiting))
    draft = f"discharge:{enrollment.id}"
    if form.is_valid():
        with faults_on(form):
            discharge_client(enrollment, **form.cleaned_data, by=viewer, at=at)
            messages.success(request, farewell(page, form.cleaned_data["discharge"]), extra_tags=draft)
            return redirect(HOME)
    context = {"form": form, "page": page, "draft": draft, "back": back_url(request), "waiting": waiting}
    return render(request, "care/phase_discharge.html", context, status=422 if form.errors else 200)
