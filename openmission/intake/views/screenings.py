"""The screening of a referral: answers with evidence, in one sitting or several, and the decision."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openmission.intake import services
from openmission.intake.forms import NotEligibleForm, ReasonForm
from openmission.intake.models import Referral, Screening
from openmission.intake.pages.cards import card
from openmission.intake.pages.sheet import Sheet, sheet
from openmission.intake.rules import UNDECIDED
from openmission.intake.selectors.referrals import note_shown, referral_unshown
from openmission.intake.selectors.screenings import program_version
from openmission.kernel.faults import faults_on
from openmission.staff.doors import door
from openmission.staff.roles import INTAKE


@door(*INTAKE)
@require_http_methods(["GET", "POST"])
def screening(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The sheet. A POST says in `step` what is wanted: outlook (nothing is saved), save, eligible, not_eligible."""
    referral = referral_unshown(request.viewer, referral_id)
    if request.method == "GET":
        return _page(request, sheet(request.viewer, referral, slug=request.GET.get("program", "")))
    shown = sheet(request.viewer, referral, data=request.POST)
    step = request.POST.get("step", "save")
    if step == "outlook":
        return render(request, "intake/_screening_outlook.html", {"sheet": shown})
    deciding = _decision_form(step, request.POST, shown)
    if shown.is_valid() and deciding.is_valid():
        with faults_on(deciding):
            saved = _save(request, referral, shown)
            _decide(request, saved, deciding)
            messages.success(request, _told(step), extra_tags=shown.draft)
            return redirect("intake:screening" if step == "save" else "intake:referral", referral_id)
    return _page(request, shown, deciding, status=422)


def _decision_form(step: str, data: Any, shown: Sheet) -> Form:
    if step == "not_eligible":
        return NotEligibleForm(data, program=shown.published.program)
    return ReasonForm(data) if step == "eligible" else Form(data)


def _save(request: HttpRequest, referral: Referral, shown: Sheet) -> Screening:
    return services.screenings.save_answers(
        referral,
        program_version=program_version(request.viewer, shown.published.id),
        answers=shown.answers(),
        by=request.viewer,
        at=timezone.now(),
    )


def _decide(request: HttpRequest, saved: Screening, form: Form) -> None:
    who_and_when: dict[str, Any] = {"by": request.viewer, "at": timezone.now()}
    if isinstance(form, NotEligibleForm):
        services.screenings.decide_not_eligible(saved, **form.decision(), **who_and_when)
    elif isinstance(form, ReasonForm):
        services.screenings.decide_eligible(saved, reason=form.cleaned_data["reason"], **who_and_when)


def _told(step: str) -> str:
    if step == "eligible":
        return _("Eligible. Next: a place.")
    if step == "not_eligible":
        return _("Decided, with a next step. The referral is closed.")
    return _("The answers are saved. Go on when you know more.")


def _page(request: HttpRequest, shown: Sheet, deciding: Form | None = None, status: int = 200) -> HttpResponse:
    """The page: a look at the person. What is saved leads to a page of its own, and the outlook is made of what was
    sent: neither is one.

    A decision that was sent with faults takes the place of the proposed one and keeps what was typed.
    """
    note_shown(request.viewer, shown.referral)
    if isinstance(deciding, NotEligibleForm):
        shown = replace(shown, not_eligible=deciding)
    elif isinstance(deciding, ReasonForm):
        shown = replace(shown, eligible=deciding)
    context = {
        "sheet": shown,
        "referral": shown.referral,
        "client": shown.referral.client,
        "card": card(shown.referral),
        "decided": shown.referral.state not in UNDECIDED,
        "bound": deciding is not None,
        "faults": [*shown.forms, *([deciding] if deciding else [])],
    }
    return render(request, "intake/screening_page.html", context, status=status)
