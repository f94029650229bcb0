"""What may be done with a due item besides doing it: put it off, hand it on, take it back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from openmission.care.forms.agenda import HandForm, UntilForm
from openmission.care.models import Deferral
from openmission.care.pages.back import back_url
from openmission.care.raised import raiser_of
from openmission.care.rules.agenda import Action, may_wait
from openmission.care.selectors.agenda import Line, due_item
from openmission.care.selectors.deferrals import get_deferral, hand_to
from openmission.care.sentences import held_words, what
from openmission.care.services.deferrals import defer_item, hand_item, undo_deferral
from openmission.care.take_back import take_back
from openmission.kernel.faults import faults_on
from openmission.kernel.fields import LONGEST_NOTE
from openmission.kernel.markup import fill
from openmission.staff.doors import door
from openmission.staff.roles import CARE


@door(*CARE)
def defer(request: HttpRequest, enrollment_id: UUID, item_key: str) -> HttpResponse:
    """Put a due item off until a day, with a word of why. An item that is not due is not found; one that may not wait
    can be handed on.
    """
    if not may_wait(item_key):
        return redirect("care:hand", enrollment_id, item_key)
    viewer, at = request.viewer, timezone.now()
    line = due_item(viewer, enrollment_id, item_key, on=timezone.localdate(at), at=at)
    form = UntilForm(request.POST or None, today=timezone.localdate(at))
    if form.is_valid():
        with faults_on(form):
            said = defer_item(line.standing.enrollment, **_said(line, form), by=viewer, at=at)
            text = _("It waits until %(day)s.") % {"day": date_format(form.day, "D j M")}
            return _done(request, line, said, text)
    return _page(request, "care/due_defer.html", line, form)


@door(*CARE)
def hand(request: HttpRequest, enrollment_id: UUID, item_key: str) -> HttpResponse:
    """Hand a due item until a day to a colleague who has the client in reach."""
    viewer, at = request.viewer, timezone.now()
    line = due_item(viewer, enrollment_id, item_key, on=timezone.localdate(at), at=at)
    colleagues = {str(user.id): user for user in hand_to(viewer, line.standing.enrollment, at=at)}
    form = HandForm(request.POST or None, today=timezone.localdate(at), colleagues=colleagues)
    if form.is_valid():
        to = colleagues[form.cleaned_data["to"]]
        with faults_on(form):
            said = hand_item(line.standing.enrollment, **_said(line, form), to=to, by=viewer, at=at)
            words = {"name": to.name, "day": date_format(form.day, "D j M")}
            return _done(request, line, said, _("It is with %(name)s until %(day)s.") % words)
    return _page(request, "care/due_hand.html", line, form)


def _done(request: HttpRequest, line: Line, said: Deferral, text: str) -> HttpResponse:
    """Back where one came from, with a word that offers to take it back."""
    messages.success(request, fill("{} {}", text, _button(request, line, said.at)), extra_tags=_draft(line))
    return redirect(back_url(request))


def _button(request: HttpRequest, line: Line, said: datetime | None) -> SafeString:
    item, name = line.item, line.standing.client.short_name
    return take_back(request, item.enrollment_id, item.key, said=said, name=name, back=back_url(request))


def _said(line: Line, form: UntilForm) -> dict[str, Any]:
    item, reason = line.item, form.cleaned_data["reason"]
    about = {"item_key": item.key, "weight": item.weight, "need_on": item.need_on}
    return about | {"until_on": form.day, "reason": reason}


def _draft(line: Line) -> str:
    return f"due:{line.item.enrollment_id}:{line.item.key}"


def _page(request: HttpRequest, template: str, line: Line, form: UntilForm) -> HttpResponse:
    standing, raiser = line.standing, raiser_of(line.item.rule)
    context = {
        "line": line,
        "form": form,
        "sentence": what(line.item, name=standing.client.short_name, program=standing.program),
        "held": held_words(line.item.held, most=LONGEST_NOTE) if line.item.held else "",
        "button": _button(request, line, line.item.held.at if line.item.held else None),
        "draft": _draft(line),
        "back": back_url(request),
        "instead": raiser.instead(line.item) if raiser else None,
        "appointment": line.item.key.partition(":")[2] if line.item.action == Action.RECORD_APPOINTMENT else "",
    }
    return render(request, template, context, status=422 if form.errors else 200)


@door(*CARE)
@require_POST
def undo(request: HttpRequest, enrollment_id: UUID, item_key: str) -> HttpResponse:
    """Take back what was put off or handed on, unless somebody gave another word since."""
    at = timezone.now()
    deferral = get_deferral(request.viewer, enrollment_id, item_key, at=at)
    if deferral is None:
        messages.info(request, _("There is nothing to take back any more."))
        return redirect(back_url(request))
    if request.POST.get("said") not in (None, "", deferral.at.isoformat()):
        messages.error(request, _("It was put off or handed on again since. Look at it first."))
        return redirect(back_url(request))
    undo_deferral(deferral, by=request.viewer, at=at)
    messages.success(request, _("Taken back."))
    return redirect(back_url(request))
