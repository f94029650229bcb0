"""A booster after a slip that the client does not want."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from openmission.care.selectors.contacts import get_served
from openmission.delivery.forms.boosters import DeclinedForm
from openmission.delivery.selectors.history import ways_of
from openmission.delivery.services.boosters import decline_booster, take_back_decline
from openmission.kernel.errors import NotFound
from openmission.kernel.faults import faults_on, faults_told
from openmission.staff.doors import door
from openmission.staff.roles import CARE


@door(*CARE)
def declined(request: HttpRequest, enrollment_id: UUID, curriculum: str) -> HttpResponse:
    """It was offered, and they do not want it."""
    viewer, at = request.viewer, timezone.now()
    today, enrollment = timezone.localdate(at), get_served(viewer, enrollment_id, at=at)
    found = [way for way in ways_of(viewer, enrollment, on=today) if way.curriculum.slug == curriculum]
    way = found[0] if found else None
    if way is None or not way.curriculum.after_use:
        raise NotFound(_("These sessions have no booster after a slip."))
    form = DeclinedForm(request.POST or None, initial={"offered_on": today})
    if form.is_valid():
        with faults_on(form):
            day = form.cleaned_data["offered_on"]
            decline_booster(enrollment, curriculum=curriculum, offered_on=day, by=viewer, at=at)
            messages.success(request, _("Noted. It is not asked for again until a next slip is told of."))
            return redirect("delivery:course", enrollment.id)
    session = way.curriculum.session(way.curriculum.after_use)
    context = {"form": form, "way": way, "enrollment": enrollment, "session": session}
    return render(request, "delivery/booster_declined.html", context, status=422 if form.errors else 200)


@door(*CARE)
@require_POST
def undo(request: HttpRequest, enrollment_id: UUID, declined_id: UUID) -> HttpResponse:
    """Take that back: it was a mistake, or they want it now."""
    at = timezone.now()
    enrollment = get_served(request.viewer, enrollment_id, at=at)
    with faults_told(request):
        if take_back_decline(enrollment, id=declined_id, by=request.viewer, at=at):
            messages.success(request, _("Taken back."))
        else:
            messages.info(request, _("There is nothing to take back any more."))
    return redirect("delivery:course", enrollment.id)
