"""Cover: who looks after whose clients for a while."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from openmission.kernel.faults import faults_on
from openmission.staff import selectors, services
from openmission.staff.doors import door
from openmission.staff.forms import CoverForm
from openmission.staff.roles import CARE


@door(*CARE)
@require_http_methods(["GET", "POST"])
def cover(request: HttpRequest) -> HttpResponse:
    """Cover that runs or is to come, and a form to arrange more."""
    today = timezone.localdate()
    form = CoverForm(request.POST or None, viewer=request.viewer, on=today)
    if form.is_valid():
        with faults_on(form):
            services.cover.arrange_cover(**form.chosen(), by=request.viewer, at=timezone.now())
            messages.success(request, _("Cover is arranged."))
            return redirect("staff:cover")
    context = {"form": form, "lines": selectors.covers(request.viewer, on=today)}
    return render(request, "staff/cover.html", context, status=422 if form.is_bound else 200)


@door(*CARE)
@require_POST
def end_cover(request: HttpRequest, cover_id: UUID) -> HttpResponse:
    running = selectors.running_cover(request.viewer, cover_id, on=timezone.localdate())
    services.cover.end_cover(running, by=request.viewer, at=timezone.now())
    messages.success(request, _("Cover has ended."))
    return redirect("staff:cover")
