"""Teams and settings of the agency, for the administrator."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openmission.kernel.faults import faults_on
from openmission.staff import selectors, services
from openmission.staff.doors import door
from openmission.staff.forms import SettingsForm, TeamForm
from openmission.staff.roles import ADMINISTRATOR

SETTINGS = ("name", "time_zone", "session_minutes", "second_factor_required")


@door(ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def teams(request: HttpRequest) -> HttpResponse:
    """The teams, and a form to add one."""
    form = TeamForm(request.POST or None)
    if form.is_valid():
        with faults_on(form):
            agency = selectors.agency(request.viewer)
            services.agencies.create_team(agency=agency, **form.cleaned_data, by=request.viewer, at=timezone.now())
            messages.success(request, _("The team is added."))
            return redirect("staff:teams")
    context = {"teams": selectors.team_sizes(request.viewer), "form": form}
    return render(request, "staff/team_list.html", context, status=422 if form.is_bound else 200)


@door(ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Name, time zone, time-out and second factor of the agency."""
    agency = selectors.agency(request.viewer)
    form = SettingsForm(request.POST or None, initial={name: getattr(agency, name) for name in SETTINGS})
    if form.is_valid():
        with faults_on(form):
            services.agencies.change_settings(agency, **form.cleaned_data, by=request.viewer, at=timezone.now())
            messages.success(request, _("Saved."))
            return redirect("staff:settings")
    return render(request, "staff/settings.html", {"form": form}, status=422 if form.is_bound else 200)
