"""Enrolling somebody, the opening of an enrollment, the pair that serves."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openmission.clients.selectors import care_teams, needs_break_glass
from openmission.intake import services
from openmission.intake.forms import EnrollForm, PairForm
from openmission.intake.models import Enrollment
from openmission.intake.pages.cards import card
from openmission.intake.pages.opening import opening
from openmission.intake.policies import can_assign_pair, can_enroll, enrollments_in_reach
from openmission.intake.rules import FULL_LOAD, ReferralState
from openmission.intake.selectors.documents import signed_documents
from openmission.intake.selectors.enrollments import first_days, get_enrollment, loads
from openmission.intake.selectors.referrals import get_referral
from openmission.kernel.faults import faults_on
from openmission.programs.selectors import program
from openmission.staff.doors import door
from openmission.staff.roles import CARE, INTAKE, INTAKE_WORKER
from openmission.staff.selectors import users


@door(*INTAKE)
@require_http_methods(["GET", "POST"])
def enroll(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Format and first day; the rest follows on the enrollment's own page."""
    referral = get_referral(request.viewer, referral_id)
    if referral.state == ReferralState.ENROLLED:
        return redirect("intake:enrollment", referral.enrollment.id)
    context = {"referral": referral, "client": referral.client, "card": card(referral)}
    context["decision"] = allowed = can_enroll(request.viewer, referral)
    if not allowed:
        return render(request, "intake/enrollment_new.html", context)
    found = program(request.viewer, referral.screening.program_version_id)
    form = EnrollForm(request.POST or None, program=found, today=timezone.localdate())
    if form.is_valid():
        with faults_on(form):
            enrolled = services.enrollments.enroll_client(
                referral, **form.cleaned_data, by=request.viewer, at=timezone.now()
            )
            messages.success(request, _("Enrolled. Take the first day step by step."))
            return redirect("intake:enrollment", enrolled.id)
    context |= {"form": form, "program": found}
    return render(request, "intake/enrollment_new.html", context, status=422 if form.is_bound else 200)


@door(*CARE, INTAKE_WORKER)
@require_GET
def enrollment(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    """What is done and what is to do of the first days."""
    found = get_enrollment(request.viewer, enrollment_id)
    first = first_days(request.viewer, found)
    titles = {spec.slug: spec.title for spec in first.program.documents}
    context = {
        "enrollment": found,
        "client": found.client,
        "program": first.program,
        "opening": opening(found, first, timezone.localdate()),
        "papers": [(titles[paper.slug], paper) for paper in signed_documents(request.viewer, found)],
        "viewer_reads_chart": not needs_break_glass(request.viewer, found.client_id),
    }
    return render(request, "intake/enrollment_page.html", context)


@door(*CARE, INTAKE_WORKER)
@require_http_methods(["GET", "POST"])
def pair(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    """Choose who serves the client, with how many clients each colleague serves now."""
    found = get_enrollment(request.viewer, enrollment_id)
    form = _pair_form(request, found)
    if form.is_valid():
        chosen = users(request.viewer, {UUID(id) for id in form.cleaned_data.values()})
        with faults_on(form):
            services.enrollments.assign_pair(
                found,
                pair={role: chosen[UUID(id)] for role, id in form.cleaned_data.items()},
                by=request.viewer,
                at=timezone.now(),
            )
            return _paired(request, found)
    context = {"enrollment": found, "client": found.client, "form": form, "roles": form.lines(), "full_load": FULL_LOAD}
    context["decision"] = can_assign_pair(request.viewer, found)
    return render(request, "intake/enrollment_pair.html", context, status=422 if form.is_bound else 200)


def _pair_form(request: HttpRequest, found: Enrollment) -> PairForm:
    roles = [member.role for member in program(request.viewer, found.program_version_id).pair]
    everybody = loads(request.viewer, team_id=found.team_id, on=timezone.localdate())
    serving = {member.role: str(member.user_id) for member in care_teams(request.viewer, [found.id])[found.id]}
    return PairForm(request.POST or None, loads={role: everybody[role] for role in roles}, serving=serving)


def _paired(request: HttpRequest, found: Enrollment) -> HttpResponse:
    """Back to the enrollment, or to the board for somebody who handed the client over by this."""
    if enrollments_in_reach(request.viewer, timezone.now()).filter(id=found.id).exists():
        messages.success(request, _("Saved. They find the client on their day."))
        return redirect("intake:enrollment", found.id)
    messages.success(request, _("Saved. The client is with the pair now, and off your pages."))
    return redirect("intake:board")
