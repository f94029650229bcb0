"""One client's sessions, and recording one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.care.policies import can_correct_contact
from openmission.care.selectors.contacts import get_served
from openmission.care.services.contacts import AlreadyRecorded
from openmission.delivery.answers import is_session
from openmission.delivery.forms.session import ANOTHER, CorrectForm, SessionForm
from openmission.delivery.pages.correction import CorrectionPage, correction_page
from openmission.delivery.pages.course import course_page
from openmission.delivery.pages.session import SessionPage, session_page
from openmission.delivery.selectors.history import get_given, recorded_for
from openmission.delivery.services.changes import Recorded, change_delivery
from openmission.delivery.services.deliveries import NewDelivery, deliver_session
from openmission.delivery.services.joint import add_to_contact
from openmission.kernel.decisions import require
from openmission.kernel.faults import faults_on, renew_ids
from openmission.kernel.paging import start_in
from openmission.staff.doors import door
from openmission.staff.roles import CARE


@door(*CARE)
def course(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    """How far a client is, every session they had, and how they were. `?start=` brings older ones."""
    at = timezone.now()
    enrollment = get_served(request.viewer, enrollment_id, at=at)
    start = start_in(request)
    page = course_page(request.viewer, enrollment, on=timezone.localdate(at), start=start)
    part = bool(request.htmx and start)
    return render(request, "delivery/_given.html" if part else "delivery/course.html", {"page": page})


@door(*CARE)
def session(request: HttpRequest, enrollment_id: UUID, curriculum: str) -> HttpResponse:
    """A session alone with a client: its arc and prompts beside the form. `?session=` chooses it."""
    viewer, at = request.viewer, timezone.now()
    enrollment = get_served(viewer, enrollment_id, at=at)
    page = session_page(viewer, enrollment, curriculum, asked=request.GET.get("session", ""), at=at)
    form = page.form(request.POST or None)
    if form.is_valid():
        saved = _save(request, form, page, at)
        if saved and saved.conflicts:  # the form came again, and a colleague has said otherwise since
            return _tell(request, saved, page.draft)
        if saved:
            messages.success(request, _("Saved."), extra_tags=page.draft)
            return redirect(*after(saved))
    if "id" in form.errors:
        renew_ids(form)
    context = {"form": form, "page": page, "enrollment": enrollment}
    return render(request, "delivery/session.html", context, status=422 if form.errors else 200)


def after(saved: Recorded) -> tuple[Any, ...]:
    """Where to go: to the safety steps that an answer opened, else to the client's sessions."""
    concern = saved.concern
    if concern and not concern.closed_at:
        return "care:safety", concern.id
    return "delivery:course", saved.delivery.enrollment_id


def _save(request: HttpRequest, form: SessionForm, page: SessionPage, at: datetime) -> Recorded | None:
    """What was recorded, or None with what is wrong on the form."""
    new = NewDelivery(
        curriculum=page.curriculum,
        session=form.cleaned_data["session"],
        answers=form.answers(),
        details=form.details(),
        id=form.cleaned_data["id"],
        appointment=page.answers_on(form.cleaned_data["day"]),
        next_appointment=form.next_appointment(),
        knowing=form.cleaned_data["knowing"],
        told=form.cleaned_data["told"] if form.cleaned_data["same"] == ANOTHER else frozenset(),
    )
    viewer, same = request.viewer, form.cleaned_data["same"]
    with faults_on(form), form.asking():
        try:
            if same and same != ANOTHER:
                return add_to_contact(recorded_for(viewer, page.enrollment, same, at=at), new=new, by=viewer, at=at)
            return deliver_session(page.enrollment, new=new, by=viewer, at=at)
        except AlreadyRecorded as fault:
            form.ask_which(viewer, fault.found, page.same_ones(viewer, fault.found, new.session, at=at))
    return None


@door(*CARE)
def correct(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """Correct a session alone. What a colleague said meanwhile stays and is told; of a group its round is corrected."""
    viewer, at = request.viewer, timezone.now()
    given = get_given(viewer, delivery_id, at=at)
    contact = given.contact
    if given.meeting_id:
        return redirect("delivery:meeting", given.meeting_id)
    if request.method != "POST" and not is_session(given):
        return redirect("care:contact", contact.id)  # which says what it is now
    if not contact.withdrawn_at:
        require(can_correct_contact(viewer, contact, at))
    page = correction_page(viewer, given, at=at)
    form = page.form(request.POST or None)
    if form.is_valid():
        saved = _change(request, form, page, at)
        if saved and saved.conflicts:
            return _tell(request, saved, page.draft)
        if saved:
            messages.success(request, _("Corrected. What it said before is kept."), extra_tags=page.draft)
            return redirect(*after(saved))
    return _correction(request, page, form, status=422 if form.errors else 200)


def _change(request: HttpRequest, form: CorrectForm, page: CorrectionPage, at: datetime) -> Recorded | None:
    """What was changed, or None with what is wrong on the form."""
    data = form.cleaned_data
    said = {"answers": form.answers(), "details": form.details(), "seen": data["seen"], "knowing": data["knowing"]}
    with faults_on(form), form.asking():
        return change_delivery(page.delivery, by=request.viewer, at=at, **said)
    return None


def _tell(request: HttpRequest, saved: Recorded, draft: str) -> HttpResponse:
    """What is recorded, what a colleague said otherwise, and the person's own words to be saved in its place."""
    messages.success(request, _("Saved."), extra_tags=draft)
    at = timezone.now()
    given = get_given(request.viewer, saved.delivery.id, at=at)
    page = correction_page(request.viewer, given, at=at, conflicts=saved.conflicts)
    return _correction(request, page, page.form(None), status=422)


def _correction(request: HttpRequest, page: CorrectionPage, form: CorrectForm, *, status: int) -> HttpResponse:
    context = {"page": page, "form": form, "contact": page.contact}
    return render(request, "delivery/session_correct.html", context, status=status)
