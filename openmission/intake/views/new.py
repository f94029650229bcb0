"""A new referral: search before create, in one page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openmission.clients.models import Client
from openmission.clients.policies import can_break_glass
from openmission.intake import services
from openmission.intake.forms import ReferralForm, WhoForm
from openmission.intake.selectors import referrals as selectors
from openmission.intake.selectors.lookalikes import Alike, alike
from openmission.kernel.faults import faults_on
from openmission.staff.doors import door
from openmission.staff.models import Team
from openmission.staff.roles import INTAKE

NEW = "new"
DRAFT = "referral:new"


@door(*INTAKE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Who, whether we know them already, where from and why; saved once."""
    teams = selectors.intake_teams(request.viewer)
    if request.method == "GET":
        return _page(request, WhoForm(), ReferralForm(teams=teams))
    who = WhoForm(request.POST)
    found = alike(request.viewer, **who.known()) if who.can_look() else Alike()
    if request.POST.get("step") == "look":
        return _looked(request, who, found, teams)
    form = ReferralForm(request.POST, teams=teams)
    if form.is_valid() and (known := selectors.received(request.viewer, form.cleaned_data["id"])):
        return _saved(request, known.id)
    person = _chosen(request.POST, who, found)
    if form.is_valid() and who.is_valid():
        with faults_on(who, numbered=form):
            referral = services.referrals.receive_referral(
                person=person or form.person(who), **form.referral(), by=request.viewer, at=timezone.now()
            )
            return _saved(request, referral.id)
    return _page(request, who, form, found, status=422)


def _saved(request: HttpRequest, referral_id: Any) -> HttpResponse:
    messages.success(request, _("The referral is saved. Next: reach out."), extra_tags=DRAFT)
    return redirect("intake:referral", referral_id)


def _looked(request: HttpRequest, who: WhoForm, found: Alike, teams: list[Team]) -> HttpResponse:
    """The people found: as a fragment while somebody types, or the page with all that was typed."""
    if request.htmx:
        context = {"found": found, "looked": who.can_look(), "person": request.POST.get("person", "")}
        context["viewer_gives_care"] = can_break_glass(request.viewer)
        return render(request, "intake/_referral_alike.html", context)
    form = ReferralForm(teams=teams, initial={name: value for name, value in request.POST.items() if value})
    return _page(request, who, form, found, status=200 if who.is_valid() else 422)


def _chosen(data: QueryDict, who: WhoForm, found: Alike) -> Client | None:
    """The person chosen, None for somebody new; a fault on the form when nobody was chosen among those alike."""
    people = {str(candidate.client.id): candidate.client for candidate in found.candidates}
    person = data.get("person", "")
    if person in people:
        return people[person]
    unseen = set(people) - set(data.getlist("seen"))
    if people and (person != NEW or unseen):
        who.add_error(None, _("We may know this person already. Choose one of them below, or “None of these”."))
    return None


def _page(
    request: HttpRequest, who: WhoForm, form: ReferralForm, found: Alike | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "who": who,
        "form": form,
        "found": found or Alike(),
        "looked": found is not None and who.can_look(),
        "person": request.POST.get("person", ""),
        "draft": DRAFT,
        "viewer_gives_care": can_break_glass(request.viewer),
    }
    return render(request, "intake/referral_new.html", context, status=status)
