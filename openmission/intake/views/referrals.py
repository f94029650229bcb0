"""One referral: the person, how to reach them, what was tried, how it ends."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openmission.intake import services
from openmission.intake.forms import AttemptForm, CloseForm
from openmission.intake.pages.cards import card, way
from openmission.intake.pages.sheet import next_step
from openmission.intake.rules import OPEN
from openmission.intake.selectors import referrals as selectors
from openmission.kernel.faults import faults_on, faults_told
from openmission.staff.doors import door
from openmission.staff.roles import INTAKE


@door(*INTAKE)
@require_GET
def referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    return _page(request, referral_id)


@door(*INTAKE)
@require_POST
def attempt(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Write down a try to reach the person."""
    found = selectors.get_referral(request.viewer, referral_id)
    form = AttemptForm(request.POST)
    if form.is_valid():
        with faults_on(form):
            services.referrals.record_attempt(found, **form.attempt(), by=request.viewer, at=timezone.now())
            reached = form.cleaned_data["reached"]
            told = _("Saved. Next: screen.") if reached else _("Saved. Every try counts.")
            messages.success(request, told, extra_tags=f"attempt:{referral_id}")
            return redirect("intake:referral", referral_id)
    return _page(request, referral_id, attempt_form=form)


@door(*INTAKE)
@require_POST
def close(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Close the referral with what happened and why."""
    found = selectors.get_referral(request.viewer, referral_id)
    form = CloseForm(request.POST)
    if form.is_valid():
        with faults_on(form):
            services.referrals.close_referral(found, **form.cleaned_data, by=request.viewer, at=timezone.now())
            messages.success(request, _("The referral is closed."), extra_tags=f"close:{referral_id}")
            return redirect("intake:referral", referral_id)
    return _page(request, referral_id, close_form=form)


@door(*INTAKE)
@require_POST
def reopen(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Ask again: a new referral of the same person, with the same source."""
    found = selectors.get_referral(request.viewer, referral_id)
    with faults_told(request):
        again = services.referrals.reopen_referral(found, by=request.viewer, at=timezone.now())
        messages.success(request, _("The referral is open again. Next: reach out."))
        return redirect("intake:referral", again.id)
    return redirect("intake:referral", referral_id)


@door(*INTAKE)
@require_POST
def wait(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Put somebody found eligible on the waitlist."""
    found = selectors.get_referral(request.viewer, referral_id)
    with faults_told(request):
        services.referrals.put_on_waitlist(found, by=request.viewer, at=timezone.now())
        messages.success(request, _("On the waitlist. The place in line is kept by the day."))
    return redirect("intake:referral", referral_id)


def _page(request: HttpRequest, referral_id: UUID, **given: Any) -> HttpResponse:
    """The page of one referral; a form that was sent with faults comes in `given` and keeps what was typed."""
    found = selectors.get_referral(request.viewer, referral_id)
    attempts = selectors.attempts(request.viewer, found)
    context = {
        "referral": found,
        "client": found.client,
        "card": card(found),
        "way": way(found, reached=any(attempt.reached for attempt in attempts)),
        "next_step": next_step(request.viewer, found),
        "is_open": found.state in OPEN,
        "attempts": attempts,
        "others": selectors.other_referrals(request.viewer, found),
        "attempt_form": AttemptForm(),
        "close_form": CloseForm(),
        **given,
    }
    return render(request, "intake/referral_page.html", context, status=422 if given else 200)
