"""Emergency access: taking it, and its review by the privacy officer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openmission.clients import selectors, services
from openmission.clients.forms import FindingForm, ReasonForm
from openmission.clients.policies import can_review_break_glass
from openmission.clients.services.break_glass import HOURS
from openmission.kernel.faults import faults_on
from openmission.kernel.paging import start_in
from openmission.staff.doors import door
from openmission.staff.roles import CARE, PRIVACY_OFFICER


@door(*CARE)
@require_http_methods(["GET", "POST"])
def break_glass(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Ask for the reason, then open the chart. Who has the chart in reach is led there at once."""
    if not selectors.needs_break_glass(request.viewer, client_id):
        return redirect("desk:client", client_id)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with faults_on(form):
            reason = form.cleaned_data["reason"]
            services.break_glass.break_glass(client_id=client_id, reason=reason, by=request.viewer, at=timezone.now())
            text = _("The record is open to you for %(hours)d hours.") % {"hours": HOURS}
            messages.success(request, text, extra_tags=f"break-glass:{client_id}")
            return redirect("desk:client", client_id)
    context = {"form": form, "client_id": client_id, "hours": HOURS}
    return render(request, "clients/break_glass.html", context, status=422 if form.is_bound else 200)


@door(PRIVACY_OFFICER)
@require_GET
def emergencies(request: HttpRequest) -> HttpResponse:
    """Emergency accesses: those to review, then those reviewed."""
    first = start_in(request)
    reviewed = selectors.reviewed_break_glass(request.viewer, first=first)
    context = {
        "reviewed": reviewed[: selectors.SHOWN],
        "older": f"?start={first + selectors.SHOWN}" if len(reviewed) > selectors.SHOWN else "",
        "to_review": [] if first else selectors.break_glass_to_review(request.viewer),
        "first": first,
        "now": timezone.now(),
    }
    return render(request, "clients/emergency_list.html", context)


@door(PRIVACY_OFFICER)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, break_glass_id: UUID) -> HttpResponse:
    """One emergency access: the reason, what was opened, and what the review found."""
    emergency = selectors.get_break_glass(request.viewer, break_glass_id)
    form = FindingForm(request.POST or None)
    if form.is_valid():
        with faults_on(form):
            services.break_glass.review_break_glass(
                emergency.taken, finding=form.cleaned_data["finding"], by=request.viewer, at=timezone.now()
            )
            messages.success(request, _("Your finding is kept."), extra_tags=f"review:{break_glass_id}")
            return redirect("clients:emergencies")
    may_review = can_review_break_glass(request.viewer, emergency.taken.user_id)
    context = {"emergency": emergency, "form": form, "may_review": may_review, "now": timezone.now()}
    return render(request, "clients/emergency.html", context, status=422 if form.is_bound else 200)
