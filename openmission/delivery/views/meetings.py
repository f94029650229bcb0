"""Group meetings: planned, looked at before and after, moved, cancelled."""

from uuid import UUID

from csp.constants import NONE
from csp.decorators import csp
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openmission.delivery.forms.groups import ChangeMeetingForm, MeetingForm, ReasonForm
from openmission.delivery.pages.meeting import meeting_page
from openmission.delivery.pages.titles import session_choices
from openmission.delivery.pages.when import usual_next
from openmission.delivery.paper import attendance_pdf
from openmission.delivery.policies import can_lead_group
from openmission.delivery.selectors.groups import get_group, get_meeting
from openmission.delivery.selectors.overview import overview
from openmission.delivery.services.meetings import cancel_meeting, change_meeting, complete_meeting, plan_meeting
from openmission.kernel.decisions import require
from openmission.kernel.faults import faults_on, faults_told
from openmission.kernel.ids import new_id
from openmission.staff.doors import door
from openmission.staff.roles import CARE


@door(*CARE)
def plan(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Plan the next meeting; the session that fits most is chosen."""
    viewer, at = request.viewer, timezone.now()
    group = get_group(viewer, group_id)
    require(can_lead_group(viewer, group))
    page = overview(viewer, group, at=at)
    latest = max([meeting.at for meeting in page.coming], default=at)
    local = timezone.localtime(usual_next(group, after=latest))
    initial = {"id": new_id(), "session": page.following.session.slug, "day": local.date(), "time": local.time()}
    initial |= {name: getattr(group, name) for name in ("minutes", "place", "room")}
    sessions = session_choices(page.curriculum)
    form = MeetingForm(request.POST or None, sessions=sessions.items(), initial=initial)
    if form.is_valid():
        with faults_on(form):
            meeting = plan_meeting(group, details=form.details(), id=form.cleaned_data["id"], by=viewer, at=at)
            messages.success(request, _("The meeting is planned."))
            return redirect("delivery:meeting", meeting.id)
    fits = [(title, page.fits(slug)) for slug, title in sessions.items()]
    context = {"form": form, "group": group, "page": page, "fits": fits}
    return render(request, "delivery/meeting_plan.html", context, status=422 if form.errors else 200)


@door(*CARE)
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Before: topic, prompts, who is expected, whose worksheet is ready. After: what was recorded for whom."""
    row = get_meeting(request.viewer, meeting_id)
    page = meeting_page(request.viewer, row, at=timezone.now())
    return render(request, "delivery/meeting_page.html", {"page": page, "meeting": row, "group": row.group})


@door(*CARE)
@require_GET
@csp({"frame-ancestors": [NONE]})
def attendance(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The attendance sheet as PDF, for who leads the group. Its name says nothing of anybody."""
    row = get_meeting(request.viewer, meeting_id)
    require(can_lead_group(request.viewer, row.group))
    page = meeting_page(request.viewer, row, at=timezone.now())
    at = date_format(timezone.localtime(row.at), "l j F Y, H:i")
    made = attendance_pdf(page, at=at, group=row.group.name, language=get_language() or "en")
    headers = {"Content-Disposition": 'inline; filename="attendance.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@door(*CARE)
@require_POST
def meeting_complete(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Who has no record of a held meeting stays without one."""
    row = get_meeting(request.viewer, meeting_id)
    with faults_told(request):
        complete_meeting(row, by=request.viewer, at=timezone.now())
        messages.success(request, _("Nobody more is to be recorded."))
    return redirect("delivery:meeting", row.id)


@door(*CARE)
def meeting_change(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Another time, place or session for a planned meeting."""
    viewer, at = request.viewer, timezone.now()
    row = get_meeting(viewer, meeting_id)
    require(can_lead_group(viewer, row.group))
    page, local = overview(viewer, row.group, at=at), timezone.localtime(row.at)
    initial = {"session": row.session, "day": local.date(), "time": local.time()}
    initial |= {name: getattr(row, name) for name in ("minutes", "place", "room")}
    sessions = session_choices(page.curriculum)
    form = ChangeMeetingForm(request.POST or None, sessions=sessions.items(), initial=initial)
    if form.is_valid():
        with faults_on(form):
            change_meeting(row, details=form.details(), by=viewer, at=at)
            messages.success(request, _("Saved."))
            return redirect("delivery:meeting", row.id)
    fits = [(title, page.fits(slug)) for slug, title in sessions.items()]
    context = {"form": form, "group": row.group, "page": page, "fits": fits, "meeting": row}
    return render(request, "delivery/meeting_plan.html", context, status=422 if form.errors else 200)


@door(*CARE)
def meeting_cancel(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Cancel a planned meeting, with a word of why."""
    viewer = request.viewer
    row = get_meeting(viewer, meeting_id)
    require(can_lead_group(viewer, row.group))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with faults_on(form), form.asking():
            cancel_meeting(row, **form.cleaned_data, by=viewer, at=timezone.now())
            messages.success(request, _("The meeting is cancelled. Nobody has missed it."))
            return redirect("delivery:group", row.group_id)
    context = {"form": form, "meeting": row, "group": row.group}
    return render(request, "delivery/meeting_cancel.html", context, status=422 if form.errors else 200)
