"""The book of a client, one sheet of it, its history."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openmission.kernel.faults import faults_told
from openmission.kernel.paging import start_in
from openmission.staff.doors import door
from openmission.staff.roles import CARE, CASE_MANAGER, SUPERVISOR
from openmission.workbook.pages.comparison import comparison
from openmission.workbook.pages.history import saves
from openmission.workbook.pages.sheet import Filling, draft_name, seen_of, sent, sheet_page, shown, taking_of
from openmission.workbook.selectors import book as books
from openmission.workbook.selectors.entries import PAGE, OpenSheet, open_sheet, seen_answers, versions_of
from openmission.workbook.services import InvalidAnswers, InvalidMark, begin_again, save_entry


@door(*CARE)
@require_GET
def book(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    """Every sheet of a client with its state."""
    found = books.book(request.viewer, enrollment_id, at=timezone.now())
    return render(request, "workbook/book_page.html", {"book": found, "client": found.enrollment.client})


@door(*CARE)
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, enrollment_id: UUID, sheet: str) -> HttpResponse:
    """Fill in one sheet, in the client's language or another. `?taking=`: an earlier filling."""
    viewer, at, posted = request.viewer, timezone.now(), request.POST
    asked = taking_of(posted if request.method == "POST" else request.GET)
    opened = open_sheet(viewer, enrollment_id, sheet, at=at, taking=asked)
    filling = shown(opened, request.GET)
    if request.method == "POST":
        base = seen_answers(viewer, opened.entry, seen_of(posted))
        filling = sent(opened, posted, base)
        if not filling.asked:
            filling = _saved(request, opened, filling)
            if not filling.bound:
                return redirect(_address(opened, filling))
            opened = open_sheet(viewer, enrollment_id, sheet, at=at, taking=asked)
    context: dict[str, Any] = {"page": sheet_page(opened, filling), "moved": comparison(viewer, opened)}
    context |= {"entry": opened.entry, "enrollment": opened.enrollment, "client": opened.enrollment.client}
    context["leads"] = viewer.has(CASE_MANAGER, SUPERVISOR)
    return render(request, "workbook/sheet_page.html", context, status=422 if filling.troubled else 200)


def _saved(request: HttpRequest, opened: OpenSheet, filling: Filling) -> Filling:
    """The filling as it stands after saving: still bound with what is wrong, or what somebody else changed."""
    try:
        saved = save_entry(
            opened.enrollment,
            sheet=opened.sheet.slug,
            taking=opened.taking,
            answers=filling.answers,
            seen=filling.seen,
            state=request.POST.get("mark", ""),
            listed=request.POST["listed"].split() if "listed" in request.POST else None,
            by=request.viewer,
            at=timezone.now(),
        )
    except InvalidAnswers as fault:
        return replace(filling, faults=fault.faults)
    except InvalidMark as fault:
        return replace(filling, refused=str(fault.message))
    if saved.conflicts:
        seen = saved.entry.revision
        return replace(filling, answers=saved.proposed, seen=seen, conflicts=saved.conflicts)
    messages.success(request, _("Saved."), extra_tags=draft_name(opened))
    return replace(filling, bound=False)


def _address(opened: OpenSheet, filling: Filling) -> str:
    place = reverse("workbook:sheet", args=[opened.enrollment.id, opened.sheet.slug])
    return f"{place}?{urlencode({'taking': opened.taking, 'language': filling.language})}"


@door(*CARE)
@require_POST
def again(request: HttpRequest, enrollment_id: UUID, sheet: str) -> HttpResponse:
    """Fill in a repeatable sheet once more."""
    opened = open_sheet(request.viewer, enrollment_id, sheet, at=timezone.now())
    with faults_told(request):
        begin_again(opened.enrollment, sheet=sheet, by=request.viewer, at=timezone.now())
    place = reverse("workbook:sheet", args=[enrollment_id, sheet])
    return redirect(f"{place}?{urlencode({'language': request.POST.get('language', '')})}")


@door(*CARE)
@require_GET
def history(request: HttpRequest, enrollment_id: UUID, sheet: str) -> HttpResponse:
    """Who wrote what on a sheet, newest first. `?start=` brings older saves."""
    viewer, start = request.viewer, start_in(request)
    opened = open_sheet(viewer, enrollment_id, sheet, at=timezone.now(), taking=taking_of(request.GET))
    versions = versions_of(viewer, opened.entry, start) if opened.entry else []
    older = f"?taking={opened.taking}&start={start + PAGE}" if len(versions) > PAGE else ""
    context = {"opened": opened, "saves": saves(viewer, opened, versions), "older": older}
    part = bool(request.htmx and start)
    return render(request, "workbook/_saves.html" if part else "workbook/sheet_history.html", context)
