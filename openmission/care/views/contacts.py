"""Recording a contact, reading it, correcting it, withdrawing it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.care.forms.contacts import ContactForm, RecordForm, WithdrawForm
from openmission.care.models import Contact
from openmission.care.pages import recording
from openmission.care.pages.contact import (
    contact_page,
    corrected_meanwhile,
    correction_initial,
    correction_participants,
)
from openmission.care.pages.who import who_choices
from openmission.care.policies import can_correct_contact
from openmission.care.selectors.contacts import get_contact
from openmission.care.selectors.whom import own_people
from openmission.care.services.contacts import log_contact
from openmission.care.services.corrections import correct_contact
from openmission.care.services.withdrawals import withdraw_contact
from openmission.kernel.decisions import require
from openmission.kernel.faults import faults_on
from openmission.programs.selectors import program
from openmission.staff.doors import door
from openmission.staff.roles import CARE


@door(*CARE)
def record(request: HttpRequest) -> HttpResponse:
    """Record a contact. `?client=`, `?appointment=`, `?again=` prefill; the button `find` looks up, judging nothing."""
    viewer, at, draft = request.viewer, timezone.now(), recording.draft_name("contact", request.GET)
    if request.method == "POST" and "find" not in request.POST:
        form = RecordForm(request.POST, viewer=viewer, at=at)
        contact = _save(form)
        if contact:
            messages.success(request, _("Saved."), extra_tags=draft)
            return redirect("care:contact", contact.id)
        form.renew_id()
    own, asked = own_people(viewer, at=at), ""
    if request.method != "POST":
        form = RecordForm(initial=recording.new_contact(viewer, request.GET, own, at=at), viewer=viewer, at=at)
    elif "find" in request.POST:
        form, asked = RecordForm(initial=recording.typed(request.POST), viewer=viewer, at=at), request.POST.get("q", "")
    page = who_choices(viewer, form, own, at=at, asked=asked)
    form.offer(page.components)
    context = {"form": form, "page": page, "draft": draft}
    return render(request, "care/contact_record.html", context, status=422 if form.errors else 200)


def _save(form: RecordForm) -> Contact | None:
    """The contact, or None with what is wrong on the form."""
    if not form.is_valid():
        return None
    target = form.cleaned_data["who"]
    with faults_on(form), form.telling():
        return log_contact(
            target.enrollment,
            details=form.details(),
            id=form.cleaned_data["id"],
            appointment=target.appointment,
            next_appointment=form.next_appointment(),
            knowing=form.cleaned_data["knowing"],
            by=form.viewer,
            at=form.now,
        )
    return None


@door(*CARE)
def contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """One contact, what it said before, and what may be done with it."""
    at = timezone.now()
    row = get_contact(request.viewer, contact_id, at=at)
    return render(request, "care/contact_page.html", {"page": contact_page(request.viewer, row, at=at)})


@door(*CARE)
def correct(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Correct one contact; what it said before is kept. `seen`: what the sender knew of."""
    viewer, at, seen = request.viewer, timezone.now(), request.POST.get("seen")
    row = get_contact(viewer, contact_id, at=at)
    if seen is None or not row.withdrawn_at:
        require(can_correct_contact(viewer, row, at))
    components = program(viewer, row.enrollment.program_version_id).components
    form = ContactForm(request.POST or None, initial=correction_initial(row), at=at, components=components)
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            correct_contact(row, details=form.details(unless_moved=row.at), by=viewer, at=at, seen=seen)
        if not form.errors:
            messages.success(request, _("Corrected. What it said before is kept."), extra_tags=f"correct:{row.id}")
            return redirect("care:contact", row.id)
    if form.errors:
        row = get_contact(viewer, contact_id, at=at)  # as it stands now: it may have changed while this was saved
    people = correction_participants(viewer, row, form, at=at)
    context = {"form": form, "contact": row, "components": components, "people": people}
    context |= corrected_meanwhile(row, asked=seen)
    return render(request, "care/contact_correct.html", context, status=422 if form.errors else 200)


@door(*CARE)
def withdraw(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Withdraw a contact that was recorded by mistake; sent twice, both answers lead to it."""
    viewer, at, seen = request.viewer, timezone.now(), request.POST.get("seen")
    row = get_contact(viewer, contact_id, at=at)
    if row.withdrawn_at and (seen is None or row.withdrawn_by == viewer.id):
        return redirect("care:contact", row.id)
    if not row.withdrawn_at:
        require(can_correct_contact(viewer, row, at))
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with faults_on(form), form.asking():
            withdraw_contact(row, **form.cleaned_data, by=viewer, at=at, seen=seen)
            messages.success(request, _("Withdrawn. It counts nowhere any more."), extra_tags=f"withdraw:{row.id}")
            return redirect("care:contact", row.id)
    if form.errors:
        row = get_contact(viewer, contact_id, at=at)
    context = {"form": form, "page": contact_page(viewer, row, at=at), **corrected_meanwhile(row, asked=seen)}
    return render(request, "care/contact_withdraw.html", context, status=422 if form.errors else 200)
