"""Appointments: made, looked at, moved, cancelled."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.care.forms.appointments import AppointmentForm, CancelForm, MoveForm
from openmission.care.models import Appointment
from openmission.care.pages import recording
from openmission.care.pages.back import back_url
from openmission.care.pages.who import who_choices
from openmission.care.policies import can_plan
from openmission.care.selectors.appointments import get_appointment
from openmission.care.selectors.whom import own_people
from openmission.care.services.appointments import cancel_appointment, make_appointment, move_appointment
from openmission.kernel.days import short_time
from openmission.kernel.decisions import require
from openmission.kernel.faults import faults_on
from openmission.staff.doors import door
from openmission.staff.roles import CARE


@door(*CARE)
def new(request: HttpRequest) -> HttpResponse:
    """Make an appointment. `?client=` prefills; the button `find` looks for somebody and judges nothing."""
    viewer, at, draft = request.viewer, timezone.now(), recording.draft_name("appointment", request.GET)
    if request.method == "POST" and "find" not in request.POST:
        form = AppointmentForm(request.POST, viewer=viewer, at=at)
        made = _make(form)
        if made:
            messages.success(request, _("Planned for %(when)s.") % {"when": _words(made)}, extra_tags=draft)
            return redirect(back_url(request))
        form.renew_id()
    own, asked = own_people(viewer, at=at), ""
    if request.method != "POST":
        form = AppointmentForm(initial=recording.new_appointment(viewer, request.GET, own, at=at), viewer=viewer, at=at)
    elif "find" in request.POST:
        form = AppointmentForm(initial=recording.typed(request.POST), viewer=viewer, at=at)
        asked = request.POST.get("q", "")
    page = who_choices(viewer, form, own, at=at, asked=asked, planned=False)
    form.offer(page.components)
    context = {"form": form, "page": page, "draft": draft}
    return render(request, "care/appointment_new.html", context, status=422 if form.errors else 200)


def _make(form: AppointmentForm) -> Appointment | None:
    """The appointment, or None with what is wrong on the form."""
    if not form.is_valid():
        return None
    data = form.cleaned_data
    with faults_on(form), form.telling():
        return make_appointment(
            data["who"].enrollment, details=form.appointment(), id=data["id"], by=form.viewer, at=form.now
        )
    return None


def _words(appointment: Appointment) -> str:
    return short_time(appointment.at)


@door(*CARE)
def appointment(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """One appointment: what became of it, or what may be done with it."""
    at = timezone.now()
    row = get_appointment(request.viewer, appointment_id, at=at)
    context = {"appointment": row, "may": can_plan(request.viewer, row.enrollment, at)}
    return render(request, "care/appointment_page.html", context)


@door(*CARE)
def move(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """Move an appointment to another time, with a word of why."""
    at = timezone.now()
    row = get_appointment(request.viewer, appointment_id, at=at)
    require(can_plan(request.viewer, row.enrollment, at))
    local = timezone.localtime(row.at)
    form = MoveForm(request.POST or None, initial={"next_day": local.date(), "next_time": local.time()})
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("reason", "knowing")}
        with faults_on(form), form.telling():
            again = move_appointment(row, to=form.moment, by=request.viewer, at=at, **said)
            messages.success(request, _("Moved to %(when)s.") % {"when": _words(again)}, extra_tags=f"move:{row.id}")
            return redirect(back_url(request))
    context = {"appointment": row, "form": form}
    return render(request, "care/appointment_move.html", context, status=422 if form.errors else 200)


@door(*CARE)
def cancel(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """Cancel an appointment, with a word of why."""
    at = timezone.now()
    row = get_appointment(request.viewer, appointment_id, at=at)
    require(can_plan(request.viewer, row.enrollment, at))
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            cancel_appointment(row, reason=form.cleaned_data["reason"], by=request.viewer, at=at)
            messages.success(request, _("The appointment is cancelled."), extra_tags=f"cancel:{row.id}")
            return redirect(back_url(request))
    context = {"appointment": row, "form": form}
    return render(request, "care/appointment_cancel.html", context, status=422 if form.errors else 200)
