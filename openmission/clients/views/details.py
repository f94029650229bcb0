"""A client's own details."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openmission.clients import selectors, services
from openmission.clients.forms import DetailsForm, Phones
from openmission.clients.pages import latest_changes
from openmission.kernel.faults import faults_on
from openmission.staff.doors import door
from openmission.staff.roles import CARE, INTAKE_WORKER


@door(*CARE, INTAKE_WORKER)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Names, birth date, phones and how to reach safely: shown, and changed in place."""
    seen = request.POST.get("seen")
    changes = selectors.changes_since(request.viewer, client_id, seen=seen or "")
    client = selectors.get_client_details(request.viewer, client_id)
    form = DetailsForm.of(client, request.POST or None)
    phones = Phones.of(client, request.POST or None)
    if form.is_valid() and phones.is_valid():
        details = form.details(phones.pairs())
        with faults_on(form):
            services.clients.change_client(client, details=details, by=request.viewer, at=timezone.now(), seen=seen)
            messages.success(request, _("Saved."), extra_tags=f"details:{client_id}")
            return redirect("clients:edit", client_id)
    has_chart = not selectors.needs_break_glass(request.viewer, client_id)
    context = {"client": client, "form": form, "phones": phones, "has_chart": has_chart}
    context |= latest_changes(client, changes, asked=seen)
    return render(request, "clients/client_edit.html", context, status=422 if form.is_bound else 200)
