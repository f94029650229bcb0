"""Hand-over: what the colleague who covers needs to know."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.care.forms.handovers import HandoverForm
from openmission.care.selectors.handovers import handover_lines
from openmission.care.services.handovers import write_handover_notes
from openmission.kernel.faults import faults_on
from openmission.staff.doors import door
from openmission.staff.roles import CARE
from openmission.staff.selectors import running_cover


@door(*CARE)
def handover(request: HttpRequest, cover_id: UUID) -> HttpResponse:
    """The clients of a colleague who is or will be away: written by them or the supervisor, read by who covers."""
    viewer, at = request.viewer, timezone.now()
    cover = running_cover(viewer, cover_id, on=timezone.localdate(at))
    lines = handover_lines(viewer, cover, at=at)
    form = HandoverForm(request.POST or None, lines=[line for line in lines if line.may_write])
    draft = f"handover:{cover.id}"
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            write_handover_notes(cover, notes=form.notes(), by=viewer, at=at)
            messages.success(request, _("Saved. It is there for who covers."), extra_tags=draft)
            return redirect("care:handover", cover.id)
    rows = [(line, form[str(line.enrollment.id)] if line.may_write else None) for line in lines]
    context = {"cover": cover, "rows": rows, "form": form, "draft": draft}
    return render(request, "care/handover.html", context, status=422 if form.errors else 200)
