"""One client's sessions, and recording one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.care.selectors.contacts import get_served
from openmission.delivery.forms.session import SessionForm
from openmission.delivery.naming import NamesAnother
from openmission.delivery.pages.course import course_page
from openmission.delivery.pages.session import SessionPage, session_page
from openmission.delivery.services.deliveries import NewDelivery, Recorded, deliver_session
from openmission.kernel.faults import faults_on, renew_ids
from openmission.staff.doors import door
from openmission.staff.roles import CARE


@door(*CARE)
def course(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    """How far a client is, every session they had, and how they were. `?start=` brings older ones."""
    enrollment = get_served(request.viewer, enrollment_id, at=timezone.now())
    asked = request.GET.get("start", "")
    start = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
    page = course_page(request.viewer, enrollment, start=start)
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


def _save(request: HttpRequest, form: SessionForm, page: SessionPage, at: Any) -> Any:
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
    )
    with faults_on(form):
        try:
            return deliver_session(page.enrollment, new=new, by=request.viewer, at=at)
        except NamesAnother:
            form.asked = True
            raise
    return None
