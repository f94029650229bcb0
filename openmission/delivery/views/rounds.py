"""Running a group: the round robin, saved in one go."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openmission.care.selectors.contacts import get_served
from openmission.delivery.forms.groups import CameForm
from openmission.delivery.naming import NamesAnother
from openmission.delivery.pages.round import RoundPage, round_page
from openmission.delivery.policies import can_lead_group
from openmission.delivery.selectors.groups import get_meeting
from openmission.delivery.selectors.overview import could_join
from openmission.delivery.services.groups import bring_into_group
from openmission.delivery.services.rounds import RoundSaved, save_meeting
from openmission.kernel.decisions import require
from openmission.kernel.faults import faults_on
from openmission.staff.doors import door
from openmission.staff.roles import CARE


@door(*CARE)
def run(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The round robin of a meeting, now or corrected afterwards. What a colleague said meanwhile stays and is told."""
    viewer, at = request.viewer, timezone.now()
    meeting = get_meeting(viewer, meeting_id)
    require(can_lead_group(viewer, meeting.group))
    page = round_page(viewer, meeting, request.POST if request.method == "POST" else None, at=at)
    saved = _save(page, viewer, at) if request.method == "POST" else None
    if saved and not saved.conflicts:
        messages.success(request, _("Saved, for each member on their own."), extra_tags=page.draft)
        return redirect(*_after(page, saved, request.POST.get("steps", "")))
    if saved:
        page = round_page(viewer, meeting, None, at=at, conflicts=saved.conflicts)
    status = 422 if page.round.bound or page.conflicts else 200
    return render(request, "delivery/round.html", {"page": page, "meeting": meeting}, status=status)


def _after(page: RoundPage, saved: RoundSaved, asked: str) -> tuple[str, UUID]:
    """Where to go: to the safety steps of the member for whom they were asked, if the viewer may read them."""
    readable = {each.enrollment.id for each, _form in page.round.members if each.readable}
    for concern in saved.concerns:
        if str(concern.enrollment_id) == asked and concern.enrollment_id in readable and not concern.closed_at:
            return "care:safety", concern.id
    return "delivery:meeting", page.meeting.id


def _save(page: RoundPage, viewer: Any, at: Any) -> RoundSaved | None:
    """What was saved, or None with what is wrong on the forms."""
    if not page.round.is_valid():
        return None
    with faults_on(page.round.close):
        try:
            return save_meeting(page.meeting, said=page.round.said(), by=viewer, at=at)
        except NamesAnother as fault:
            page.round.tell(fault)
    return None


@door(*CARE)
def came(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Somebody came whom nobody expected: they join the group as of the meeting's day, and are in its round."""
    viewer, at = request.viewer, timezone.now()
    meeting = get_meeting(viewer, meeting_id)
    require(can_lead_group(viewer, meeting.group))
    found = could_join(viewer, meeting.group, at=at, on=meeting.on)
    people = {str(each.id): each.client.full_name for each in found}
    form = CameForm(request.POST or None, people=people.items())
    form.fields["enrollment"].label = _("Who came")
    if form.is_valid():
        with faults_on(form):
            chosen = [get_served(viewer, id, at=at) for id in form.cleaned_data["enrollment"]]
            bring_into_group(meeting.group, chosen, by=viewer, at=at, on=meeting.on)
            messages.success(request, _("They are in the group, and in this round."))
            return redirect(f"{reverse('delivery:run', args=[meeting.id])}#h-{chosen[0].id}")
    context = {"form": form, "meeting": meeting, "people": people}
    return render(request, "delivery/meeting_came.html", context, status=422 if form.errors else 200)
